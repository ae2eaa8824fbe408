"""More requests and connections than the instance can serve."""

import contextlib
import resource
import socket
import subprocess
import urllib.parse
import uuid

import pytest

READS = ("reads", "uncached reads")
DURATION = 5
DURATION_SHORT = 4

WRK_SCRIPT = """\
local mark, number = "{mark}", 0
-- Global: done() reads them from the thread.
served, rejected, failed = 0, 0, 0
local threads = {{}}
function setup(thread) table.insert(threads, thread) end
function request()
    number = number + 1
    return wrk.format("GET", "/api/keyword_search/?search=" .. mark .. number)
end
function response(status)
    if status == 200 then served = served + 1
    elseif status == 503 or status == 429 then rejected = rejected + 1
    else failed = failed + 1 end
end
function done(summary, latency)
    local thread = threads[1]
    print(thread:get("served"), thread:get("rejected"), thread:get("failed") + summary.errors.connect
        + summary.errors.read + summary.errors.timeout, latency:percentile(99) / 1000)
end
"""


@pytest.fixture(scope="module")
def seconds(is_long):
    return DURATION if is_long else DURATION_SHORT


def test_overload_with_uncached_reads_is_rejected_early(faults, instance, seconds, tmp_path):
    def overload(load):
        script = tmp_path / "overload.lua"
        script.write_text(WRK_SCRIPT.format(mark=uuid.uuid4().hex), encoding="utf-8")
        command = ["wrk", "-t1", "-c256", f"-d{seconds}s", "--timeout", "10s", "-s", script, instance.gateway]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        served, rejected, failed, p99 = done.stdout.split()[-4:]
        problems = [f"{failed} of the overload failed"] if int(failed) else []
        return f"{served} served, {rejected} rejected, p99 {float(p99):.0f} ms", problems

    faults.run("overload", overload, may_reject=READS)


LOGIN = b"POST /api/accounts/auth/login/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
SLOW_CLIENTS = {
    # name: (connections, first bytes, bytes of each further second)
    "idle connections": (5000, b"", b""),
    "slow headers": (500, b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", b"a"),
    "slow bodies": (500, LOGIN, b"{"),
}


@pytest.mark.parametrize("name", SLOW_CLIENTS)
def test_slow_clients_do_not_affect_other_requests(faults, instance, seconds, name):
    count, first, more = SLOW_CLIENTS[name]

    def connect(load):
        resource.setrlimit(resource.RLIMIT_NOFILE, (count + 1000, count + 1000))
        address = urllib.parse.urlsplit(instance.gateway)
        with contextlib.ExitStack() as opened:
            connections = []
            for _ in range(count):
                connection = socket.create_connection((address.hostname, address.port), 10)
                connections.append(opened.enter_context(connection))
                connection.sendall(first)
            for _ in range(seconds):
                load.run_for(1)
                for connection in connections:
                    with contextlib.suppress(OSError):  # Closed by the gateway, as it may.
                        connection.send(more)
        return f"{count:,} connections"

    faults.run(name, connect)
