"""Fixtures of the attacks."""

import pytest
from instance import SERVICES
from support import raw_http


@pytest.fixture(scope="session")
def gateway_port(instance):
    return int(instance.gateway.rpartition(":")[2])


@pytest.fixture(scope="session")
def replica_port(instance):
    """Maps each service to the port of its first replica."""
    return {service: min(instance.replicas(service)) for service in SERVICES}


@pytest.fixture(scope="module", autouse=True)
def assert_processes_unchanged(instance, gateway_port):
    """After the attacks of a file the same processes run, and every service is healthy."""
    before = instance.pids()
    yield
    assert instance.pids() == before
    for service in SERVICES:
        assert raw_http.get(gateway_port, f"/health/{service}").status == 200, service


@pytest.fixture(scope="session", autouse=True)
def login_limits_are_reset(instance):
    """Attacks register and log in until the limits of this machine's address are reached."""
    yield
    instance.sql("DELETE FROM auth_throttle")
