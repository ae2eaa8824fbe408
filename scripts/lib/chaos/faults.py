"""What is done to the running instance, and undone again.

Some return a note for the table, and what went wrong beside what the load has seen.
"""

import contextlib
import os
import resource
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import uuid

SERVICES = ["trends", "keyword", "channel", "video", "auth", "predict", "ai-worker"]
SERVERS = ["postgres", "elasticsearch", "rabbitmq"]


def kill(stack, service, count, seconds):
    """Kills so many replicas of a service, which supervisord starts again."""
    for program in stack.replicas(service)[:count]:
        os.kill(stack.pid(program), signal.SIGKILL)
    time.sleep(seconds)


def restart(stack):
    """One replica after the other, waiting until each is ready."""
    subprocess.run([stack.project / "scripts/restart"], check=True, timeout=600, capture_output=True)


def stop(stack, server, seconds):
    stack.control("stop", server)
    time.sleep(seconds)
    stack.control("start", server)


def freeze(stack, server, seconds):
    """Every process of the server stands still: connections stay, answers do not come."""
    pids = stack.family(server)
    with frozen(pids):
        time.sleep(seconds)


def freeze_replica(stack, service, seconds):
    """One replica stands still: its connections are accepted, and nothing is answered."""
    with frozen([stack.pid(stack.replicas(service)[0])]):
        time.sleep(seconds)


@contextlib.contextmanager
def frozen(pids):
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


OVERLOAD = """\
local mark, number = "{mark}", 0
-- Not local: done() asks the thread for them.
answered, refused, other = 0, 0, 0
local all = {{}}
function setup(thread) table.insert(all, thread) end
function request()
    number = number + 1
    return wrk.format("GET", "/api/keyword_search/?search=" .. mark .. number)
end
function response(status)
    if status == 200 then answered = answered + 1
    elseif status == 503 or status == 429 then refused = refused + 1
    else other = other + 1 end
end
function done(summary, latency)
    local thread = all[1]
    print(thread:get("answered"), thread:get("refused"), thread:get("other") + summary.errors.connect
        + summary.errors.read + summary.errors.timeout, latency:percentile(99) / 1000)
end
"""


def overload(stack, seconds):
    """Many more reads that no cache has than can be answered."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(OVERLOAD.format(mark=uuid.uuid4().hex))
        script.flush()
        command = ["wrk", "-t1", "-c256", f"-d{seconds}s", "--timeout", "10s", "-s", script.name]
        done = subprocess.run(
            [*command, stack.gateway], check=True, capture_output=True, text=True, timeout=120
        )
    answered, refused, other, p99 = done.stdout.split()[-4:]
    note = f"{answered} answered, {refused} refused, p99 {float(p99):.0f} ms"
    return note, [] if int(other) == 0 else [f"{other} failed"]


def idle_connections(stack, count, seconds):
    """Connections that say nothing."""
    return many_connections(stack, count, seconds, b"", b"")


def slow_headers(stack, count, seconds):
    """Clients that send a byte of a header a second."""
    return many_connections(stack, count, seconds, b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", b"a")


def slow_bodies(stack, count, seconds):
    """Clients that send a byte of a body a second."""
    head = b"POST /api/accounts/auth/login/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
    return many_connections(stack, count, seconds, head, b"{")


def many_connections(stack, count, seconds, first, more):
    resource.setrlimit(resource.RLIMIT_NOFILE, (count + 1000, count + 1000))
    address = urllib.parse.urlsplit(stack.gateway)
    opened = []
    try:
        for _ in range(count):
            opened.append(socket.create_connection((address.hostname, address.port), 10))
            opened[-1].sendall(first)
        for _ in range(seconds):
            time.sleep(1)
            for connection in opened:
                with contextlib.suppress(OSError):
                    connection.send(more)
    finally:
        for connection in opened:
            connection.close()
    return f"{len(opened):,} connections", []
