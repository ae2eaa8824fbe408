"""A long mixed load, and whether what the processes hold stays the same."""

import os
import time

import processes
from faults import SERVERS, SERVICES
from load import Load
from questions import PER_SECOND, questions

# Samples of the first quarter are held against those of the last.
GROWTH = {"memory MB": 1.15, "open files": 1.10, "PostgreSQL connections": 1.10, "queues": 1.0}
# So much more is no growth.
ALLOWANCE = {"memory MB": 5, "open files": 10, "PostgreSQL connections": 5, "queues": 12}


def soak(stack, minutes, every=10):
    """Samples of every kind of process, while the load goes on; and what the load saw."""
    asked = questions(stack)
    roots = roots_of(stack)
    load = Load(stack.gateway, asked, PER_SECOND)
    begun, samples = time.monotonic(), []
    while time.monotonic() - begun < minutes * 60:
        time.sleep(every)
        samples.append({"seconds": round(time.monotonic() - begun), **sample(stack, roots)})
        print(f"{samples[-1]['seconds']:5} s  {samples[-1]['memory MB']}", flush=True)
    return samples, load.stop()


def roots_of(stack):
    """The first processes of each kind."""
    roots = {server: [stack.pid(server)] for server in ("nginx", *SERVERS)}
    for service in SERVICES:
        roots[service] = [stack.pid(program) for program in stack.replicas(service)]
    return roots


def sample(stack, roots):
    families = {
        name: set().union(*(processes.family(pid) for pid in pids)) for name, pids in roots.items()
    }
    return {
        "memory MB": {name: sum(map(memory, pids)) // 1024 for name, pids in families.items()},
        "open files": {name: sum(map(open_files, pids)) for name, pids in families.items()},
        "PostgreSQL connections": {"all": int(stack.sql("SELECT count(*) FROM pg_stat_activity"))},
        "queues": {"all": len(stack.queues())},
    }


def memory(pid):
    """What is a process's own, in KB: what it shares counts for nobody."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            fields = dict(line.split(":", 1) for line in file)
        return int(fields["RssAnon"].split()[0])
    except (OSError, KeyError):
        return 0


def open_files(pid):
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


def growth(samples):
    """What is larger at the end than at the beginning."""
    quarter = max(1, len(samples) // 4)
    for kind, factor in GROWTH.items():
        for name in samples[0][kind]:
            mean = lambda part: sum(each[kind][name] for each in part) / len(part)
            first, last = mean(samples[:quarter]), mean(samples[-quarter:])
            if last > first * factor + ALLOWANCE[kind]:
                yield f"{kind} of {name} grew from {first:.0f} to {last:.0f}"
