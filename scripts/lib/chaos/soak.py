"""A long mixed load, and whether what the processes hold stays the same."""

import os
import time

import held
from load import Load
from questions import PER_SECOND, questions

# Samples of the first quarter are held against those of the last.
GROWTH = {"memory MB": 1.15, "open files": 1.10, "PostgreSQL connections": 1.10, "queues": 1.0}
# So much more is no growth, ...
ALLOWANCE = {"memory MB": 5, "open files": 10, "PostgreSQL connections": 5, "queues": 12}
# ... and so many files: answers that nginx's workers keep open (open_file_cache), and what
# those few connections of PostgreSQL have open.
MORE_FILES = {"nginx": 200 * os.cpu_count(), "postgres": 40 * ALLOWANCE["PostgreSQL connections"]}


def soak(stack, minutes, every=10):
    """Samples of every kind of process, while the load goes on; and what the load saw."""
    asked = questions(stack)
    load = Load(stack.gateway, asked, PER_SECOND)
    begun, samples = time.monotonic(), []
    while time.monotonic() - begun < minutes * 60:
        time.sleep(every)
        samples.append({"seconds": round(time.monotonic() - begun), **sample(stack)})
        print(f"{samples[-1]['seconds']:5} s  {samples[-1]['memory MB']}", flush=True)
    return samples, load.stop()


def sample(stack):
    families = held.families(stack)
    return {
        "memory MB": {kind: held.memory(pids) for kind, pids in families.items()},
        "open files": {kind: held.open_files(pids) for kind, pids in families.items()},
        "PostgreSQL connections": {"all": int(stack.sql("SELECT count(*) FROM pg_stat_activity"))},
        "queues": {"all": len(stack.queues())},
    }


def growth(samples):
    """What is larger at the end than at the beginning."""
    quarter = max(1, len(samples) // 4)
    for kind, factor in GROWTH.items():
        for name in samples[0][kind]:
            mean = lambda part: sum(each[kind][name] for each in part) / len(part)
            first, last = mean(samples[:quarter]), mean(samples[-quarter:])
            more = MORE_FILES.get(name, 0) if kind == "open files" else 0
            if last > first * factor + ALLOWANCE[kind] + more:
                yield f"{kind} of {name} grew from {first:.0f} to {last:.0f}"
