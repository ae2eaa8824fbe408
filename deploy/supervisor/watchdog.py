#!/usr/bin/python3
"""Restarts replicas that hang, under supervisord.

supervisord restarts a process that exits, but not one that is stopped or deadlocked: the
kernel goes on accepting its connections, and nobody answers. This program asks each replica
for /health/live every two seconds. One that accepts and does not answer twice in a row is
killed (SIGKILL: a stopped process handles no other signal); supervisord starts it again.

Processes named <service>-<port> are replicas. A refused connection is no reason: supervisord
sees for itself when a process has exited. `httpok` of superlance does not fit: it takes one
program for each URL, and stops with SIGTERM, for which supervisord waits 30 seconds.
"""

import concurrent.futures
import http.client
import os
import re
import sys
import time

from supervisor import childutils
from supervisor.states import ProcessStates

INTERVAL = 2
TIMEOUT = 2
FAILURES = 2
# So that all replicas are asked at the same time, even if all of them hang.
MAX_CONCURRENT = 64


def is_unresponsive(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request("GET", "/health/live")
        connection.getresponse().read()
    except TimeoutError:
        return True
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return False


def replicas(supervisor):
    """Names, ports and pids of the replicas that run."""
    for process in supervisor.getAllProcessInfo():
        name = f"{process['group']}:{process['name']}"
        port = re.search(r"-(\d+)$", process["name"])
        if port and process["state"] == ProcessStates.RUNNING:
            yield name, int(port.group(1)), process["pid"]


def main():
    supervisor = childutils.getRPCInterface(os.environ).supervisor
    failures = {}
    with concurrent.futures.ThreadPoolExecutor(MAX_CONCURRENT) as threads:
        while True:
            began = time.monotonic()
            running = list(replicas(supervisor))
            results = threads.map(is_unresponsive, [port for _, port, _ in running])
            counts = {}
            for (name, _, pid), hangs in zip(running, results):
                # By pid too: a process that was restarted meanwhile starts from zero.
                if hangs:
                    counts[name, pid] = failures.get((name, pid), 0) + 1
            for (name, pid), count in counts.items():
                if count >= FAILURES:
                    print(f"{name} (pid {pid}) does not answer /health/live: killing it", flush=True)
                    supervisor.signalProcess(name, "KILL")
            failures = counts
            time.sleep(max(0, began + INTERVAL - time.monotonic()))


if __name__ == "__main__":
    sys.exit(main())
