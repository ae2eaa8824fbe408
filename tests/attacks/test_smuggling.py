"""Request smuggling: requests that the gateway and a service could parse differently."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from support.raw_http import exchange, get, parse_responses, request_head

HIDDEN = "GET /api/video_detail/987654321/?smuggled HTTP/1.1\r\nHost: localhost\r\nX-Rest: "

# Header lines for the length of a body that servers are known to parse differently.
LENGTHS = {
    "CL.TE": ["Content-Length: {all}", "Transfer-Encoding: chunked"],
    "TE.CL": ["Transfer-Encoding: chunked", "Content-Length: 4"],
    "two lengths": ["Content-Length: {all}", "Content-Length: 0"],
    "a list of lengths": ["Content-Length: {all}, 0"],
    "a signed length": ["Content-Length: +{all}"],
    "a negative length": ["Content-Length: -1"],
    "a hexadecimal length": ["Content-Length: 0x10"],
    "a length too large": ["Content-Length: 18446744073709551616"],
    "a space before the colon": ["Transfer-Encoding : chunked", "Content-Length: {all}"],
    "a tab after the colon": ["Transfer-Encoding:\tchunked", "Content-Length: {all}"],
    "a vertical tab": ["Transfer-Encoding: \x0bchunked", "Content-Length: {all}"],
    "another coding": ["Transfer-Encoding: xchunked", "Content-Length: {all}"],
    "two codings": ["Transfer-Encoding: chunked, identity", "Content-Length: {all}"],
    "two lines of coding": ["Transfer-Encoding: chunked", "Transfer-Encoding: x", "Content-Length: {all}"],
    "a coding in capitals": ["Transfer-Encoding: CHUNKED", "Content-Length: {all}"],
    "a folded line": ["Transfer-Encoding:", " chunked", "Content-Length: {all}"],
    "a coding after a line feed": ["X: x\nTransfer-Encoding: chunked", "Content-Length: {all}"],
    "an underscore": ["Transfer_Encoding: chunked", "Content-Length: {all}"],
}

# Bodies with a second request in or after a chunk.
BODIES = {
    "after the last chunk": "0\r\n\r\n" + HIDDEN,
    "in a chunk": "5c\r\n" + HIDDEN + "\r\n0\r\n\r\n",
    "after a chunk too large": "10000000000000000\r\n" + HIDDEN,
    "after an extension": "0;\n" + HIDDEN,
    "after a negative chunk": "-1\r\n" + HIDDEN,
}


def assert_others_get_their_own_responses(port, count):
    """Concurrent requests of other clients."""

    def send_one(number):
        request_id = f"victim-{number:04}"
        response = get(port, "/api/video_detail/1/", f"X-Request-ID: {request_id}")
        assert response.status == 200 and response.headers["x-request-id"] == request_id, response
        assert b"video_name" in response.body, response

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(send_one, range(count)))


@pytest.mark.parametrize("length", LENGTHS)
def test_request_hidden_in_a_body_gets_no_response(gateway_port, replica_port, length):
    for place, body in BODIES.items():
        lines = [line.format(all=len(body)) for line in LENGTHS[length]]
        # A route that reads its body, and one that does not.
        for method, path in (("POST", "/api/accounts/auth/login/"), ("GET", "/api/video_detail/1/")):
            head = request_head(method, path, *lines, "Content-Type: application/json")
            for port in (gateway_port, replica_port["video"]):
                received = exchange(port, head + body.encode())
                found = parse_responses(received)
                assert len(found) == 1, (place, received)
                # 501: a transfer coding that the gateway does not know.
                assert found[0].status < 500 or found[0].status == 501, (place, received)
    assert_others_get_their_own_responses(gateway_port, 8)


UPGRADES = {
    "h2c": (
        "Upgrade: h2c",
        "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
        "Connection: Upgrade, HTTP2-Settings",
    ),
    "websocket": (
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: x",
        "Connection: Upgrade",
    ),
}


@pytest.mark.parametrize("protocol", UPGRADES)
def test_upgrade_opens_no_tunnel(gateway_port, replica_port, protocol):
    path = "/api/video_detail/1/"
    for port in (gateway_port, replica_port["video"]):
        first = request_head("GET", path, *UPGRADES[protocol], close=False)
        received = exchange(port, first + request_head("GET", path))
        assert {response.status for response in parse_responses(received)} <= {200, 400}, received


MALFORMED = [
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET /health\r\n\r\n",
    b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /health HTTP/9.9\r\nHost: x\r\n\r\n",
    b"GET /health HTTP/1.1\r\n\r\n",
    b"GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET /health HTTP/1.1\r\nHost: a/../b\r\n\r\n",
    b"GET /health HTTP/1.1\r\nHost: x\r\nX\x00Y: z\r\n\r\n",
    b"GET /health HTTP/1.1\r\nHost: x\r\nX: \x00\r\n\r\n",
    b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"TRACE /health HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"\x00" * 4096,
]


@pytest.mark.parametrize("data", MALFORMED, ids=lambda data: repr(data[:24]))
def test_malformed_request_is_rejected(gateway_port, data):
    received = exchange(gateway_port, data)
    # HTTP/0.9 has no response head.
    if received.startswith(b"HTTP/"):
        for response in parse_responses(received):
            assert 400 <= response.status < 506 and response.status not in (500, 502), received
