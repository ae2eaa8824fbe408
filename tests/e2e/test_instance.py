"""Listening ports, connections, and the output of the operator's commands."""

import json
import re
import subprocess

import pytest
from instance import SERVICES
from support import raw_http
from support.api import assert_openapi_is_served
from support.polling import wait_until

REPLICAS = 3
UP_TIMEOUT = 300


def test_only_the_gateway_listens_beyond_loopback(instance):
    pids = instance.all_pids()
    shown = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=True).stdout
    own = [line.split() for line in shown.splitlines() if pids & set(map(int, re.findall(r"pid=(\d+)", line)))]
    assert len(own) > 20
    loopback = re.compile(r"127\.|\[::1\]|\[::ffff:127\.")
    port = instance.gateway.rpartition(":")[2]
    exposed = [fields[3] for fields in own if not loopback.match(fields[3])]
    assert exposed and all(address.endswith(f":{port}") for address in exposed), exposed


@pytest.mark.parametrize("service", SERVICES)
def test_service_has_its_own_user_at_each_server(instance, api, service):
    defaults = (instance.project / f"services/{service}/defaults.toml").read_text("utf-8")
    # Opens the connections.
    for path in ("/api/youtuber_search/channel_list/", "/api/video_detail/1/", f"/health/{service}"):
        api.get(path)
    if "\n[postgres]\n" in f"\n{defaults}":
        connections = f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{service}'"
        assert int(instance.sql(connections)) > 0
    if "\n[rabbitmq]\n" in f"\n{defaults}":
        # The management API lists a connection after a few seconds.
        wait_until(lambda: service in broker_users(instance), 20, f"a connection of {service}")


@pytest.mark.parametrize("path", ["/health/trends", "/api/channel_analyze/", "/health"])
def test_http_1_0_request_without_host_is_served(instance, path):
    port = int(instance.gateway.rpartition(":")[2])
    [response] = raw_http.parse_responses(raw_http.exchange(port, f"GET {path} HTTP/1.0\r\n\r\n".encode()))
    assert response.status == 200, response


@pytest.mark.parametrize("host", ['a"b', "a<b>", "a b", "a/b", "a@b", "[::1"])
def test_invalid_host_is_rejected_with_a_json_error(instance, host):
    port = int(instance.gateway.rpartition(":")[2])
    path = "/api/youtuber_search/channel_list/"
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    [response] = raw_http.parse_responses(raw_http.exchange(port, request.encode()))
    assert response.status == 400, response
    assert response.headers["content-type"] == "application/json", response
    assert response.headers["cache-control"] == "no-store", response


@pytest.mark.parametrize("target", ["/api/keyword_search/?search=먹방", "/api/영상/"])
def test_unencoded_address_is_rejected_with_a_reason(instance, target):
    port = int(instance.gateway.rpartition(":")[2])
    request = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    [response] = raw_http.parse_responses(raw_http.exchange(port, request.encode()))
    assert response.status == 400, response
    assert "percent-encoded" in json.loads(response.body)["detail"], response


def test_health_of_the_gateway_supports_only_reads(api):
    response = api.request("POST", "/health")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def broker_users(instance):
    return {connection.get("user") for connection in instance.rabbitmq("connections?columns=user")}


def test_no_service_is_connected_to_postgres_as_the_owner(instance):
    query = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'createtrend'"
    assert int(instance.sql(query)) == 0


def test_status_shows_three_ready_replicas_of_each_service(instance):
    table = instance.script("status")
    for service in SERVICES:
        assert len(re.findall(rf"^{service}-\d+ .* ready ", table, re.M)) == REPLICAS, table


def test_second_up_restarts_nothing(instance):
    before = instance.pids()
    instance.script("up", timeout=UP_TIMEOUT)
    assert instance.pids() == before


def test_doctor_reports_no_problem(instance):
    instance.script("createtrend", "doctor")


def test_other_application_replaces_the_dashboard(instance, api, tmp_path):
    """The API, its documents and its errors stay; the dashboard's security policy does not."""
    page, script = b'<script>document.title = "inline"</script>', b"run()"
    (tmp_path / "static/js").mkdir(parents=True)
    (tmp_path / "index.html").write_bytes(page)
    (tmp_path / "static/js/main.1a2b.js").write_bytes(script)
    tmp_path.chmod(0o755)
    try:
        instance.script("up", timeout=UP_TIMEOUT, WEB_ROOT=str(tmp_path))
        for path in ("/", "/any/page"):
            response = api.get(path)
            assert response.content == page
            assert "content-security-policy" not in response.headers
        response = api.get("/static/js/main.1a2b.js")
        assert response.content == script and "immutable" in response.headers["cache-control"]
        assert_openapi_is_served(api)
        api.get("/api/none", expect=404)
        api.get("/api/channel_analyze/")
    finally:
        instance.script("up", timeout=UP_TIMEOUT)
    response = api.get("/")
    assert response.content == (instance.project / "web/dist/index.html").read_bytes()
    assert "content-security-policy" in response.headers
