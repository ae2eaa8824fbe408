"""Load on one machine, and a count of what went wrong. See scripts/test-containers.

Usage: steady_load.py GATEWAY SECONDS [PATH=STATUS...]

Asks for each path in turn, over connections that are kept, 100 requests a second,
until the time is over or it is told to stop (SIGTERM). `{}` in a path becomes a
number of its own, so that no cache answers. Prints one JSON object: how many
requests there were, how many failed (another status, or no answer), how, and the
longest in milliseconds.
"""

import collections
import http.client
import json
import signal
import sys
import threading
import time
import urllib.parse

THREADS = 8
PER_SECOND = 100
TIMEOUT = 20

gateway, seconds, *pairs = sys.argv[1:]
address = urllib.parse.urlsplit(gateway)
assert address.hostname in ("127.0.0.1", "localhost"), "only this machine is loaded"
paths = [pair.rsplit("=", 1) for pair in pairs]
end = time.monotonic() + float(seconds)
lock = threading.Lock()
number = 0
failures = collections.Counter()
longest = 0.0
stopped = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stopped.set())


def next_request():
    global number
    with lock:
        number += 1
        path, status = paths[number % len(paths)]
        return number, path.replace("{}", str(number)), int(status)


def ask():
    global longest
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=TIMEOUT)
    started = time.monotonic()
    count = 0
    while not stopped.is_set() and time.monotonic() < end:
        _, path, expected = next_request()
        begun = time.monotonic()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            outcome = answer.status
        except OSError as error:
            outcome = type(error).__name__
            connection.close()
        except http.client.HTTPException as error:
            outcome = type(error).__name__
            connection.close()
        took = time.monotonic() - begun
        with lock:
            longest = max(longest, took)
            if outcome != expected:
                failures[f"{path.split('?')[0]} {outcome}"] += 1
        count += 1
        stopped.wait(max(0.0, started + count * THREADS / PER_SECOND - time.monotonic()))


threads = [threading.Thread(target=ask) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps({
    "requests": number,
    "failed": sum(failures.values()),
    "how": failures,
    "longest_ms": round(longest * 1000),
}, ensure_ascii=False))
