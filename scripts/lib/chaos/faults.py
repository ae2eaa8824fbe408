"""What is done to the running instance. Each fault lasts as long as its context."""

import contextlib
import os
import signal
import subprocess
import time

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
