"""What the processes of the instance hold."""

import os

import processes
from faults import SERVERS, SERVICES

KINDS = ["nginx", *SERVERS, *SERVICES]


def families(stack):
    """All processes of each kind."""
    found = {kind: set() for kind in KINDS}
    for program, pid in stack.pids().items():
        kind = program.partition(":")[0]
        if kind in found:
            found[kind] |= processes.family(pid)
    return found


def memory(pids):
    """What is the processes' own, in MB: what they share counts for nobody."""
    return sum(map(anonymous, pids)) // 1024


def anonymous(pid):
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            fields = dict(line.split(":", 1) for line in file)
        return int(fields["RssAnon"].split()[0])
    except (OSError, KeyError):
        return 0


def open_files(pids):
    return sum(map(opened, pids))


def opened(pid):
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0
