"""Processes: their tree, CPU time, memory and open files, from /proc."""

import os

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def parents():
    """Maps each process to its parent."""
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            fields = stat(int(name))
            if fields:
                found[int(name)] = int(fields[1])
    return found


def stat(pid):
    """The fields of /proc/PID/stat after the process name, which may contain spaces."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return None


def tree(root):
    """A process and all its descendants."""
    parent_of = parents()
    found, added = {root}, True
    while added:
        added = {pid for pid, parent in parent_of.items() if parent in found} - found
        found |= added
    return found


def cpu_milliseconds(root):
    """CPU time of a process tree so far, including children that have exited."""
    used = 0.0
    for pid in tree(root):
        fields = stat(pid)
        if fields:
            # utime and stime; for the root also cutime and cstime.
            last = 15 if pid == root else 13
            used += sum(int(ticks) for ticks in fields[11:last]) * TICK_MS
    return used


class CpuMeter:
    """CPU time of process trees since the meter was created."""

    def __init__(self, roots):
        self.roots = roots
        self.before = {name: cpu_milliseconds(pid) for name, pid in roots.items()}

    def per_request(self, requests):
        used = {name: cpu_milliseconds(pid) - self.before[name] for name, pid in self.roots.items()}
        return {name: ms / max(requests, 1) for name, ms in used.items()}


def memory_mb(pid, field="RssAnon"):
    """Resident memory in MB: by default anonymous pages only, which processes do not share."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            fields = dict(line.split(":", 1) for line in file)
        return int(fields[field].split()[0]) / 1024
    except (OSError, KeyError):
        return 0


def open_files(pid):
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


def environment(pid):
    """The environment a process was started with, as a set of KEY=value."""
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return set(file.read().decode("utf-8", "replace").split("\0"))
    except OSError:
        return set()


def working_directory(pid):
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return None
