"""A steady load of reads, logins and predictions, and what became of each request."""

import collections
import dataclasses
import datetime
import http.client
import itertools
import json
import threading
import time
import urllib.parse

TIMEOUT = 30
# The longest that anybody may wait for an answer that says "not now", in seconds.
QUICK = 2.5

JSON = {"content-type": "application/json"}


@dataclasses.dataclass(frozen=True)
class Question:
    kind: str
    method: str
    path: str
    body: str | None = None
    # What must be in the answer, where it is the same all day.
    answer: object = None
    day: datetime.date | None = None

    def is_answered_by(self, text):
        return self.day != seoul_day() or parsed(text) == self.answer


def seoul_day():
    """What is popular, and much else, is counted in days of Seoul."""
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()


def parsed(text):
    """Without the last digits of means: PostgreSQL adds up in the order in which it reads."""
    return json.loads(text, parse_float=lambda number: round(float(number), 9))


@dataclasses.dataclass
class Outcomes:
    """Of the questions of one kind."""

    fine: int = 0
    # Fine, but older than it should be, and marked so.
    stale: int = 0
    # 503 or 429 with Retry-After, soon enough.
    refused: int = 0
    failures: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    longest: float = 0.0

    @property
    def failed(self):
        return sum(self.failures.values())

    @property
    def all(self):
        return self.fine + self.stale + self.refused + self.failed

    def count(self, outcome, seconds):
        self.longest = max(self.longest, seconds)
        if outcome in ("fine", "stale", "refused"):
            setattr(self, outcome, getattr(self, outcome) + 1)
        else:
            self.failures[outcome] += 1


def ask(connection, question):
    """Asks, and tells what became of it."""
    begun = time.monotonic()
    try:
        connection.request(question.method, question.path, question.body, JSON)
        answer = connection.getresponse()
        text = answer.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return type(error).__name__
    took = time.monotonic() - begun
    if answer.status in (429, 503) and answer.headers.get("retry-after"):
        return "refused" if took < QUICK else f"{answer.status} after {took:.0f} s"
    if answer.status != 200:
        return str(answer.status)
    if not question.is_answered_by(text):
        return "wrong answer"
    cache_status = ", ".join(answer.headers.get_all("cache-status") or [])
    is_stale = "ttl=-" in cache_status or "detail=stale-if-error" in cache_status
    return "stale" if is_stale else "fine"


class Load:
    """Asks the questions in turn, so many a second, until it is stopped."""

    def __init__(self, gateway, questions, per_second):
        address = urllib.parse.urlsplit(gateway)
        assert address.hostname in ("127.0.0.1", "localhost"), "only this machine is loaded"
        self.address = address.netloc
        self.outcomes = collections.defaultdict(Outcomes)
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.threads = []
        for kind, each in itertools.groupby(questions, key=lambda question: question.kind):
            self.start(itertools.cycle(list(each)), per_second[kind])

    def start(self, questions, per_second):
        """One thread for every ten questions a second."""
        threads = max(1, round(per_second / 10))
        for _ in range(threads):
            target = lambda: self.run(questions, threads / per_second)
            self.threads.append(threading.Thread(target=target, daemon=True))
            self.threads[-1].start()

    def run(self, questions, pause):
        connection = http.client.HTTPConnection(self.address, timeout=TIMEOUT)
        while not self.stopped.is_set():
            with self.lock:
                question = next(questions)
            begun = time.monotonic()
            outcome = ask(connection, question)
            took = time.monotonic() - begun
            with self.lock:
                self.outcomes[question.kind].count(outcome, took)
            self.stopped.wait(max(0.0, pause - took))

    def stop(self):
        self.stopped.set()
        for thread in self.threads:
            thread.join(TIMEOUT + 5)
        return dict(self.outcomes)
