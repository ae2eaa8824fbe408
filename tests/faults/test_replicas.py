"""Replicas that are killed, restarted or frozen."""

import os
import signal

import pytest
from instance import SERVICES
from support import probes
from support.faults import QUEUE_TIMEOUT
from support.polling import seconds_until, wait_until
from support.signals import frozen
from support.traffic import health_requests

# A POST that a killed replica has received may fail.
POSTS = {"auth": ("logins",), "predict": ("predictions",)}
RESTART_TIMEOUT = 10

# Seconds from the first to the last failed login, prediction or health check.
FAILURE_WINDOW = 10
# Seconds until a frozen replica is replaced by one that is ready.
REPLACEMENT_TIMEOUT = 30
LONGEST_READ = 2.0
# The queues of predictions that a killed replica had in progress remain until the policy of
# RabbitMQ (`expires` in deploy/rabbitmq/definitions.json) deletes them. Seconds.
KILLED_QUEUE_TIMEOUT = {"predict": 200}


@pytest.mark.parametrize("count", [pytest.param(1, marks=pytest.mark.long), 2])
@pytest.mark.parametrize("service", SERVICES)
def test_killed_replicas_fail_no_request(instance, faults, service, count):
    def kill(load):
        ports = list(instance.replicas(service).items())[:count]
        for _, program in ports:
            os.kill(instance.pid(program), signal.SIGKILL)
        for port, _ in ports:
            wait_until(lambda: probes.is_ready(port), RESTART_TIMEOUT, f"restart of {service}-{port}")

    faults.run(
        f"kill -9, {count} of 3 {service}",
        kill,
        may_fail=POSTS.get(service, ()),
        queue_timeout=KILLED_QUEUE_TIMEOUT.get(service, QUEUE_TIMEOUT),
    )


def test_rolling_restart_fails_no_request(instance, faults):
    faults.run("rolling restart", lambda load: instance.script("restart") and None)


@pytest.mark.parametrize("service", ["channel", "auth", "predict"])
def test_frozen_replica_is_replaced_and_fails_no_read(instance, faults, service):
    """SIGSTOP: the kernel still accepts connections for the replica, and nothing responds."""

    def freeze(load):
        port, program = next(iter(instance.replicas(service).items()))
        pid = instance.pid(program)
        with frozen([pid]):
            replaced = seconds_until(
                lambda: instance.pids().get(program, pid) != pid and probes.is_ready(port), REPLACEMENT_TIMEOUT
            )
        if replaced > REPLACEMENT_TIMEOUT:
            return "", [f"the frozen replica was not replaced within {REPLACEMENT_TIMEOUT} s"]
        return f"replaced after {replaced:.1f} s"

    faults.run(
        f"frozen, 1 of 3 {service}",
        freeze,
        health_requests(service),
        may_fail=(*POSTS.get(service, ()), "health"),
        failure_window=FAILURE_WINDOW,
        longest_read=LONGEST_READ,
        queue_timeout=KILLED_QUEUE_TIMEOUT.get(service, QUEUE_TIMEOUT),
    )
