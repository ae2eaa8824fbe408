"""Plots the results of scripts/bench and of the soak test.

Usage: plot.py bench RESULTS.json OUT.svg | plot.py soak SAMPLES.json OUT.svg
"""

import json
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "createtrend"
import matplotlib.pyplot as plt


def bench(results):
    """Uncached latency by number of videos."""
    figure, axes = plt.subplots(figsize=(9, 5))
    sizes = sorted(map(int, results))
    everywhere = set.intersection(*map(set, results.values()))
    for name in [name for name in results[str(sizes[0])] if name in everywhere]:
        p50 = [results[str(size)][name]["uncached"]["p50"] for size in sizes]
        axes.plot(sizes, p50, marker="o", label=name.replace("인기", "popular").replace("영상화", "recent"))
    axes.set(xscale="log", yscale="log", xlabel="videos", ylabel="uncached p50, ms")
    axes.grid(True, which="both", alpha=0.3)
    axes.legend(fontsize=7, loc="center left", bbox_to_anchor=(1, 0.5))
    return figure


def soak(samples):
    """Resource usage over time."""
    kinds = [kind for kind in samples[0] if kind != "seconds"]
    figure, rows = plt.subplots(len(kinds), figsize=(9, 10), sharex=True)
    minutes = [each["seconds"] / 60 for each in samples]
    for axes, kind in zip(rows, kinds):
        for name in samples[0][kind]:
            axes.plot(minutes, [each[kind][name] for each in samples], label=name)
        axes.set(ylabel=kind, ylim=(0, None))
        axes.grid(True, alpha=0.3)
        axes.legend(fontsize=6, loc="center left", bbox_to_anchor=(1, 0.5))
    rows[-1].set(xlabel="minutes")
    return figure


kind, source, target = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    drawn = {"bench": bench, "soak": soak}[kind](json.load(file))
drawn.savefig(target, bbox_inches="tight", metadata={"Date": None})
