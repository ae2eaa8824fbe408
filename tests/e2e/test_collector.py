"""Collection from the simulator of YouTube on a running instance."""

import os
import signal
import subprocess

import pytest
import requests
from support import probes
from support.polling import wait_until

CHANNELS = 20
UP_TIMEOUT = 300
READY_TIMEOUT = 30
COLLECT_TIMEOUT = 120
# The clocks of the collector and the simulator, and a second for the response.
CLOCK_TOLERANCE = "3 seconds"
DUE = """SELECT (SELECT count(*) FROM collector_source WHERE next_check_at <= now())
    + (SELECT count(*) FROM collector_video WHERE next_check_at <= now() AND removed_at IS NULL)"""


@pytest.fixture(scope="module")
def simulator(instance, tmp_path_factory):
    """The URL of the simulator. An instance without one has its former data at the end."""
    if (instance.state / "secrets/youtube_key").is_file():
        pytest.skip("the instance collects from YouTube")
    if "CREATETREND_COLLECTOR__API_URL" in instance.service_settings("collector"):
        yield simulator_url(instance)
        return
    folder = tmp_path_factory.mktemp("collector") / "backup"
    instance.script("backup", folder)
    try:
        instance.script("up", timeout=UP_TIMEOUT, STACK_SIMULATED_CHANNELS=str(CHANNELS))
        yield simulator_url(instance)
    finally:
        instance.script("up", timeout=UP_TIMEOUT, STACK_SIMULATED_CHANNELS="0")
        instance.script("restore", folder)


def simulator_url(instance):
    return instance.service_settings("collector")["CREATETREND_COLLECTOR__API_URL"].removesuffix("/youtube/v3")


def control(simulator, path, **params):
    response = requests.get(f"{simulator}/control/{path}", params=params, timeout=20)
    assert response.status_code == 200, response.text
    return response.json()


def wait_until_collected(instance):
    """Every source has been checked, and no check of a video is due."""
    unchecked = "SELECT count(*) FROM collector_source WHERE last_success_at IS NULL"
    wait_until(lambda: instance.sql(unchecked) == "0", COLLECT_TIMEOUT, "a check of every source")
    wait_until(lambda: instance.sql(DUE) == "0", COLLECT_TIMEOUT, "checks of all due videos")


def test_status_shows_the_simulator(instance, simulator):
    table = instance.script("status")
    assert any(line.startswith("fake-youtube ") and " ready " in line for line in table.splitlines()), table


def test_video_pages_match_the_simulator(instance, api, simulator):
    sources = int(instance.sql("SELECT count(*) FROM collector_source"))
    assert sources == len(control(simulator, "channels", limit=1000)) > 0
    wait_until_collected(instance)
    rows = instance.sql(f"""
        SELECT DISTINCT ON (video_id) video.idx, video_id, to_json(check_time AT TIME ZONE 'UTC')#>>'{{}}',
            to_json((check_time + interval '{CLOCK_TOLERANCE}') AT TIME ZONE 'UTC')#>>'{{}}'
        FROM collector_video JOIN video USING (video_id) JOIN video_views ON video_idx = video.idx
        ORDER BY video_id, check_time DESC LIMIT 20""").splitlines()
    assert len(rows) == 20, rows
    for idx, video_id, earliest, latest in (row.split("|") for row in rows):
        page = api.json(f"/api/video_detail/{idx}/")
        first, last = (
            control(simulator, "snapshot", ids=video_id, at=f"{at}Z")["videos"][0] for at in (earliest, latest)
        )
        video = page["video"]["video"]
        assert video["video_id"] == video_id
        assert video["video_name"] in (first["title"], last["title"]), page
        assert page["channel"]["channel_name"] in (first["channel_title"], last["channel_title"]), page
        views = sorted((first["views"], last["views"]))
        assert views[0] <= page["lines"]["data"][-1]["value"] <= views[1], (page, first)


def test_freshness_says_that_the_data_is_simulated(instance, api, simulator):
    wait_until_collected(instance)
    freshness = api.json("/api/status/freshness/")
    assert freshness["is_simulated"], freshness
    [collected] = [source for source in freshness["sources"] if source["name"] == "collector"]
    newest = instance.sql("SELECT (max(check_time) AT TIME ZONE 'Asia/Seoul')::date FROM video_views")
    assert collected["is_simulated"] and collected["newest_observation"][:10] == newest, freshness


def test_collected_videos_are_in_the_search_index(instance, simulator):
    wait_until_collected(instance)
    collected = instance.sql("""
        SELECT idx FROM video JOIN collector_video USING (video_id)
        WHERE video.removed_at IS NULL AND upload_time < now() ORDER BY idx LIMIT 1000""").split()
    query = {"query": {"ids": {"values": collected}}}

    def indexed():
        response = requests.get(f"{instance.elasticsearch}/videos/_count", json=query, timeout=20)
        return response.json()["count"]

    wait_until(lambda: indexed() == len(collected) > 0, COLLECT_TIMEOUT, "all collected videos in the index", interval=1)


def test_killed_replica_neither_loses_nor_repeats_observations(instance, simulator):
    wait_until_collected(instance)
    port, program = next(iter(instance.replicas("collector").items()))
    pid = instance.pid(program)
    slow = {"kind": "delay", "millis": 2000, "methods": ["feed"]}
    assert requests.post(f"{simulator}/control/faults", json=slow, timeout=20).status_code == 204
    try:
        instance.sql("UPDATE collector_source SET next_check_at = now(), last_success_at = NULL")
        claimed = "SELECT count(*) FROM collector_source WHERE claimed_until > now()"
        wait_until(lambda: instance.sql(claimed) != "0", READY_TIMEOUT, "a claimed source")
        os.kill(pid, signal.SIGKILL)
    finally:
        requests.delete(f"{simulator}/control/faults", timeout=20)
    wait_until(lambda: probes.is_ready(port), READY_TIMEOUT, f"restart of {program}")
    # Claims of the killed replica expire after minutes.
    instance.sql("UPDATE collector_source SET claimed_until = now() WHERE last_success_at IS NULL")
    wait_until_collected(instance)
    repeated = "SELECT count(*) - count(DISTINCT (video_idx, check_time)) FROM video_views"
    assert instance.sql(repeated) == "0"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--youtube-key"], "--youtube-key needs the name of a file"),
        (["--youtube-key="], "--youtube-key needs the name of a file"),
        (["--youtube-key=/nothing"], "no such file: /nothing"),
        (["--youtube-key", "/etc"], "not a file: /etc"),
        (["--youtube-key", "/dev/null"], "not a file: /dev/null"),
        (["--data="], "--data needs the name of a file"),
    ],
)
def test_invalid_option_is_reported(instance, arguments, message):
    assert message in up_error(instance, *arguments)


def test_key_on_an_instance_with_demo_data_is_rejected(instance, tmp_path):
    file = tmp_path / "key"
    file.write_text("key\n", "ascii")
    for arguments in (["--youtube-key", file], [f"--youtube-key={file}"]):
        assert "demo data" in up_error(instance, *arguments)
    assert not (instance.state / "secrets/youtube_key").exists()


def up_error(instance, *arguments):
    """The error of `scripts/up`."""
    done = subprocess.run(
        [instance.project / "scripts/up", *arguments],
        env={**os.environ, "STACK_HOME": str(instance.state)},
        capture_output=True, text=True, timeout=60, check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr
