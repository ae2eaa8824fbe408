"""One fault under load, and a line of the table about it."""

import dataclasses
import time

import held
from faults import SERVERS
from load import Load
from questions import PER_SECOND, wait_until_well

# Within this many seconds after a fault everything must be well again.
RECOVERY = 5
# So long the load goes on before and after.
AROUND = 2
# What a kind of process may hold after a fault, of what it held before, and so many MB more:
# caches fill.
GROWTH, ALLOWANCE = 1.5, 20

KINDS = list(PER_SECOND)


@dataclasses.dataclass(frozen=True)
class Fault:
    name: str
    inflict: object
    # Kinds of requests that may be refused ("not now") meanwhile; none may fail.
    may_refuse: tuple = ()
    # Kinds that may fail: a request that has been sent to a replica that dies.
    may_fail: tuple = ()
    recovery: float = RECOVERY


HEADER = f"| fault | {' | '.join(KINDS)} | longest s | well after s | queues left | memory MB | |"


def run(stack, fault, questions):
    """Inflicts it, while these are asked. Whether all went as it should, and the line."""
    before = memory(stack)
    load = Load(stack.gateway, questions, PER_SECOND)
    time.sleep(AROUND)
    note, problems = fault.inflict(stack) or ("", [])
    recovery = wait_until_well(stack.gateway, 60)
    time.sleep(AROUND)
    outcomes = load.stop()
    queues = stack.settled_prediction_queues()
    after = memory(stack)
    problems = [*problems, *complaints(fault, outcomes, recovery, queues), *grown(before, after)]
    cells = [fault.name, *(summary(outcomes[kind]) for kind in KINDS)]
    longest = max(outcome.longest for outcome in outcomes.values())
    cells += [f"{longest:.1f}", f"{recovery:.1f}", str(queues)]
    cells.append(f"{sum(before.values())} → {sum(after.values())}")
    cells.append("; ".join([*filter(None, [note]), *problems]) or "ok")
    return not problems, f"| {' | '.join(cells)} |"


def complaints(fault, outcomes, recovery, queues):
    for kind, outcome in outcomes.items():
        if outcome.failed and kind not in fault.may_fail:
            yield f"{kind} failed: {dict(outcome.failures)}"
        if outcome.refused and kind not in (*fault.may_refuse, *fault.may_fail):
            yield f"{kind} were refused"
    if recovery > fault.recovery:
        yield "not well in time"
    if queues:
        yield "queues were left behind"


def memory(stack):
    """What the gateway and each service hold, in MB."""
    families = held.families(stack)
    return {kind: held.memory(pids) for kind, pids in families.items() if kind not in SERVERS}


def grown(before, after):
    for kind, megabytes in after.items():
        if megabytes > before[kind] * GROWTH + ALLOWANCE:
            yield f"memory of {kind} grew from {before[kind]} to {megabytes} MB"


def summary(outcome):
    """Failed of all; and how many were refused or stale."""
    text = f"{outcome.failed}/{outcome.all}"
    notes = [(outcome.refused, "refused"), (outcome.stale, "stale")]
    extra = ", ".join(f"{count} {word}" for count, word in notes if count)
    return f"{text} ({extra})" if extra else text
