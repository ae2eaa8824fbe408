"""Extra replicas of a service, started in addition to the running ones."""

import contextlib
import os
import socket
import subprocess
import time
import urllib.request

START_TIMEOUT = 30


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(url, process):
    deadline = time.monotonic() + START_TIMEOUT
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError as error:
            if time.monotonic() > deadline or process.poll() is not None:
                raise SystemExit(f"error: {url} does not respond: {error}") from error
            time.sleep(0.02)


@contextlib.contextmanager
def running(command, url, log, environment=None):
    """Starts a process, waits until `url` responds, yields its pid, and stops it."""
    with open(log, "ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
    try:
        wait_for(url, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(START_TIMEOUT)


@contextlib.contextmanager
def replica(instance, service, settings=None, health="/health/ready"):
    """Starts a replica on a free port with these settings; yields its URL and pid once
    `health` responds with success."""
    port = free_port()
    own = {"CREATETREND_HTTP__HOST": "127.0.0.1", "CREATETREND_HTTP__PORT": str(port)}
    environment = {**os.environ, **instance.service_settings(service), **own, **(settings or {})}
    url, log = f"http://127.0.0.1:{port}", instance.state / "log/extra-replicas.log"
    with running([instance.state / "bin" / service], url + health, log, environment) as pid:
        yield url, pid
