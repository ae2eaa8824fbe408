#!/usr/bin/python3
"""Restarts unresponsive replicas under supervisord.

supervisord restarts a process that exits, but not one that is stopped or deadlocked: the
kernel still accepts its connections, but requests get no response. This program requests
/health/live of each replica every two seconds. A replica that accepts the connection but does
not respond twice in a row is killed (SIGKILL: a stopped process handles no other signal), and
supervisord starts it again.

Processes named <service>-<port> are replicas. A refused connection is ignored: supervisord
detects that a process has exited. `httpok` of superlance is not suitable: it requires one
program per URL and stops processes with SIGTERM, for which supervisord waits 30 seconds.
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
# Enough to check all replicas concurrently, even if all of them hang.
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
    """Names, ports and pids of the running replicas."""
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
                # Keyed by pid too: a restarted process starts with zero failures.
                if hangs:
                    counts[name, pid] = failures.get((name, pid), 0) + 1
            for (name, pid), count in counts.items():
                if count >= FAILURES:
                    print(f"{name} (pid {pid}) does not respond to /health/live: killing it", flush=True)
                    supervisor.signalProcess(name, "KILL")
            failures = counts
            time.sleep(max(0, began + INTERVAL - time.monotonic()))


if __name__ == "__main__":
    sys.exit(main())
