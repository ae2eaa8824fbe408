"""A week of collection from a simulator whose clock runs fast, on a separate instance."""

import datetime
import os
import re
import socket
import subprocess
import time
from collections import Counter

import pytest
import requests
from instance import PROJECT, Instance
from support.api import Api
from support.polling import wait_until

CHANNELS = 300
DAYS = 7
KEY = "key-of-the-soak-test"
UP_TIMEOUT = 5400
TIMEOUT = 20
INTERVAL = 20  # seconds between samples
VIDEOS = 20  # whose pages are compared in a sample
# Clocks of the collector and the simulator, and the time of a response, in seconds.
TOLERANCE = 5
# After this age an upload is in the database: feeds are read every half hour.
DISCOVERED = datetime.timedelta(hours=1)
# Of the ten keywords of a list, those that a recount from the simulator also ranks among the first.
# The state of the simulator is of now; the stored counts of old videos are up to a day older.
MIN_COMMON_KEYWORDS = 7
POPULAR, SAMPLE, MAX_POPULARITY = "인기", 300, 50


@pytest.fixture(scope="module")
def simulator(instance, tmp_path_factory):
    """The URL of a simulator that stands still, a week ago."""
    start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=DAYS)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    program = instance.state / "bin/fake-youtube"
    options = ["--listen", address, "--channels", str(CHANNELS), "--key", KEY]
    options += ["--start", start.strftime("%Y-%m-%dT%H:%M:%SZ"), "--speed", "0"]
    log = (tmp_path_factory.mktemp("simulator") / "log").open("w")
    with subprocess.Popen([program, *options], stderr=log) as process:
        url = f"http://{address}"
        wait_until(lambda: is_listening(url), 30, "the simulator")
        yield url
        process.terminate()


def is_listening(url):
    try:
        return requests.get(f"{url}/health/live", timeout=TIMEOUT).ok
    except requests.ConnectionError:
        return False


@pytest.fixture(scope="module")
def collecting(simulator, tmp_path_factory):
    """A new instance with an API key, which collects from the simulator."""
    folder = tmp_path_factory.mktemp("collection")
    (folder / "key").write_text(f"{KEY}\n", "ascii")
    state = PROJECT / ".local/collection"
    environment = os.environ | {
        "STACK_HOME": str(state),
        "STACK_PORT_OFFSET": "3000",
        "CREATETREND_COLLECTOR__API_URL": f"{simulator}/youtube/v3",
        "CREATETREND_COLLECTOR__FEED_URL": f"{simulator}/feeds/videos.xml",
        "CREATETREND_COLLECTOR__IS_SIMULATED": "true",
    }
    scripts = PROJECT / "scripts"
    try:
        up = [scripts / "up", "--youtube-key", folder / "key"]
        subprocess.run(up, env=environment, timeout=UP_TIMEOUT, check=True)
        sources = folder / "sources.csv"
        channels = [channel["id"] for channel in control(simulator, "channels", limit=1000)]
        sources.write_text("\n".join(["channel_id", *channels]) + "\n", "ascii")
        command = [scripts / "createtrend", "source", "import", sources]
        subprocess.run(command, env=environment, timeout=UP_TIMEOUT, check=True)
        collecting = Instance(state)
        lists = f"{collecting.gateway}/api/channel_analyze/"
        wait_until(lambda: requests.get(lists, timeout=TIMEOUT).ok, 60, "the first response of a cold Elasticsearch")
        yield collecting
    finally:
        subprocess.run([scripts / "down", "--purge"], env=environment, timeout=UP_TIMEOUT, check=True)


def control(simulator, path, **params):
    response = requests.get(f"{simulator}/control/{path}", params=params, timeout=TIMEOUT)
    assert response.status_code == 200, response.text
    return response.json()


def snapshot(simulator, kind, ids, at=None):
    """The state of videos or channels by id."""
    found = {}
    for start in range(0, len(ids), 150):
        params = {"ids": ",".join(ids[start : start + 150])} | ({"at": at} if at else {})
        found |= {item["id"]: item for item in control(simulator, "snapshot", **params)[kind]}
    return found


def parse_time(text):
    return datetime.datetime.fromisoformat(text)


@pytest.mark.timeout(0)
def test_pages_match_the_simulator_after_a_week(collecting, simulator, pytestconfig):
    seconds = pytestconfig.getoption("soak_minutes") * 60
    speed = DAYS * 86_400 / seconds
    clock = {"speed": speed}
    assert requests.post(f"{simulator}/control/clock", json=clock, timeout=TIMEOUT).status_code == 204
    api, problems, samples = Api(collecting.gateway), [], 0
    deadline = time.monotonic() + seconds - INTERVAL
    while time.monotonic() < deadline:
        time.sleep(INTERVAL)
        samples += 1
        now = parse_time(control(simulator, "state")["now"])
        tolerance = datetime.timedelta(seconds=TOLERANCE * speed)
        found = [
            *wrong_videos(collecting, api, simulator, tolerance),
            *missing_uploads(collecting, simulator, now),
            *different_keywords(collecting, api, simulator, now),
        ]
        print(f"{now:%m-%d %H:%M}: {len(found)} problems", *found, sep="\n  ")
        problems += found
    assert samples > 0 and not problems
    assert collecting.sql("SELECT count(*) - count(DISTINCT (video_idx, check_time)) FROM video_views") == "0"
    over = "SELECT count(*) FROM collector_quota WHERE used > daily_limit"
    assert collecting.sql(over) == "0"


def wrong_videos(instance, api, simulator, tolerance):
    """Videos whose page shows other views than YouTube had at the time of the observation."""
    rows = instance.sql(f"""
        SELECT idx, video_id, to_json(check_time)#>>'{{}}' FROM (
            SELECT DISTINCT ON (video.idx) video.idx, video_id, check_time
            FROM video JOIN video_views ON video_idx = video.idx
            WHERE removed_at IS NULL ORDER BY video.idx, check_time DESC
        ) latest ORDER BY random() LIMIT {VIDEOS}""").splitlines()
    for idx, video_id, checked in (row.split("|") for row in rows):
        shown = api.json(f"/api/video_detail/{idx}/")["lines"]["data"][-1]["value"]
        at = parse_time(checked)
        views = []
        for instant in ((at - tolerance).isoformat(), (at + tolerance).isoformat(), None):
            video = snapshot(simulator, "videos", [video_id], instant).get(video_id)
            views.append(video["views"] if video else 0)
        # Another check may have been stored since the row was read.
        if not min(views) <= shown <= max(views):
            yield f"{video_id}: {shown} views at {checked}, not {views}"


def missing_uploads(instance, simulator, now):
    """Uploads of the last day in feeds that are not in the database."""
    uploads = set()
    for channel in control(simulator, "channels", limit=60):
        feed = requests.get(f"{simulator}/feeds/videos.xml", params={"channel_id": channel["id"]}, timeout=TIMEOUT)
        for entry in feed.text.split("<entry>")[1:]:
            published = parse_time(re.search("<published>(.*?)<", entry)[1])
            if DISCOVERED < now - published < datetime.timedelta(days=1):
                uploads.add(re.search("<yt:videoId>(.*?)<", entry)[1])
    known = set(instance.sql("SELECT video_id FROM video").splitlines())
    for video in snapshot(simulator, "videos", sorted(uploads - known)).values():
        # A premiere or live stream is stored after its start.
        has_started = now - parse_time(video["starts_at"]) > 2 * DISCOVERED
        if has_started and video["visibility"] == "public":
            yield f"{video['id']}: not stored"


def different_keywords(instance, api, simulator, now):
    """The list of popular keywords against a recount from the simulator, after the first day."""
    rows = instance.sql("""
        SELECT video_id, channel_id FROM video JOIN channel ON channel.idx = channel_idx
        WHERE removed_at IS NULL AND upload_time < now()
            AND upload_time >= date_trunc('day', now(), 'Asia/Seoul') - interval '7 days'""").splitlines()
    pairs = [row.split("|") for row in rows]
    videos = snapshot(simulator, "videos", [video for video, _ in pairs])
    channels = snapshot(simulator, "channels", sorted({channel for _, channel in pairs}))
    popular = []
    for video, channel in pairs:
        subscribers = channels.get(channel, {}).get("public_subscribers")
        if subscribers and video in videos:
            popular.append((videos[video]["views"] / subscribers, videos[video]["tags"]))
    popular.sort(key=lambda pair: -pair[0])
    sample = [tags for popularity, tags in popular if popularity <= MAX_POPULARITY][:SAMPLE]
    counts = Counter(keyword for tags in sample for keyword in {tag.lower() for tag in tags})
    lists = {entry["type"]: entry["keyword"] for entry in api.json("/api/channel_analyze/")}
    shown = [keyword["name"] for keyword in lists[POPULAR]]
    if len(sample) < SAMPLE:
        return
    rank = sorted(counts.values(), reverse=True)[len(shown) + 2]
    common = sum(counts[keyword.lower()] >= rank for keyword in shown)
    if len(shown) < 10 or common < MIN_COMMON_KEYWORDS:
        yield f"{now}: only {common} of {shown} are among the first in {counts.most_common(12)}"
