"""HTTP/1.1 over a plain socket, for requests that a client library would not send."""

import re
import socket

TIMEOUT = 30


class Response:
    def __init__(self, head, body):
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split(" ")[1])
        self.lines = lines[1:]
        self.headers = {}
        for line in self.lines:
            name, _, value = line.partition(":")
            self.headers.setdefault(name.strip().lower(), value.strip())
        self.body = body

    def __repr__(self):
        return f"{self.status} {self.lines} {self.body[:300]!r}"


def exchange(port, data):
    """Sends bytes and returns everything received until the server closes the connection."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as connection:
        try:
            connection.sendall(data)
            while chunk := connection.recv(65536):
                received += chunk
        except ConnectionError:
            pass  # A server may close the connection while a too large request is sent.
    return received


def parse_responses(received):
    """All responses in these bytes, in order."""
    found = []
    while received:
        head, separator, rest = received.partition(b"\r\n\r\n")
        assert separator and head.startswith(b"HTTP/1."), f"not a response: {received[:200]!r}"
        length = re.search(rb"(?im)^content-length: *(\d+)", head)
        if re.search(rb"(?im)^transfer-encoding: *chunked", head):
            body, rest = decode_chunks(rest)
        else:
            size = int(length[1]) if length else len(rest)
            body, rest = rest[:size], rest[size:]
        found.append(Response(head, body))
        received = rest
    return found


def decode_chunks(data):
    body = b""
    while True:
        line, _, data = data.partition(b"\r\n")
        size = int(line, 16)
        if size == 0:
            return body, data.partition(b"\r\n")[2]
        body, data = body + data[:size], data[size + 2 :]


def request_head(method, target, *lines, host="localhost", close=True):
    """The head of a request with further header lines."""
    last = ["Connection: close"] if close else []
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", *lines, *last, "", ""]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


def send(port, data):
    """The first response to these bytes; fails without a response."""
    found = parse_responses(exchange(port, data))
    assert found, "no response"
    return found[0]


def get(port, target, *lines, **options):
    return send(port, request_head("GET", target, *lines, **options))


def post(port, target, body, *lines, kind="application/json"):
    lines = (f"Content-Length: {len(body)}", f"Content-Type: {kind}", *lines)
    return send(port, request_head("POST", target, *lines) + body)
