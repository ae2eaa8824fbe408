"""No read scans a table of a large database from end to end."""

import contextlib
import datetime
import re

import pytest
import replicas
import requests
from support.polling import wait_until

LARGE = "createtrend_plans"
SEED_TIMEOUT = 900
LOG_TIMEOUT = 30
# Every request reads everything it needs.
UNCACHED = {"CREATETREND_CACHE__TTL_MS": "0", "CREATETREND_POSTGRES__DATABASE": LARGE}
OWN_CACHE = {
    "channel": {"CREATETREND_CHANNEL__COUNT_TTL_MS": "0"},
    "video": {"CREATETREND_VIDEO__AVERAGES_TTL_MS": "0"},
    "keyword": {},
    "trends": {},
    "predict": {},
}
AUTO_EXPLAIN = {"session_preload_libraries": "'auto_explain'", "auto_explain.log_min_duration": "0"}

CHANNELS = "/api/youtuber_search/channel_list/"
PERIOD = "/api/youtuber_search/channel_period_data/1/"
# Recommendations search the instance's index, and read the names from the large database.
RECOMMENDATION = "/api/views_predict/"
KEYWORD = "%EB%A8%B9%EB%B0%A9"
READS = {
    "first page": ("channel", CHANNELS),
    "later page": ("channel", f"{CHANNELS}?page=4"),
    "name": ("channel", f"{CHANNELS}?youtuber_name=tv"),
    "Korean name": ("channel", f"{CHANNELS}?youtuber_name=%EB%A8%B9%EB%B0%A9"),
    "channel": ("channel", f"{CHANNELS}1/"),
    "period with dates": ("channel", f"{PERIOD}?start={{start}}&end={{end}}"),
    "period": ("channel", PERIOD),
    "daily": ("channel", "/api/channels/1/daily/?days=365"),
    "compared channels": ("channel", "/api/channels/compare/?channel=1&channel=2&channel=3"),
    "video": ("video", "/api/video_detail/1/"),
    "outliers": ("video", "/api/videos/outliers/"),
    "filtered outliers": ("video", "/api/videos/outliers/?days=90&category=24&subscribers=10000"),
    "outlier": ("video", "/api/videos/1/outlier/"),
    "chart": ("video", "/api/videos/chart/"),
    "chart of a category": ("video", "/api/videos/chart/?category=24&length=long"),
    "best times of a category": ("video", "/api/videos/best_times/?category=24"),
    "best times of a channel": ("video", "/api/videos/best_times/?channel=1"),
    "score of a keyword": ("keyword", f"/api/keywords/score/?keyword={KEYWORD}"),
    "history of a keyword": ("keyword", f"/api/keywords/history/?keyword={KEYWORD}&days=365"),
    "rising keywords": ("trends", "/api/trends/rising/"),
    "rising keywords of a category": ("trends", "/api/trends/rising/?category=24"),
    "large keywords": ("trends", "/api/trends/large/"),
    "simple recommendation": ("predict", f"{RECOMMENDATION}simple_recommendation?keyword_string={KEYWORD}"),
    "advanced recommendation": ("predict", f"{RECOMMENDATION}advanced_recommendation?keyword_string={KEYWORD}"),
}

PLAN = re.compile(r"duration: [\d.]+ ms  plan:\n(.*?)(?=^\d{4}-)", re.DOTALL | re.MULTILINE)
# A sequential scan of a table with one row is not a fault.
SEQUENTIAL_SCAN = re.compile(r"Seq Scan on (?!video_rollup\b)(\w+)")

pytestmark = pytest.mark.timeout(SEED_TIMEOUT + 300)


@pytest.fixture(scope="module")
def large_database(instance, pytestconfig):
    """A database of demo videos, as autovacuum leaves it."""
    instance.sql(f"DROP DATABASE IF EXISTS {LARGE} WITH (FORCE)")
    instance.sql(f"CREATE DATABASE {LARGE} OWNER createtrend")
    try:
        for arguments in (["migrate"], ["seed", "--scale", str(pytestconfig.getoption("videos"))]):
            done = instance.operator(*arguments, database=LARGE, timeout=SEED_TIMEOUT)
            assert done.returncode == 0, done.stderr
        instance.sql("VACUUM ANALYZE", LARGE)
        for name, value in AUTO_EXPLAIN.items():
            instance.sql(f"ALTER DATABASE {LARGE} SET {name} = {value}")
        yield
    finally:
        instance.sql(f"DROP DATABASE {LARGE} WITH (FORCE)")


@pytest.fixture(scope="module")
def replica_urls(instance, large_database):
    with contextlib.ExitStack() as stack:
        yield {
            service: stack.enter_context(replicas.replica(instance, service, {**UNCACHED, **own}))[0]
            for service, own in OWN_CACHE.items()
        }


@pytest.mark.parametrize("name", READS)
def test_read_scans_no_table(instance, replica_urls, name):
    service, path = READS[name]
    today = datetime.date.today()
    url = replica_urls[service] + path.format(start=today - datetime.timedelta(days=30), end=today)
    plans = plans_of(instance, url)
    assert plans
    assert not SEQUENTIAL_SCAN.findall("\n".join(plans)), "\n".join(plans)


def plans_of(instance, url):
    """The plans of all statements of a request, from PostgreSQL's log."""
    begin = instance.postgres_log.stat().st_size
    assert requests.get(url, timeout=30).status_code == 200
    # The next statement in the log ends the last plan.
    instance.sql("SELECT pg_sleep(0)", LARGE)

    def log():
        with open(instance.postgres_log, encoding="utf-8", errors="replace") as file:
            file.seek(begin)
            text = file.read()
        return text if "pg_sleep" in text else None

    return PLAN.findall(wait_until(log, LOG_TIMEOUT, "PostgreSQL's log of the plans"))
