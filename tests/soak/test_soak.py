"""A long load without a fault: the resource usage of processes must stay constant."""

import json
import os
import subprocess

import processes
import pytest
from support.faults import process_trees
from support.load import LoadGenerator
from support.traffic import PER_SECOND

INTERVAL = 10  # seconds between samples
# The mean of the last quarter of the samples may be this multiple of the mean of the first quarter ...
GROWTH = {"memory MB": 1.15, "open files": 1.10, "PostgreSQL connections": 1.10, "queues": 1.0}
# ... plus this, ...
ALLOWANCE = {"memory MB": 5, "open files": 10, "PostgreSQL connections": 5, "queues": 12}
# ... plus the cached responses that each nginx worker keeps open (open_file_cache), ...
OPEN_FILE_CACHE = 200 * os.cpu_count()
# ... plus the files of each additional PostgreSQL connection.
FILES_PER_CONNECTION = 40


@pytest.mark.timeout(0)
def test_sustained_load_does_not_increase_resource_usage(instance, traffic, pytestconfig):
    minutes = pytestconfig.getoption("soak_minutes")
    samples = []
    with LoadGenerator(instance.gateway, traffic, PER_SECOND) as load:
        for number in range(1, minutes * 60 // INTERVAL + 1):
            load.run_for(INTERVAL)
            samples.append({"seconds": number * INTERVAL, **sample(instance)})
    save(instance, samples)
    print(*(f"{kind}: {stats}" for kind, stats in load.stats.items()), sep="\n")
    problems = [f"{kind}: {stats}" for kind, stats in load.stats.items() if stats.failed or stats.rejected]
    assert not [*growth(samples), *problems]


def save(instance, samples):
    """The samples and, where matplotlib is installed, a plot of them."""
    file = instance.state / "soak.json"
    file.write_text(json.dumps(samples, indent=1) + "\n", encoding="utf-8")
    plot = [instance.project / "scripts/lib/plot.py", "soak", file, instance.state / "soak.svg"]
    subprocess.run(["/usr/bin/python3", *plot], check=False, timeout=120)


def sample(instance):
    trees = process_trees(instance)
    return {
        "memory MB": {kind: sum(map(processes.memory_mb, pids)) for kind, pids in trees.items()},
        "open files": {kind: sum(map(processes.open_files, pids)) for kind, pids in trees.items()},
        "PostgreSQL connections": {"all": int(instance.sql("SELECT count(*) FROM pg_stat_activity"))},
        "queues": {"all": len(instance.queues())},
    }


def growth(samples):
    quarter = max(1, len(samples) // 4)
    first, last = means(samples[:quarter]), means(samples[-quarter:])
    connections = ("PostgreSQL connections", "all")
    additional = {
        ("open files", "nginx"): OPEN_FILE_CACHE,
        ("open files", "postgres"): FILES_PER_CONNECTION * (last[connections] - first[connections]),
    }
    for (kind, name), value in last.items():
        before = first[kind, name]
        if value > before * GROWTH[kind] + ALLOWANCE[kind] + additional.get((kind, name), 0):
            yield f"{kind} of {name} grew from {before:.0f} to {value:.0f}"


def means(samples):
    return {
        (kind, name): sum(each[kind][name] for each in samples) / len(samples)
        for kind in GROWTH
        for name in samples[0][kind]
    }
