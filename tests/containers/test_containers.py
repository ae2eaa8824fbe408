"""The images and the system that docker-compose.yml starts."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest
from instance import SERVICES
from support import compose as containers
from support.compose import docker_ps, inspect, run
from support.polling import wait_until

USER = "10001:10001"
MAX_IMAGE_BYTES = 60_000_000
REPLICAS = 3
SCALE_TIMEOUT = 30
RESTART_TIMEOUT = 110
COLLECT_TIMEOUT = 120
# The image is built with the first test.
pytestmark = pytest.mark.timeout(containers.BUILD_TIMEOUT + containers.START_TIMEOUT)


@pytest.mark.parametrize("name", ["createtrend", "fake-youtube", *SERVICES])
def test_image_is_small_and_has_no_shell_and_no_root(compose, name):
    image = f"createtrend/{name}"
    assert run("docker", "image", "inspect", "-f", "{{.Config.User}}", image).stdout.strip() == USER
    assert int(run("docker", "image", "inspect", "-f", "{{.Size}}", image).stdout) < MAX_IMAGE_BYTES
    shell = ("docker", "run", "--rm", "--network", "none", "--entrypoint", "/bin/sh", image, "-c", "true")
    assert run(*shell, check=False).returncode != 0


@pytest.mark.parametrize("service", SERVICES)
def test_service_has_three_read_only_replicas(compose, service):
    replicas = compose.replicas(service)
    assert len(replicas) == REPLICAS
    assert {inspect(replica, "{{.HostConfig.ReadonlyRootfs}}") for replica in replicas} == {"true"}


def test_only_the_gateway_publishes_a_port(compose):
    rows = docker_ps('{{.Label "com.docker.compose.service"}} {{.Ports}}')
    published = [row for row in rows if "->" in row]
    assert len(published) == 1 and published[0].startswith("gateway "), published
    for network in ("app", "data"):
        assert run("docker", "network", "inspect", "-f", "{{.Internal}}", f"{containers.NAME}_{network}").stdout == "true\n"


def test_three_nodes_hold_two_copies_of_the_index(compose):
    assert compose.cluster_is_green()
    assert compose.search("_cat/shards/videos*?h=state").split().count("STARTED") == 2


def test_doctor_reports_no_problem(compose):
    compose("run", "--rm", "createtrend", "doctor")


def test_second_up_restarts_nothing(compose):
    before = sorted(docker_ps("{{.ID}}"))
    compose.up()
    compose.wait_until_healthy()
    assert sorted(docker_ps("{{.ID}}")) == before


def test_gateway_only_tests_pass(compose, pytestconfig):
    command = [sys.executable, "-m", "pytest", "-m", "gateway_only", "--gateway", containers.GATEWAY]
    done = subprocess.run(command, cwd=pytestconfig.rootpath, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-6000:]


def replicas_in_use(prefix):
    """The addresses that have served successful requests of a path in the last seconds."""
    log = run("docker", "logs", "--since", "2s", docker_ps("{{.Names}}", "gateway")[0]).stdout
    upstreams = re.findall(rf'{prefix}.*"status":200.*"upstream":"([^"]*)"', log)
    return {upstream.split()[-1] for upstream in upstreams if upstream}


def test_scaling_fails_no_request(compose, load):
    for count in (5, 2, 5, REPLICAS):
        compose.scale("keyword", count)
        wait_until(
            lambda: len(replicas_in_use("keyword_search")) == count, SCALE_TIMEOUT, f"requests to {count} replicas"
        )
    assert_no_failure(load)


def test_roll_out_fails_no_request(compose, load):
    compose.script("roll-out", "channel", "auth")
    load.run_for(3)
    assert_no_failure(load)
    assert [len(compose.replicas(service)) for service in ("channel", "auth")] == [REPLICAS] * 2


def test_collector_checks_every_simulated_channel(compose):
    sources = "SELECT count(*) > 10 AND bool_and(last_success_at IS NOT NULL) FROM collector_source"
    wait_until(lambda: compose.sql(sources).strip() == "t", COLLECT_TIMEOUT, "a check of every source", interval=1)


def test_backup_and_restore_bring_back_every_row(compose, tmp_path):
    # It writes rows at any time.
    compose("stop", "collector")
    before, folder = table_digests(compose), tmp_path / "backup"
    compose.script("backup", "--containers", folder)
    compose.sql("DELETE FROM video_views WHERE idx % 2 = 0; UPDATE video SET views = 0")
    assert table_digests(compose) != before
    compose.script("restore", "--containers", folder)
    assert table_digests(compose) == before
    compose.up("--no-deps", "collector")
    compose.wait_until_healthy()


def table_digests(compose):
    tables = compose.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").split()
    digest = "count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text)))"
    return {table: compose.sql(f'SELECT {digest} FROM "{table}" t') for table in tables}


def crash(compose, service):
    """Kills the first process of a container, as an internal fault would (after `docker kill`
    the engine does not restart it), and waits until the container is healthy again."""
    container = compose.replicas(service)[0]
    restarts = int(inspect(container, "{{.RestartCount}}"))
    os.kill(int(inspect(container, "{{.State.Pid}}")), signal.SIGKILL)

    def is_healthy_again():
        state = json.loads(inspect(container, "{{json .State}}"))
        restarted = int(inspect(container, "{{.RestartCount}}")) > restarts
        return restarted and state.get("Health", {}).get("Status") == "healthy"

    wait_until(is_healthy_again, RESTART_TIMEOUT, f"restart of {container}", interval=0.5)


def assert_no_failure(load):
    stats = load.stats["mixed"]
    assert stats.total > 0 and not stats.failed and not stats.rejected, f"{stats}: {dict(stats.failures)}"


@pytest.mark.parametrize("service", SERVICES)
def test_killed_replica_fails_no_request(compose, load, service):
    crash(compose, service)
    assert_no_failure(load)


def test_frozen_replica_is_replaced_and_fails_no_read(compose, load):
    container = compose.replicas("channel")[0]
    pid = int(inspect(container, "{{.State.Pid}}"))
    os.kill(pid, signal.SIGSTOP)
    try:
        wait_until(
            lambda: inspect(container, "{{.State.Pid}} {{.State.Health.Status}}") not in (f"{pid} healthy", f"{pid} unhealthy")
            and inspect(container, "{{.State.Health.Status}}") == "healthy",
            RESTART_TIMEOUT, "replacement of the frozen replica", interval=0.5,
        )
    finally:
        if inspect(container, "{{.State.Pid}}") == str(pid):
            os.kill(pid, signal.SIGCONT)
    assert_no_failure(load)
    assert load.stats["mixed"].longest < 2.0


def test_killed_search_node_fails_no_request(compose, load):
    crash(compose, "elasticsearch-3")
    assert_no_failure(load)
    assert compose.cluster_is_green()


def test_stopped_search_node_fails_no_request(compose, load):
    run("docker", "stop", "-t", "30", compose.replicas("elasticsearch-2")[0])
    load.run_for(5)
    compose.up("--no-deps", "elasticsearch-2")
    load.run_for(2)
    assert_no_failure(load)
    assert compose.cluster_is_green()


def test_killed_database_gives_only_503_and_recovers(compose, load):
    crash(compose, "postgres")
    # Too late for `rejected`, or without Retry-After, it is still a 503.
    assert all(outcome.startswith("503") for outcome in load.stats["mixed"].failures), load.stats["mixed"].failures
    wait_until(lambda: recovered(load), 30, "responses without a failure", interval=1)


def recovered(load):
    before = load.stats["mixed"].failed + load.stats["mixed"].rejected
    load.run_for(1)
    return load.stats["mixed"].failed + load.stats["mixed"].rejected == before


def test_killed_broker_fails_no_read(compose, load):
    crash(compose, "rabbitmq")
    assert_no_failure(load)


def test_killed_gateway_is_restarted(compose):
    crash(compose, "gateway")


def test_prometheus_scrapes_every_replica(compose):
    exporters = ("elasticsearch-exporter", "postgres-exporter", "node-exporter")
    compose("--profile", "monitoring", "up", "-d", "--no-build", "--no-deps", "prometheus", *exporters)
    for name, count in containers.expected_targets().items():
        query = f'sum(up{{service="{name}"}} or up{{job="{name}"}})'
        wait_until(lambda: containers.prometheus(query) == count, 90, f"{count} targets of {name}", interval=1)
    assert containers.prometheus("elasticsearch_cluster_health_number_of_nodes") == "3"
    assert containers.prometheus("pg_up") == "1"
