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
# ... nor are the answers that nginx's workers keep open (open_file_cache), ...
KEPT_OPEN = 200 * os.cpu_count()
# ... nor what each further connection of PostgreSQL has open.
FILES_A_CONNECTION = 40


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
    first, last = means(samples[:quarter]), means(samples[-quarter:])
    connections = ("PostgreSQL connections", "all")
    more = {
        ("open files", "nginx"): KEPT_OPEN,
        ("open files", "postgres"): FILES_A_CONNECTION * (last[connections] - first[connections]),
    }
    for (kind, name), value in last.items():
        before = first[kind, name]
        if value > before * GROWTH[kind] + ALLOWANCE[kind] + more.get((kind, name), 0):
            yield f"{kind} of {name} grew from {before:.0f} to {value:.0f}"


def means(samples):
    """Of everything that samples tell of a kind and a name."""
    return {
        (kind, name): sum(each[kind][name] for each in samples) / len(samples)
        for kind in GROWTH
        for name in samples[0][kind]
    }
