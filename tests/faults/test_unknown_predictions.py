"""Requests for predictions whose job queues do not exist."""

import time
import uuid

import pika
from support import probes

QUEUE = "request_ai_process"
# More than 2,047 for each connection of a worker: the number of AMQP channel ids it has.
REQUESTS = 10_000
DRAIN_TIMEOUT = 60
STATISTICS_AGE = 6
PREDICTIONS = 6


def test_requests_with_unknown_uuids_are_acknowledged_and_predictions_continue(instance, faults):
    def inject(load):
        publish_unknown_uuids(instance)
        drained = seconds_until_acknowledged(instance, load)
        problems = []
        if drained == float("inf"):
            ready = [port for port in instance.replicas("ai-worker") if probes.is_ready(port)]
            problems.append(f"{backlog(instance)} requests unacknowledged after {DRAIN_TIMEOUT} s")
            if ready:
                problems.append(f"readiness is 200 at {ready} all the same")
        if not problems:
            outcomes = [probes.predict(instance.gateway) for _ in range(PREDICTIONS)]
            problems += [f"prediction after the requests: {outcome}" for outcome in outcomes if outcome != "ok"]
        consumers = instance.rabbitmq(f"queues/%2F/{QUEUE}")["consumers"]
        if consumers != len(instance.replicas("ai-worker")):
            problems.append(f"{consumers} consumers")
        return "" if problems else f"{REQUESTS:,} requests acknowledged after {drained:.0f} s", problems

    try:
        faults.run("requests without a job", inject, may_reject=("predictions",))
    finally:
        if backlog(instance):  # A failure must not break the tests that follow.
            instance.script("restart", "ai-worker")
            instance.script("restart", "predict")


def publish_unknown_uuids(instance):
    password = instance.secret("rabbitmq_operator_password")
    parameters = pika.ConnectionParameters(
        "127.0.0.1", instance.rabbitmq_port, "/", pika.PlainCredentials("operator", password)
    )
    with pika.BlockingConnection(parameters) as connection:
        channel = connection.channel()
        for _ in range(REQUESTS):
            channel.basic_publish("", QUEUE, str(uuid.uuid4()).encode())


def seconds_until_acknowledged(instance, load):
    """Seconds until no request is ready or unacknowledged. The statistics are a few seconds
    old, so that zero counts only after it has held."""
    begun = since = time.monotonic()
    while time.monotonic() - begun < DRAIN_TIMEOUT + STATISTICS_AGE:
        load.run_for(0.5)
        if backlog(instance):
            since = time.monotonic()
        elif time.monotonic() - since > STATISTICS_AGE:
            return since - begun
    return float("inf")


def backlog(instance):
    """Ready and unacknowledged requests."""
    queue = instance.rabbitmq(f"queues/%2F/{QUEUE}")
    return queue.get("messages_ready", 0) + queue.get("messages_unacknowledged", 0)
