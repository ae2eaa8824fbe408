"""A load generator for one machine, and statistics of its samples."""

import collections
import dataclasses
import datetime
import http.client
import itertools
import json
import threading
import time
import urllib.parse

from support.api import seoul_today

TIMEOUT = 30
# Longest time in seconds until a 503 or 429 arrives that counts as `rejected`.
REJECTION_TIMEOUT = 2.5
PER_THREAD = 10  # requests a second

JSON = {"content-type": "application/json"}


@dataclasses.dataclass(frozen=True)
class Request:
    kind: str
    method: str
    path: str
    body: str | None = None
    status: int = 200
    # The expected body, for a response that is the same all day, and that day.
    expected: object = None
    day: datetime.date | None = None

    def matches(self, body):
        return self.day != seoul_today() or parse(body) == self.expected


def parse(body):
    """JSON without the last digits of floats: PostgreSQL sums in the order it reads."""
    return json.loads(body, parse_float=lambda number: round(float(number), 9))


@dataclasses.dataclass
class Stats:
    """Outcomes of the requests of one kind."""

    ok: int = 0
    # Correct, older than its time to live, and marked as stale.
    stale: int = 0
    # 503 or 429 with Retry-After within REJECTION_TIMEOUT.
    rejected: int = 0
    failures: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    # Seconds.
    longest: float = 0.0
    # Start and end of each failed request on the monotonic clock.
    failure_times: list = dataclasses.field(default_factory=list)

    @property
    def failed(self):
        return sum(self.failures.values())

    @property
    def total(self):
        return self.ok + self.stale + self.rejected + self.failed

    @property
    def failure_window(self):
        """Seconds from the start of the first failed request to the end of the last."""
        if not self.failure_times:
            return 0.0
        return max(end for _, end in self.failure_times) - min(begin for begin, _ in self.failure_times)

    def add(self, outcome, seconds):
        self.longest = max(self.longest, seconds)
        if outcome in ("ok", "stale", "rejected"):
            setattr(self, outcome, getattr(self, outcome) + 1)
        else:
            self.failures[outcome] += 1
            now = time.monotonic()
            self.failure_times.append((now - seconds, now))

    def __str__(self):
        notes = [(self.rejected, "rejected"), (self.stale, "stale")]
        extra = ", ".join(f"{count} {word}" for count, word in notes if count)
        return f"{self.failed}/{self.total}" + (f" ({extra})" if extra else "")


def is_stale(headers):
    """Cache-Status (RFC 9211) has a negative time to live for a stale response."""
    cache_status = ", ".join(headers.get_all("cache-status") or [])
    return "ttl=-" in cache_status or "detail=stale" in cache_status


def send(connection, request):
    """Sends a request and returns its outcome: `ok`, `stale`, `rejected` or a description."""
    begun = time.monotonic()
    try:
        connection.request(request.method, request.path, request.body, JSON)
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return type(error).__name__
    took = time.monotonic() - begun
    if response.status in (429, 503) and response.headers.get("retry-after"):
        return "rejected" if took < REJECTION_TIMEOUT else f"{response.status} after {took:.0f} s"
    if response.status != request.status:
        return str(response.status)
    if not request.matches(body):
        return "wrong body"
    return "stale" if is_stale(response.headers) else "ok"


class LoadGenerator:
    """Sends requests in turn at a fixed rate for each kind, from `with` to its end."""

    def __init__(self, gateway, requests, per_second):
        address = urllib.parse.urlsplit(gateway)
        assert address.hostname in ("127.0.0.1", "localhost"), "load tests run on loopback only"
        self.address = address.netloc
        self.stats = collections.defaultdict(Stats)
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.threads = []
        for kind, group in itertools.groupby(requests, key=lambda request: request.kind):
            self.add_threads(itertools.cycle(list(group)), per_second[kind])

    def add_threads(self, requests, per_second):
        count = max(1, round(per_second / PER_THREAD))
        arguments = (requests, count / per_second)
        self.threads += [threading.Thread(target=self.run, args=arguments, daemon=True) for _ in range(count)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join(TIMEOUT + 5)

    def run(self, requests, interval):
        connection = http.client.HTTPConnection(self.address, timeout=TIMEOUT)
        while not self.stopped.is_set():
            with self.lock:
                request = next(requests)
            begun = time.monotonic()
            outcome = send(connection, request)
            took = time.monotonic() - begun
            with self.lock:
                self.stats[request.kind].add(outcome, took)
            self.stopped.wait(max(0.0, interval - took))

    def run_for(self, seconds):
        """Lets the load run for this long: the duration of a fault or of a measurement."""
        self.stopped.wait(seconds)
