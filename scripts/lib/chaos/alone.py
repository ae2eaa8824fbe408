"""Faults that a replica of its own meets, beside the running ones."""

import contextlib
import http.client
import os
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse
import uuid

import servers
from load import QUICK
from questions import CHANNELS

FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
READS = {"keyword": "/api/keyword_search/?search=", "channel": f"{CHANNELS}?youtuber_name="}
RECOVERY = 5


class SlowProxy:
    """Passes on what comes, later; or cuts every connection."""

    def __init__(self, port):
        self.target, self.delay, self.cut = port, 0.0, False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=self.pass_on, args=pair, daemon=True).start()

    def pass_on(self, source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                time.sleep(self.delay)
                if self.cut:
                    break
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def status(url, path):
    """Of a read that no cache has, and whether it came soon enough."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=20)
    begun = time.monotonic()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status == 503 and not answer.headers.get("retry-after"):
        return "503 without Retry-After"
    late = time.monotonic() - begun > QUICK
    return f"{answer.status} late" if late else answer.status


def fresh(service):
    return READS[service] + uuid.uuid4().hex


def expect(problems, what, found, *wanted):
    if found not in wanted:
        problems.append(f"{what}: {found}")


def behind_a_proxy(stack, service, setting, port):
    """Slow, cut, and well again."""
    problems, proxy = [], SlowProxy(port)
    value = f"http://127.0.0.1:{proxy.port}" if setting.endswith("URL") else str(proxy.port)
    host = {"CREATETREND_POSTGRES__HOST": "127.0.0.1"}
    with servers.replica(stack, service, {**host, setting: value}.items()) as (url, _):
        expect(problems, "before", status(url, fresh(service)), 200)
        proxy.delay = 3.0
        expect(problems, "slow", status(url, fresh(service)), 503)
        proxy.delay, proxy.cut = 0.0, True
        expect(problems, "cut", status(url, fresh(service)), 503)
        proxy.cut = False
        well = seconds_until(lambda: status(url, fresh(service)) == 200)
        if well > RECOVERY:
            problems.append("not well in time")
    proxy.listener.close()
    return f"well after {well:.1f} s", problems


def seconds_until(condition):
    begun = time.monotonic()
    while not condition() and time.monotonic() - begun < 30:
        time.sleep(0.1)
    return time.monotonic() - begun


def without_names(stack):
    """A replica that cannot find its servers says so, and lives."""
    problems = []
    settings = {"CREATETREND_POSTGRES__HOST": "postgres.invalid"}
    with servers.replica(stack, "channel", settings.items(), "/health/live") as (url, _):
        expect(problems, "read", status(url, fresh("channel")), 503)
        expect(problems, "readiness", status(url, "/health/ready"), 503)
        expect(problems, "life", status(url, "/health/live"), 200)
    return "", problems


def a_day_ahead(stack):
    """A replica whose clock is wrong by a day answers, from its own present."""
    problems = []
    settings = {"LD_PRELOAD": FAKETIME, "FAKETIME": "+1d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    for service in READS:
        with servers.replica(stack, service, settings.items()) as (url, _):
            expect(problems, service, status(url, fresh(service)), 200)
    return "", problems


def elasticsearch_full(stack):
    """Elasticsearch makes an index read-only when its disk is full: reads go on, and what
    cannot be written is said."""
    index_settings(stack, b'{"index.blocks.read_only_allow_delete": true}')
    try:
        done = operate(stack, ["reindex", "--since", "3650d"])
        problems = [] if done.returncode else ["a reindex into a full index went well"]
        if "read-only" not in done.stderr and "block" not in done.stderr:
            problems.append(f"it does not say why: {done.stderr[-200:]}")
    finally:
        index_settings(stack, b'{"index.blocks.read_only_allow_delete": null}')
    return "", problems


def index_settings(stack, body):
    address = urllib.parse.urlsplit(stack.elastic("")).netloc
    connection = http.client.HTTPConnection(address, timeout=20)
    connection.request("PUT", "/videos/_settings", body, {"content-type": "application/json"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()


def postgres_full(stack, megabytes=28):
    """A database on a disk that is full: an error that says so, and every row still there."""
    name, folder = "createtrend_full", tempfile.mkdtemp(prefix="createtrend-full-")
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", folder], check=True
    )
    data = os.path.join(folder, "data")
    subprocess.run(["install", "-d", "-o", "createtrend", "-m", "700", data], check=True)
    count = lambda: stack.sql("SELECT count(*) FROM video", name)
    problems = []
    try:
        stack.sql(f"CREATE TABLESPACE {name} LOCATION '{data}'")
        stack.sql(f"CREATE DATABASE {name} OWNER createtrend TABLESPACE {name}")
        for arguments, good in (["migrate"], True), (["seed", "--scale", "100"], True):
            expect(problems, arguments[0], operate(stack, arguments, name).returncode == 0, good)
        before = count()
        done = operate(stack, ["seed", "--scale", "20000"], name)
        if done.returncode == 0 or "No space left" not in done.stderr:
            problems.append(f"it does not say why: {done.stderr[-200:]}")
        if int(count()) < int(before):
            problems.append("rows are lost")
    finally:
        stack.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        stack.sql(f"DROP TABLESPACE IF EXISTS {name}")
        subprocess.run(["umount", folder], check=True)
        os.rmdir(folder)
    return "", problems


def operate(stack, arguments, database="createtrend"):
    own = {"CREATETREND_POSTGRES__DATABASE": database}
    return subprocess.run(
        [stack.state / "bin/createtrend", *arguments],
        env={**os.environ, **stack.operator_settings(), **own},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
