"""Addresses of pictures that lead inside: nobody follows them."""

import json
import socket
import threading

from wire import post

# Not to be had in an address at all: refused at once.
REFUSED = [
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

# Names that are well formed and not on the list: a prediction without a picture.
PASSED_OVER = [
    "https://i.ytimg.com.evil.example/a.jpg", "https://evil-ytimg.com/a.jpg", "https://localtest.example/a.jpg",
    "https://localhost.localdomain/a.jpg", "https://127.0.0.1.nip.example/a.jpg",
]


class Trap:
    """Listens on the https ports of this machine, and counts who comes."""

    def __init__(self):
        self.sockets = []
        self.came = []
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            try:
                trap = socket.create_server((address, 443), family=family)
            except OSError:
                continue  # No IPv6, or somebody else's port.
            self.sockets.append(trap)
            threading.Thread(target=self.wait, args=(trap,), daemon=True).start()
        assert self.sockets, "port 443 of this machine is taken"

    def wait(self, trap):
        while True:
            try:
                connection, address = trap.accept()
            except OSError:
                return
            self.came.append(address)
            connection.close()

    def close(self):
        for trap in self.sockets:
            trap.shutdown(socket.SHUT_RDWR)
            trap.close()


def no_picture_is_fetched_from_inside(world):
    trap = Trap()
    try:
        for url in REFUSED:
            answer = predict(world, url)
            assert answer.status == 400 and "thumbnail_url" in json.loads(answer.body), (url, answer)
        for url in PASSED_OVER:
            assert predict(world, url).status == 200, url
    finally:
        trap.close()
    assert not trap.came, trap.came
    return f"{len(REFUSED) + len(PASSED_OVER)} addresses"


def predict(world, url):
    plan = {"thumbnail_url": url, "video_name": "a", "channel_subscriber": 1, "upload_date": "2026-11-24"}
    return post(world.gateway, "/api/views_predict/", json.dumps(plan).encode())
