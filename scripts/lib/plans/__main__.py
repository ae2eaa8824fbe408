"""What PostgreSQL does for each read, on a large database: see scripts/test-plans."""

import argparse
import contextlib
import datetime
import os
import re
import subprocess
import sys
import time
import urllib.request

import servers
from stack import Stack

# A database of its own beside the instance's.
LARGE = "createtrend_plans"
# Nothing is kept: every request asks for all it needs.
NOTHING_KEPT = {
    "CREATETREND_CACHE__FRESH_MS": "0",
    "CREATETREND_POSTGRES__DATABASE": LARGE,
}
EXPLAINED = {
    "session_preload_libraries": "'auto_explain'",
    "auto_explain.log_min_duration": "0",
}
CHANNELS = "/api/youtuber_search/channel_list/"
PERIOD = "/api/youtuber_search/channel_period_data/1/"
TODAY = datetime.date.today()
OWN = {
    "channel": {"CREATETREND_CHANNEL__COUNT_FRESH_MS": "0"},
    "video": {"CREATETREND_VIDEO__AVERAGES_FRESH_MS": "0"},
}
READS = {
    "channel": [
        CHANNELS,
        f"{CHANNELS}?page=4",
        f"{CHANNELS}?youtuber_name=tv",
        f"{CHANNELS}?youtuber_name=%EB%A8%B9%EB%B0%A9",
        f"{CHANNELS}1/",
        f"{PERIOD}?start={TODAY - datetime.timedelta(days=30)}&end={TODAY}",
        PERIOD,
    ],
    "video": ["/api/video_detail/1/"],
}
SEQUENTIAL = re.compile(r"Seq Scan on (\w+)")
PLAN = re.compile(r"duration: [\d.]+ ms  plan:\n(.*?)(?=^\d{4}-)", re.DOTALL | re.MULTILINE)


@contextlib.contextmanager
def large_database(stack, videos):
    """A database with so many demo videos, as autovacuum leaves it after a while."""
    stack.sql(f"DROP DATABASE IF EXISTS {LARGE} WITH (FORCE)")
    stack.sql(f"CREATE DATABASE {LARGE} OWNER createtrend")
    try:
        for arguments in (["migrate"], ["seed", "--scale", str(videos)]):
            operate(stack, arguments)
        stack.sql("VACUUM ANALYZE", LARGE)
        for name, value in EXPLAINED.items():
            stack.sql(f"ALTER DATABASE {LARGE} SET {name} = {value}")
        yield
    finally:
        stack.sql(f"DROP DATABASE {LARGE} WITH (FORCE)")


def operate(stack, arguments):
    environment = {**os.environ, **stack.operator_settings(), **NOTHING_KEPT}
    command = [stack.state / "bin/createtrend", *arguments]
    subprocess.run(command, check=True, env=environment, timeout=900)


def plans_of(stack, url):
    """The plans of all statements behind a request."""
    begin = stack.postgres_log().stat().st_size
    with urllib.request.urlopen(url, timeout=30) as answer:
        answer.read()
    # What comes after it ends the last plan.
    stack.sql("SELECT pg_sleep(0)", LARGE)
    end = time.monotonic() + servers.DEADLINE
    while time.monotonic() < end:
        with open(stack.postgres_log(), encoding="utf-8", errors="replace") as log:
            log.seek(begin)
            text = log.read()
        if "pg_sleep" in text:
            return PLAN.findall(text)
        time.sleep(0.05)
    raise SystemExit("error: PostgreSQL's log tells of no plan")


def main():
    parser = argparse.ArgumentParser()
    Stack.add_arguments(parser)
    parser.add_argument("--videos", type=int, required=True)
    given = parser.parse_args()
    stack = Stack.given(given)
    passed = failed = 0
    with large_database(stack, given.videos):
        for service, paths in READS.items():
            settings = {**NOTHING_KEPT, **OWN[service]}
            with servers.replica(stack, service, settings.items()) as (replica, _):
                for path in paths:
                    plans = plans_of(stack, replica + path)
                    tables = set(SEQUENTIAL.findall("\n".join(plans)))
                    good = bool(plans) and not tables
                    passed, failed = passed + good, failed + (not good)
                    verdict = "ok" if good else "FAILED"
                    print(f"test {path}: {len(plans)} statements ... {verdict}")
                    for plan in plans if not good else []:
                        print(plan)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
