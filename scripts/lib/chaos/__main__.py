"""Hurts a running instance and counts: python3 scripts/lib/chaos (see scripts/chaos)."""

import argparse
import json
import pathlib
import sys

import alone
import faults
from questions import questions
from run import HEADER, KINDS, Fault, run, summary
from soak import growth, soak
from stack import Stack

READS = ("reads", "cold reads")
# What a kind of replica's death may cost: a POST that it had been given.
POSTS = {"auth": ("logins",), "predict": ("predictions",), "ai-worker": ()}
# Who needs which server.
NEEDS = {
    "postgres": (*READS, "logins", "predictions"),
    "elasticsearch": READS,
    "rabbitmq": ("predictions",),
}


def fault(name, function, *arguments, **rest):
    inflict = lambda stack: function(stack, *arguments)
    return Fault(name, inflict, **rest)


def all_faults(seconds):
    """Where servers are gone for seconds only, what is less than something else is left out."""
    settle = min(seconds, 5)
    for service in faults.SERVICES:
        posts = POSTS.get(service, ())
        if seconds > settle:
            yield fault(f"kill -9, one {service}", faults.kill, service, 1, settle, may_fail=posts)
        yield fault(f"kill -9, two {service}", faults.kill, service, 2, settle, may_fail=posts)
        # The watchdog kills it before that.
        yield fault(f"frozen, one {service}", faults.freeze_replica, service, 10, may_fail=posts)
    yield fault("rolling restart", faults.restart)
    for server in faults.SERVERS:
        may = {"may_refuse": NEEDS[server], "may_fail": ("predictions",)}
        # Starting takes its own time: until it is there, nothing can be well.
        yield fault(f"{server} stopped", faults.stop, server, seconds, recovery=40, **may)
        yield fault(f"{server} frozen", faults.freeze, server, seconds, **may)
    elastic, postgres = "CREATETREND_ELASTICSEARCH__URL", "CREATETREND_POSTGRES__PORT"
    yield fault("elasticsearch slow, cut", through_proxy, "keyword", elastic)
    yield fault("postgres slow, cut", through_proxy, "channel", postgres)
    yield fault("elasticsearch full", alone.elasticsearch_full)
    yield fault("postgres full", alone.postgres_full)
    yield fault("no names", alone.without_names)
    yield fault("a day ahead", alone.a_day_ahead)
    yield fault("overload", faults.overload, settle, may_refuse=READS)
    yield fault("idle connections", faults.idle_connections, 5000, settle)
    yield fault("slow headers", faults.slow_headers, 500, settle)
    yield fault("slow bodies", faults.slow_bodies, 500, settle)


def through_proxy(stack, service, setting):
    port = stack.postgres_port if "POSTGRES" in setting else stack.elasticsearch_port
    return alone.behind_a_proxy(stack, service, setting, port)


def soak_through(stack, minutes, file):
    samples, outcomes = soak(stack, minutes)
    file.write_text(json.dumps(samples, indent=1) + "\n", encoding="utf-8")
    problems = list(growth(samples))
    for kind, outcome in outcomes.items():
        print(f"{kind}: {summary(outcome)}")
        if outcome.failed or outcome.refused:
            problems.append(f"{kind} failed: {dict(outcome.failures)}, {outcome.refused} refused")
    print("\n".join(problems) or "all is flat")
    return bool(problems)


def main():
    parser = argparse.ArgumentParser()
    Stack.add_arguments(parser)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--soak", type=int, metavar="MINUTES")
    parser.add_argument("--samples", type=pathlib.Path)
    given = parser.parse_args()
    stack = Stack.given(given)
    if given.soak:
        sys.exit(soak_through(stack, given.soak, given.samples))
    print(f"{HEADER}\n|{'---|' * (len(KINDS) + 6)}", flush=True)
    passed = failed = 0
    asked = questions(stack)
    for each in all_faults(given.seconds):
        if given.only in each.name:
            good, line = run(stack, each, asked)
            print(line, flush=True)
            passed, failed = passed + good, failed + (not good)
    print(f"\n{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
