"""Requests that two servers could read differently: does one slip past the gateway?"""

from concurrent.futures import ThreadPoolExecutor

from wire import answers, exchange, get, head

HIDDEN = "GET /api/video_detail/987654321/?smuggled HTTP/1.1\r\nHost: localhost\r\nX-Rest: "

# Lines that say how long a body is, in ways that servers have disagreed on.
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
    "a coding behind a line feed": ["X: x\nTransfer-Encoding: chunked", "Content-Length: {all}"],
    "an underscore": ["Transfer_Encoding: chunked", "Content-Length: {all}"],
}

# Chunks, before and behind which a second request hides.
BODIES = {
    "behind the last chunk": "0\r\n\r\n" + HIDDEN,
    "in a chunk": "5c\r\n" + HIDDEN + "\r\n0\r\n\r\n",
    "behind a chunk too large": "10000000000000000\r\n" + HIDDEN,
    "behind an extension": "0;\n" + HIDDEN,
    "behind a negative chunk": "-1\r\n" + HIDDEN,
}


def victims(port, count=8):
    """Requests of others at the same time: each must get its own answer."""

    def one(number):
        name = f"victim-{number:04}"
        answer = get(port, "/api/video_detail/1/", f"X-Request-ID: {name}")
        assert answer.status == 200 and answer.headers["x-request-id"] == name, answer
        assert b"video_name" in answer.body, answer

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(one, range(count)))


def no_second_request_hides_in_a_body(world):
    for length, lines in LENGTHS.items():
        for place, body in BODIES.items():
            lines_here = [line.format(all=len(body)) for line in lines]
            # One whose body services read, and one whose body nobody expects.
            for method, path in (("POST", "/api/accounts/auth/login/"), ("GET", "/api/video_detail/1/")):
                request = head(method, path, *lines_here, "Content-Type: application/json")
                for port in (world.gateway, world.replica("video")):
                    received = exchange(port, request + body.encode())
                    found = answers(received)
                    assert len(found) == 1, (length, place, received)
                    # 501: a coding that the gateway does not know.
                    assert found[0].status < 500 or found[0].status == 501, (length, place, received)
            victims(world.gateway, 2)
    victims(world.gateway, 32)


def no_upgrade_opens_a_tunnel(world):
    upgrades = [
        ("Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA", "Connection: Upgrade, HTTP2-Settings"),
        ("Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: x", "Connection: Upgrade"),
    ]
    for lines in upgrades:
        for port in (world.gateway, world.replica("video")):
            received = exchange(port, head("GET", "/api/video_detail/1/", *lines, close=False)
                                + head("GET", "/api/video_detail/1/"))
            assert {answer.status for answer in answers(received)} <= {200, 400}, received


def what_is_no_request_is_refused(world):
    for request in [
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
    ]:
        received = exchange(world.gateway, request)
        # HTTP/0.9 has no head to answer with.
        if received and received.startswith(b"HTTP/"):
            assert all(400 <= one.status < 506 and one.status not in (500, 502) for one in answers(received)), (
                request, received)
