"""Injects a fault under load and compares the outcome with what is allowed."""

import dataclasses

import processes
import pytest
from instance import SERVERS, SERVICES
from support import probes
from support.load import LoadGenerator
from support.polling import seconds_until
from support.traffic import KINDS, PER_SECOND

# Rows of the table that conftest prints at the end.
REPORT = pytest.StashKey[list]()

# Seconds within which everything must work again after a fault.
RECOVERY_TIMEOUT = 5
# Seconds of load before a fault and after the recovery, and in the short form.
MARGIN, MARGIN_SHORT = 2, 1
# Seconds within which the queues of predictions must be deleted.
QUEUE_TIMEOUT = 30
# Allowed memory after a fault: a factor of the memory before, plus MB for caches that fill.
GROWTH, MEMORY_MARGIN_MB = 1.5, 20

HEADER = [
    f"| fault | {' | '.join(KINDS)} | longest, s | recovery, s | queues left | memory, MB | |",
    f"|{'---|' * (len(KINDS) + 6)}",
]


@dataclasses.dataclass(frozen=True)
class Expectation:
    """The acceptable effects of a fault."""

    # Kinds of requests that may be rejected meanwhile (503 or 429 in time); they must not fail.
    may_reject: tuple = ()
    # Kinds that may fail: a POST that a killed replica has received.
    may_fail: tuple = ()
    # Seconds from the first to the last failure of those.
    failure_window: float = float("inf")
    recovery: float = RECOVERY_TIMEOUT
    queue_timeout: float = QUEUE_TIMEOUT
    # Longest read in seconds, where it is bounded below the client's timeout.
    longest_read: float = float("inf")


class FaultRunner:
    def __init__(self, config, instance, requests):
        self.config = config
        self.instance = instance
        self.requests = requests
        self.margin = MARGIN if config.getoption("long") else MARGIN_SHORT

    def run(self, name, fault, extra_requests=(), **expectation):
        """Calls `fault(load)` under load, adds a row to the report, and fails on anything that
        the expectation does not cover. A fault returns None, a note, or (note, problems)."""
        expectation = Expectation(**expectation)
        before = memory_by_kind(self.instance)
        with LoadGenerator(self.instance.gateway, [*self.requests, *extra_requests], PER_SECOND) as load:
            load.run_for(self.margin)
            result = fault(load)
            recovery = seconds_until(lambda: probes.all_healthy(self.instance.gateway), 60)
            load.run_for(self.margin)
        seconds_until(lambda: not self.instance.prediction_queues(), expectation.queue_timeout)
        queues = len(self.instance.prediction_queues())
        after = memory_by_kind(self.instance)
        note, problems = result if isinstance(result, tuple) else (result, [])
        problems = [
            *problems,
            *violations(expectation, load.stats, recovery, queues),
            *memory_growth(before, after),
        ]
        remark = "; ".join([*filter(None, [note]), *problems]) or "ok"
        self.report(row(name, load.stats, recovery, queues, before, after, remark))
        assert not problems, "\n".join(problems)

    def report(self, line):
        rows = self.config.stash.setdefault(REPORT, list(HEADER))
        rows.append(line)


def row(name, stats, recovery, queues, before, after, remark):
    longest = max(each.longest for each in stats.values())
    cells = [name, *(str(stats[kind]) for kind in KINDS), f"{longest:.1f}", f"{recovery:.1f}", str(queues)]
    cells += [f"{sum(before.values()):.0f} → {sum(after.values()):.0f}", remark]
    return f"| {' | '.join(cells)} |"


def violations(expectation, stats, recovery, queues):
    for kind, each in stats.items():
        if each.failed and kind not in expectation.may_fail:
            yield f"{kind} failed: {dict(each.failures)}"
        if each.failed and each.failure_window > expectation.failure_window:
            yield f"{kind} failed for {each.failure_window:.0f} s: {dict(each.failures)}"
        if each.rejected and kind not in (*expectation.may_reject, *expectation.may_fail):
            yield f"{each.rejected} {kind} rejected"
        if "reads" in kind and each.longest > expectation.longest_read:
            yield f"a request of {kind} took {each.longest:.1f} s"
    if recovery > expectation.recovery:
        yield f"no recovery within {expectation.recovery:.0f} s"
    if queues:
        yield f"{queues} queues left after {expectation.queue_timeout:.0f} s"


def memory_growth(before, after):
    for kind, megabytes in after.items():
        if megabytes > before[kind] * GROWTH + MEMORY_MARGIN_MB:
            yield f"memory of {kind} grew from {before[kind]:.0f} to {megabytes:.0f} MB"


def process_trees(instance):
    """All processes of the gateway, of each server and of each service."""
    found = {kind: set() for kind in ("nginx", *SERVERS, *SERVICES)}
    for program, pid in instance.pids().items():
        kind = program.partition(":")[0]
        if kind in found:
            found[kind] |= processes.tree(pid)
    return found


def memory_by_kind(instance):
    """Memory of the gateway and of each service in MB."""
    trees = process_trees(instance)
    return {kind: sum(map(processes.memory_mb, pids)) for kind, pids in trees.items() if kind not in SERVERS}
