"""Builds the images and starts docker-compose.yml once for all tests."""

import urllib.parse

import pytest
from support import compose as containers
from support.load import LoadGenerator, Request

PER_SECOND = {"mixed": 100}
PATHS = [
    # Path and status. A number is appended to a path with a query, so that the response is not cached.
    ("/api/channel_analyze/", 200),
    (f"/api/channel_analyze/keyword_data/?search={urllib.parse.quote('인기')}&keyword=", 200),
    (f"/api/keyword_search/?search={urllib.parse.quote('먹방')}", 200),
    ("/api/youtuber_search/channel_list/?youtuber_name=", 200),
    ("/api/video_detail/1/", 200),
    ("/api/accounts/auth/user/", 401),
    (f"/api/views_predict/simple_recommendation?keyword_string={urllib.parse.quote('먹방')}", 200),
]
DISTINCT_NUMBERS = 3000


def requests():
    for number in range(DISTINCT_NUMBERS):
        for path, status in PATHS:
            has_query = "=" in path
            yield Request("mixed", "GET", f"{path}{number}" if has_query else path, status=status)


@pytest.fixture(scope="session")
def compose():
    reason = containers.why_unavailable()
    if reason:
        pytest.skip(f"containers: {reason}")
    project = containers.Compose()
    try:
        project("build", timeout=containers.BUILD_TIMEOUT)
        project.up()
        project.wait_until_healthy()
        yield project
    finally:
        project.down()


@pytest.fixture
def load(compose):
    """A load during the test; `load.stats["mixed"]` has its outcome."""
    with LoadGenerator(containers.GATEWAY, requests(), PER_SECOND) as generator:
        yield generator
