"""Thumbnail URLs that lead to this machine or its network: none is fetched."""

import json
import socket
import threading

import pytest
from support.api import prediction_request
from support.raw_http import post

# Rejected by validation.
REJECTED = [
    "http://i.ytimg.com/a.jpg", "file:///etc/passwd", "gopher://127.0.0.1:17672/_x", "ftp://i.ytimg.com/a.jpg",
    "https://127.0.0.1/a.jpg", "https://[::1]/a.jpg", "https://[::ffff:127.0.0.1]/a.jpg", "https://[::ffff:7f00:1]/",
    "https://2130706433/a.jpg", "https://0x7f000001/a.jpg", "https://0177.0.0.1/a.jpg", "https://127.1/a.jpg",
    "https://0/a.jpg", "https://169.254.169.254/latest/meta-data/", "https://localhost/a.jpg", "https://[fe80::1]/",
    "https://[64:ff9b::7f00:1]/", "https://user:password@i.ytimg.com/a.jpg", "https://i.ytimg.com@127.0.0.1/a.jpg",
    "https://i.ytimg.com:22/a.jpg", "https://127.0.0.1#@i.ytimg.com/a.jpg", "https://127.0.0.1\\@i.ytimg.com/",
    "https:///etc/passwd", "//127.0.0.1/a.jpg", "https://①②⑦.⓪.⓪.①/a.jpg", "https://127.0.0.1%2f@i.ytimg.com",
    "data:text/html,<script>", "data:image/svg+xml,<svg/>", "data:image/png;base64,!!!!", "data:,", "javascript:alert(1)",
    "https://i.ytimg.com/" + "a" * 4000, "\r\nhttps://127.0.0.1/", "https://i.ytimg.com\r\nHost: x/",
]

# Well-formed names outside the allow-list: the prediction ignores the thumbnail.
IGNORED = [
    "https://i.ytimg.com.evil.example/a.jpg", "https://evil-ytimg.com/a.jpg", "https://localtest.example/a.jpg",
    "https://localhost.localdomain/a.jpg", "https://127.0.0.1.nip.example/a.jpg",
]


class HttpsListener:
    """Accepts connections on the https port of this machine and records them."""

    def __init__(self):
        self.sockets = []
        self.connections = []
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            try:
                listener = socket.create_server((address, 443), family=family)
            except OSError:
                continue  # No IPv6, or the port is in use.
            self.sockets.append(listener)
            threading.Thread(target=self.accept, args=(listener,), daemon=True).start()
        assert self.sockets, "port 443 of this machine is in use"

    def accept(self, listener):
        while True:
            try:
                connection, address = listener.accept()
            except OSError:
                return
            self.connections.append(address)
            connection.close()

    def close(self):
        for listener in self.sockets:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()


@pytest.fixture
def listener():
    opened = HttpsListener()
    yield opened
    opened.close()
    assert not opened.connections


def predict(port, url):
    return post(port, "/api/views_predict/", json.dumps(prediction_request(thumbnail_url=url)).encode())


def test_internal_thumbnail_url_is_rejected(gateway_port, listener):
    for url in REJECTED:
        response = predict(gateway_port, url)
        assert response.status == 400 and "thumbnail_url" in json.loads(response.body), (url, response)


def test_thumbnail_url_outside_the_allow_list_is_ignored(gateway_port, listener):
    for url in IGNORED:
        assert predict(gateway_port, url).status == 200, url
