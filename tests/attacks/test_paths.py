"""Paths around the routing table, header injection, and security headers."""

import json
import re

import pytest
from instance import PROJECT
from support.raw_http import exchange, get, parse_responses, request_head

# Spellings of "..", of "/", and of nothing.
UPS = ["..", "%2e%2e", "%2E%2E", ".%2e", "%252e%252e", "..;", "%c0%ae%c0%ae", "%ef%bc%8e%ef%bc%8e", "\uff0e\uff0e"]
SLASHES = ["/", "//", "%2f", "%2F", "%5c", "\\", "%252f", "/./", "%00/", ";/", "\t/"]
PREFIXES = ["/api/channel_analyze", "/api/video_detail/1", "/health", "/swagger.json", ""]
HIDDEN = ["metrics", "health/live", "health/ready", "nginx.conf", "secrets/token_keys"]

# Parts of metrics, readiness responses and files.
INTERNAL = [b"# HELP", b"# TYPE", b"http_server_request", b'"postgres"', b"worker_processes", b"root:x:", b"k1:"]
OTHER_TARGETS = [
    *("//metrics", "/metrics", "/metrics/", "/%6d%65trics", "/metrics%00", "/metrics?x", "/METRICS"),
    *("http://trends/metrics", "http://localhost/metrics", "/health/trends/../../metrics"),
    *("/api/channel_analyze@trends/metrics", "/api/channel_analyze:17010/metrics", "/api//metrics"),
    *("*", "?", "#", "/api/channel_analyze#/metrics", "/gateway_error", "/@retry", "/@retry_slow", "/tmp/nginx.pid"),
    *("/www/openapi.json", "/swagger.json/../nginx.conf", "/swagger.json../nginx.conf"),
]


@pytest.mark.parametrize("prefix", PREFIXES, ids=lambda prefix: prefix or "root")
def test_path_traversal_reaches_no_internal_endpoint(gateway_port, prefix):
    for up in UPS:
        for slash in SLASHES:
            for hidden in HIDDEN:
                target = prefix + slash + slash.join([up] * prefix.count("/")) + slash + hidden
                assert_nothing_internal(gateway_port, target)


@pytest.mark.parametrize("target", OTHER_TARGETS)
def test_other_spelling_reaches_no_internal_endpoint(gateway_port, target):
    assert_nothing_internal(gateway_port, target)


def assert_nothing_internal(port, target):
    received = exchange(port, request_head("GET", target))
    if not received:
        return
    response = parse_responses(received)[0]
    assert response.status < 500, (target, response)
    for text in INTERNAL:
        assert text not in response.body, (target, response)


@pytest.mark.parametrize("up", UPS)
def test_resolved_path_needs_the_token_of_its_route(gateway_port, up):
    for slash in ("%2f", "%5c", "%252f", "/"):
        target = f"/api/video_detail{slash}{up}{slash}accounts/auth/user/"
        response = get(gateway_port, target)
        # A public route of auth if the gateway resolves it; otherwise not a route.
        assert response.status in (400, 401, 404), (target, response)
        assert response.status != 401 or response.headers["www-authenticate"] == "Token", response


def test_path_without_its_slash_is_not_redirected(gateway_port):
    paths = json.loads((PROJECT / "docs/openapi.json").read_text("utf-8"))["paths"]
    assert len(paths) > 40
    for path in paths:
        target = re.sub(r"\{.*?\}", "1", path).rstrip("/")
        response = get(gateway_port, target)
        assert not 300 <= response.status < 400, (target, response)
        assert response.headers["content-type"] == "application/json", (target, response)


INJECTIONS = [
    "%0d%0aX-Injected:%20yes", "%0aX-Injected:%20yes", "%E5%98%8D%E5%98%8AX-Injected:%20yes",
    "%0d%0a%0d%0a<script>", "%00%0d%0aX-Injected:%20yes", "%0D%0A%09X-Injected:%20yes",
]


ECHOING_TARGETS = [
    *("/api/youtuber_search/channel_list/?youtuber_name={}", "/api/youtuber_search/channel_list/?page={}"),
    *("/api/youtuber_search/channel_list/{}/", "/api/keyword_search/?search={}", "/api/video_detail/{}/"),
    *("/api/channel_analyze/keyword_data/?search={}&keyword={}", "/{}", "/swagger.json?{}", "/health/{}"),
    "/api/views_predict/simple_recommendation?keyword_string={}",
]
RAW = "a\nX-Injected: yes"
ECHOED_LINES = [
    *(f"X-Request-ID: {RAW}", f"Origin: http://x{RAW}", f"If-None-Match: {RAW}", f"Authorization: Token {RAW}"),
    *("X-Request-ID: aaaaaaaa%0d%0aX-Injected: yes", "X-Request-ID: " + "a" * 65),
    *("X-Forwarded-Proto: https://x", "X-Forwarded-Host: evil.example", "X-Forwarded-For: 1.1.1.1"),
]


@pytest.mark.parametrize("target", ECHOING_TARGETS)
def test_line_breaks_in_a_path_add_no_header(gateway_port, replica_port, target):
    for injection in INJECTIONS:
        request = target.replace("{}", injection)
        for port in (gateway_port, replica_port["channel"]):
            assert_one_clean_response(exchange(port, request_head("GET", request)), request)


@pytest.mark.parametrize("line", ECHOED_LINES, ids=lambda line: repr(line[:40]))
def test_line_breaks_in_a_header_add_no_header(gateway_port, line):
    received = exchange(gateway_port, request_head("GET", "/api/youtuber_search/channel_list/", line))
    assert_one_clean_response(received, line)
    assert b"evil.example" not in received, received


def assert_one_clean_response(received, request):
    found = parse_responses(received)
    assert len(found) == 1, (request, found)
    assert found[0].status < 500, (request, found)
    assert "x-injected" not in found[0].headers and "set-cookie" not in found[0].headers, (request, found)


# A response, an error of a service, an error of the gateway, a document, health, and a 401.
KINDS_OF_RESPONSES = [
    *("/api/video_detail/1/", "/api/video_detail/x/", "/api/no/such/page", "/swagger.json", "/health"),
    "/api/accounts/auth/user/",
]


@pytest.mark.parametrize("target", KINDS_OF_RESPONSES)
def test_response_has_the_security_headers_once(gateway_port, target):
    plain, secure = get(gateway_port, target), get(gateway_port, target, "X-Forwarded-Proto: https")
    assert "strict-transport-security" not in plain.headers, plain
    assert secure.headers["strict-transport-security"].startswith("max-age="), secure
    for response in (plain, secure):
        names = [line.partition(":")[0].lower() for line in response.lines]
        # List headers: the gateway adds values to the values of the service.
        assert {name for name in names if names.count(name) > 1} <= {"vary", "cache-status"}, response
        assert response.headers["x-content-type-options"] == "nosniff", response
        assert response.headers["x-frame-options"] == "DENY", response
        assert response.headers["referrer-policy"] == "no-referrer", response
        assert "camera=()" in response.headers["permissions-policy"], response
        assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'", response
        assert response.headers["cross-origin-resource-policy"] == "same-origin", response
        assert response.headers["server"] == "nginx" and "x-powered-by" not in response.headers, response


@pytest.mark.parametrize("target", ["/", "/any/page", "/swagger/", "/redoc/"])
def test_page_allows_no_inline_or_foreign_scripts(gateway_port, target):
    policy = get(gateway_port, target).headers["content-security-policy"]
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "unsafe" not in scripts and "*" not in scripts and "http" not in scripts, policy
