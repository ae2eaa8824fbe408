"""Measures a running instance: python3 scripts/lib/bench OPTIONS (see scripts/bench)."""

import argparse
import pathlib
import sys

import report
from endpoints import endpoints
from instance import Instance
from measure import measure
from predictions import HEADER, measure_predictions, row


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--results", type=pathlib.Path, required=True)
    return parser.parse_args()


def main():
    options = arguments()
    instance = Instance.load()
    videos = int(instance.sql("SELECT count(*) FROM video"))
    print(f"{videos:,} videos\n{report.LEGEND}\n\n{report.header()}", flush=True)
    results = {}
    for endpoint in endpoints(instance.gateway):
        if options.only not in endpoint.name:
            continue
        figures = measure(instance, endpoint, options.seconds)
        figures["ratios"] = report.ratios(figures)
        results[endpoint.name] = figures
        print(report.row(endpoint.name, figures), flush=True)
    report.save(options.results, videos, results)
    if options.only in "predictions":
        print(f"\n{HEADER}", *(row(*each) for each in measure_predictions(instance, options.seconds)), sep="\n")
    print("\n", *report.growth(options.results), sep="\n")
    print(f"\nAll figures are in {options.results}", file=sys.stderr)


main()
