"""Requests as bytes: what no well-behaved client would send."""

import re
import socket
import subprocess

LIMIT = 30


class Answer:
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


def exchange(port, request):
    """Sends the bytes, and gives all that comes back until the other side closes."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as connection:
        try:
            connection.sendall(request)
            while chunk := connection.recv(65536):
                received += chunk
        except ConnectionError:
            pass  # Closed on the way, which is an answer to too large a request.
    return received


def answers(received):
    """All answers that stand in these bytes, one after the other."""
    found = []
    while received:
        head, separator, rest = received.partition(b"\r\n\r\n")
        if not separator or not head.startswith(b"HTTP/1."):
            raise AssertionError(f"no answer of HTTP: {received[:200]!r}")
        length = re.search(rb"(?im)^content-length: *(\d+)", head)
        if re.search(rb"(?im)^transfer-encoding: *chunked", head):
            body, rest = unchunked(rest)
        else:
            size = int(length[1]) if length else len(rest)
            body, rest = rest[:size], rest[size:]
        found.append(Answer(head, body))
        received = rest
    return found


def unchunked(text):
    body = b""
    while True:
        line, _, text = text.partition(b"\r\n")
        size = int(line, 16)
        if size == 0:
            return body, text.partition(b"\r\n")[2]
        body, text = body + text[:size], text[size + 2 :]


def ask(port, request):
    """The answers to bytes, at least one."""
    found = answers(exchange(port, request))
    assert found, "no answer at all"
    return found


def head(method, target, *lines, host="localhost", close=True):
    """The head of a request; lines are given without their ends."""
    first = f"{method} {target} HTTP/1.1"
    last = ["Connection: close"] if close else []
    lines = [first, f"Host: {host}", *lines, *last, "", ""]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


def get(port, target, *lines, **more):
    return ask(port, head("GET", target, *lines, **more))[0]


def post(port, target, body, *lines, kind="application/json"):
    lines = (f"Content-Length: {len(body)}", f"Content-Type: {kind}", *lines)
    return ask(port, head("POST", target, *lines) + body)[0]


def pids(port):
    """Whoever listens on this port."""
    shown = subprocess.run(["ss", "-Hltnp", f"sport = :{port}"], capture_output=True, text=True, check=True)
    return set(re.findall(r"pid=(\d+)", shown.stdout))


def resident_mb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) // 1024
