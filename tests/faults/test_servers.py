"""PostgreSQL, Elasticsearch and RabbitMQ stopped, frozen, slow, full or out of reach."""

import contextlib
import http.client
import pathlib
import subprocess
import tempfile
import urllib.parse

import pytest
import replicas
from instance import SERVERS
from support import probes
from support.polling import seconds_until, wait_until
from support.proxy import FaultyProxy
from support.signals import frozen

READS = ("reads", "uncached reads")
# Kinds of requests that need a server.
DEPENDENTS = {
    "postgres": (*READS, "logins", "predictions"),
    "elasticsearch": READS,
    "rabbitmq": ("predictions",),
}
RECOVERY_TIMEOUT = 5
SERVER_START_TIMEOUT = 120
# Seconds from a server's start until everything works again: connections are retried with a delay.
RECONNECT_TIMEOUT = 10
PROXIED = {
    "elasticsearch": ("keyword", "CREATETREND_ELASTICSEARCH__URL"),
    "postgres": ("channel", "CREATETREND_POSTGRES__PORT"),
}
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
SMALL_DISK_MB = 28


@pytest.mark.parametrize("server", SERVERS)
def test_stopped_server_only_rejects_requests(instance, faults, outage, server):
    def stop(load):
        instance.control("stop", server)
        load.run_for(outage)
        instance.control("start", server)
        wait_until(lambda: instance.is_server_ready(server), SERVER_START_TIMEOUT, f"start of {server}")

    faults.run(
        f"{server} stopped",
        stop,
        may_reject=DEPENDENTS[server],
        may_fail=("predictions",),
        recovery=RECONNECT_TIMEOUT,
    )


@pytest.mark.parametrize("server", SERVERS)
def test_frozen_server_only_rejects_requests(instance, faults, outage, server):
    def freeze(load):
        with frozen(instance.process_tree(server)):
            load.run_for(outage)

    faults.run(f"{server} frozen", freeze, may_reject=DEPENDENTS[server], may_fail=("predictions",))


@pytest.mark.parametrize("server", PROXIED)
def test_slow_or_dropped_connections_give_503_and_recover(instance, faults, server):
    service, setting = PROXIED[server]
    port = instance.postgres_port if server == "postgres" else urllib.parse.urlsplit(instance.elasticsearch).port

    def proxied(load):
        problems = []

        def expect(phase, wanted):
            found = probes.status(url, probes.uncached_path(service))
            if found != wanted:
                problems.append(f"{phase}: {found}")

        with FaultyProxy(port) as proxy:
            value = f"http://127.0.0.1:{proxy.port}" if setting.endswith("URL") else str(proxy.port)
            settings = {"CREATETREND_POSTGRES__HOST": "127.0.0.1", setting: value}
            with replicas.replica(instance, service, settings) as (url, _):
                expect("before", 200)
                proxy.delay = 3.0
                expect("slow", 503)
                proxy.delay, proxy.drops = 0.0, True
                expect("dropped", 503)
                proxy.drops = False
                recovery = seconds_until(lambda: probes.status(url, probes.uncached_path(service)) == 200, 30)
        if recovery > RECOVERY_TIMEOUT:
            problems.append(f"recovery after {recovery:.1f} s")
        return f"recovery after {recovery:.1f} s", problems

    faults.run(f"{server} slow, dropped", proxied)


def test_unresolvable_server_name_gives_503_and_the_replica_stays_live(instance, faults):
    def unresolvable(load):
        settings = {"CREATETREND_POSTGRES__HOST": "postgres.invalid"}
        with replicas.replica(instance, "channel", settings, "/health/live") as (url, _):
            paths = {probes.uncached_path("channel"): 503, "/health/ready": 503, "/health/live": 200}
            found = {path: probes.status(url, path) for path in paths}
        return "", [f"{path}: {status}" for path, status in found.items() if status != paths[path]]

    faults.run("no name resolution", unresolvable)


def test_replica_with_its_clock_a_day_ahead_serves_reads(instance, faults):
    def ahead(load):
        problems = []
        settings = {"LD_PRELOAD": FAKETIME, "FAKETIME": "+1d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        for service in probes.UNCACHED:
            with replicas.replica(instance, service, settings) as (url, _):
                found = probes.status(url, probes.uncached_path(service))
            if found != 200:
                problems.append(f"{service}: {found}")
        return "", problems

    faults.run("clock a day ahead", ahead)


def test_read_only_index_serves_reads_and_reindex_reports_it(instance, faults):
    """Elasticsearch makes an index read-only when its disk is full."""

    def read_only(load):
        set_index_block(instance, "true")
        try:
            done = instance.operator("reindex", "--since", "3650d")
        finally:
            set_index_block(instance, "null")
        problems = [] if done.returncode else ["reindex reported success"]
        if "read-only" not in done.stderr and "block" not in done.stderr:
            problems.append(f"reindex does not give the reason: {done.stderr[-200:]}")
        return "", problems

    faults.run("elasticsearch full", read_only)


def set_index_block(instance, value):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(instance.elasticsearch).netloc, timeout=20)
    body = f'{{"index.blocks.read_only_allow_delete": {value}}}'
    connection.request("PUT", "/videos/_settings", body, {"content-type": "application/json"})
    response = connection.getresponse()
    assert response.status == 200, response.read()
    connection.close()


def test_full_disk_of_postgres_is_reported_and_loses_no_row(instance, faults):
    def full(load):
        problems = []
        with database_on_a_small_disk(instance) as name:
            for arguments in (["migrate"], ["seed", "--scale", "100"]):
                done = instance.operator(*arguments, database=name)
                if done.returncode:
                    problems.append(f"{arguments[0]}: {done.stderr[-200:]}")
            before = int(instance.sql("SELECT count(*) FROM video", name))
            done = instance.operator("seed", "--scale", "20000", database=name)
            if done.returncode == 0 or "No space left" not in done.stderr:
                problems.append(f"seed does not give the reason: {done.stderr[-200:]}")
            if int(instance.sql("SELECT count(*) FROM video", name)) < before:
                problems.append("rows were lost")
        return "", problems

    faults.run("postgres full", full)


@contextlib.contextmanager
def database_on_a_small_disk(instance):
    name, folder = "createtrend_full", pathlib.Path(tempfile.mkdtemp(prefix="createtrend-full-"))
    options = f"size={SMALL_DISK_MB}m,mode=0777"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
    try:
        subprocess.run(["install", "-d", "-o", "createtrend", "-m", "700", folder / "data"], check=True)
        instance.sql(f"CREATE TABLESPACE {name} LOCATION '{folder}/data'")
        instance.sql(f"CREATE DATABASE {name} OWNER createtrend TABLESPACE {name}")
        yield name
    finally:
        instance.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        instance.sql(f"DROP TABLESPACE IF EXISTS {name}")
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()
