"""Clients that send a prediction and close the connection before the response."""

import contextlib
import json
import random
import socket
import threading
import time
import urllib.parse

import processes
from support.api import prediction_request

CLIENTS = 90
SECONDS, SECONDS_SHORT = 25, 10
# Seconds a client waits before it closes the connection.
PATIENCE = (0.05, 0.4)
# Addresses the clients connect from, so that a limit per address does not protect `predict`.
SOURCES = [f"127.0.1.{number}" for number in range(1, 31)]
MAX_MEMORY_MB = 120
QUEUE_TIMEOUT = 10
SEED = 20261124


def test_aborted_predictions_hold_no_memory_and_leave_no_queue(instance, faults, is_long):
    def inject(load):
        pids = {port: instance.pid(program) for port, program in instance.replicas("predict").items()}
        peak = dict.fromkeys(pids, 0.0)
        with abort_predictions(instance.gateway) as aborted:
            deadline = time.monotonic() + (SECONDS if is_long else SECONDS_SHORT)
            while time.monotonic() < deadline:
                load.run_for(0.2)
                for port, pid in pids.items():
                    peak[port] = max(peak[port], processes.memory_mb(pid, "VmRSS"))
        problems = [
            f"predict-{port} used {megabytes:.0f} MB, more than {MAX_MEMORY_MB}"
            for port, megabytes in peak.items()
            if megabytes > MAX_MEMORY_MB
        ]
        if pids != {port: instance.pid(program) for port, program in instance.replicas("predict").items()}:
            problems.append("a replica of predict was restarted")
        return f"{len(aborted):,} aborted, at most {max(peak.values()):.0f} MB a replica", problems

    try:
        faults.run("aborted predictions", inject, may_reject=("predictions",), queue_timeout=QUEUE_TIMEOUT)
    except AssertionError:
        instance.script("restart", "predict")  # A failure must not break the tests that follow.
        raise


@contextlib.contextmanager
def abort_predictions(gateway):
    """Runs the clients until the end of the block; yields a list with an entry per abort."""
    address = urllib.parse.urlsplit(gateway)
    body = json.dumps(prediction_request()).encode()
    head = f"POST /api/views_predict/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    stopped, aborted = threading.Event(), []

    def run(number):
        patience = random.Random(SEED + number)
        source = (SOURCES[number % len(SOURCES)], 0)
        while not stopped.is_set():
            with contextlib.suppress(OSError):
                target = (address.hostname, address.port)
                with socket.create_connection(target, timeout=10, source_address=source) as connection:
                    connection.sendall(head.encode() + body)
                    stopped.wait(patience.uniform(*PATIENCE))
                aborted.append(number)

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield aborted
    finally:
        stopped.set()
        for thread in threads:
            thread.join(15)
