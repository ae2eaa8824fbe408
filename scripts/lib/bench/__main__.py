"""Measures a running instance: python3 scripts/lib/bench OPTIONS (see scripts/bench)."""

import argparse
import pathlib
import sys

import report
from endpoints import endpoints
from measure import measure
from stack import Stack


def arguments():
    parser = argparse.ArgumentParser()
    Stack.add_arguments(parser)
    parser.add_argument("--constant", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--results", type=pathlib.Path, required=True)
    return parser.parse_args()


def main():
    given = arguments()
    stack = Stack.given(given)
    videos = stack.videos()
    print(f"{videos:,} videos\n{report.LEGEND}\n\n{report.header()}", flush=True)
    results = {}
    for endpoint in endpoints(stack.gateway):
        if given.only not in endpoint.name:
            continue
        figures = measure(stack, given.constant, endpoint, given.seconds)
        figures["ratios"] = report.ratios(figures)
        results[endpoint.name] = figures
        print(report.row(endpoint.name, figures), flush=True)
    report.save(given.results, videos, results)
    print("\n", *report.growth(given.results), sep="\n")
    print(f"\nAll figures are in {given.results}", file=sys.stderr)


main()
