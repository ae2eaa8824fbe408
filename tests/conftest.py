"""Options and fixtures that all system tests share. scripts/test runs them."""

import uuid

import pytest

pytest.register_assert_rewrite("support", "instance")

from instance import Instance  # noqa: E402
from support.api import Api  # noqa: E402
from support.faults import REPORT  # noqa: E402
from support.traffic import build_requests  # noqa: E402


def pytest_addoption(parser):
    group = parser.getgroup("createtrend")
    group.addoption("--long", action="store_true", help="longer outages, more requests, random seeds")
    group.addoption("--gateway", metavar="URL", help="run the tests marked `gateway_only` against this gateway")
    group.addoption("--videos", type=int, default=300_000, help="demo videos for `plans` (default 300,000)")
    group.addoption("--soak-minutes", type=int, default=30, help="duration of `soak` (default 30)")
    group.addoption("--fuzz-seconds", type=int, default=60, help="duration of each `fuzz` target (default 60)")


def pytest_collection_modifyitems(config, items):
    """Marks each test by its folder and deselects what the options exclude."""
    folders = config.getini("testpaths")
    for item in items:
        folder = item.path.relative_to(config.rootpath).parts[0]
        if folder in folders:
            item.add_marker(folder)
    excluded = [item for item in items if is_excluded(config, item)]
    if excluded:
        config.hook.pytest_deselected(items=excluded)
        items[:] = [item for item in items if item not in set(excluded)]


def is_excluded(config, item):
    if item.get_closest_marker("long") and not config.getoption("long"):
        return True
    return bool(config.getoption("gateway")) and not item.get_closest_marker("gateway_only")


def pytest_terminal_summary(terminalreporter, config):
    """Prints the table of docs/RELIABILITY.md."""
    rows = config.stash.get(REPORT, [])
    if rows:
        terminalreporter.section("faults")
        for row in rows:
            terminalreporter.write_line(row)


@pytest.fixture(scope="session")
def is_long(pytestconfig):
    return pytestconfig.getoption("long")


@pytest.fixture(scope="session")
def instance():
    return Instance.load()


@pytest.fixture(scope="session")
def gateway(pytestconfig, request):
    """The URL of the gateway under test."""
    url = pytestconfig.getoption("gateway")
    return url.rstrip("/") if url else request.getfixturevalue("instance").gateway


@pytest.fixture(scope="session")
def api(gateway):
    return Api(gateway)


@pytest.fixture(scope="session")
def traffic(instance, api):
    """The requests of a steady load."""
    return build_requests(instance, api)


@pytest.fixture
def unique():
    """A name that no other test uses."""
    return uuid.uuid4().hex[:12]
