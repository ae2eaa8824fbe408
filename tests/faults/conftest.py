"""Fixtures of the fault injection tests. They run one at a time: each changes the instance."""

import pytest
from support.faults import FaultRunner


@pytest.fixture(scope="session")
def faults(pytestconfig, instance, traffic):
    return FaultRunner(pytestconfig, instance, traffic)


@pytest.fixture(scope="session")
def outage(is_long):
    """Duration of an outage in seconds."""
    return 30 if is_long else 4
