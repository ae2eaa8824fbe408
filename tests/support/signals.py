"""Stops and continues processes."""

import contextlib
import os
import signal


def send_signal(pids, number):
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


@contextlib.contextmanager
def frozen(pids):
    """SIGSTOP: connections stay open, and nothing responds until the end of the block."""
    pids = list(pids)
    try:
        send_signal(pids, signal.SIGSTOP)
        yield
    finally:
        send_signal(pids, signal.SIGCONT)
