"""The CPU time of groups of processes, from /proc."""

import os

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def parents():
    """Each process and its parent."""
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            fields = stat(int(name))
            if fields:
                found[int(name)] = int(fields[1])
    return found


def stat(pid):
    """The fields of /proc/PID/stat after the name, which may hold anything."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return None


def family(root):
    """A process and all below it."""
    below = parents()
    found, added = {root}, True
    while added:
        added = {pid for pid, parent in below.items() if parent in found} - found
        found |= added
    return found


def milliseconds(root):
    """What a process and all below it have used so far: those that have ended too."""
    used = 0.0
    for pid in family(root):
        fields = stat(pid)
        if fields:
            # utime and stime; of the root also its children's that have ended.
            last = 15 if pid == root else 13
            used += sum(int(ticks) for ticks in fields[11:last]) * TICK_MS
    return used


class Meter:
    """How much each of some processes, with all below them, uses from now on."""

    def __init__(self, roots):
        self.roots = roots
        self.before = {name: milliseconds(pid) for name, pid in roots.items()}

    def per_request(self, requests):
        used = {name: milliseconds(pid) - self.before[name] for name, pid in self.roots.items()}
        return {name: ms / max(requests, 1) for name, ms in used.items()}
