"""Too much of everything: a bounded answer, in bounded time, by a server that lives on."""

import base64
import json
import struct
import time
import zlib

from wire import get, pids, post, resident_mb

LOGIN = "/api/accounts/auth/login/"
PREDICT = "/api/views_predict/"
TEN_MB = 10 << 20

# What a replica may have taken for good when all is over.
GROWTH_MB = 150


def refused(answer, *statuses):
    assert answer.status in statuses, answer
    assert "code" in json.loads(answer.body), answer


def nested_json_of_10_mb_is_refused(world):
    for opening, closing in ((b"[", b"]"), (b'{"a":', b"}")):
        for closed in (True, False):
            depth = TEN_MB // (len(opening) + len(closing))
            body = opening * depth + (b"1" + closing * depth if closed else b"")
            refused(post(world.gateway, LOGIN, body), 413)
            refused(post(world.gateway, PREDICT, body), 400)
            refused(post(world.replica("auth"), LOGIN, body), 413)
            refused(post(world.replica("predict"), PREDICT, body), 400)
            # As deep as fits.
            refused(post(world.gateway, LOGIN, body[:60000]), 400)
    wide = b"{" + b",".join(b'"%d":0' % number for number in range(900_000)) + b"}"
    refused(post(world.gateway, PREDICT, wide), 400)
    for field in ("video_name", "thumbnail_url", "channel_subscriber", "upload_date"):
        for value in ("9" * TEN_MB, [[]] * 1_000_000, "\u0000" * 1000, 10**4000 if field[0] == "c" else "\ud83d"):
            refused(post(world.gateway, PREDICT, json.dumps(plan() | {field: value}).encode()), 400)


def a_hundred_thousand_parameters_are_refused(world):
    for query in ("&".join(f"p{number}=1" for number in range(100_000)), "search=a&" * 100_000, "&" * 500_000,
                  "search=" + "%EB%A8%B9" * 30_000):
        target = f"/api/keyword_search/?{query}"
        refused(get(world.gateway, target), 414)
        assert get(world.replica("keyword"), target).status in (400, 413, 414, 431)
    # As many as fit: known ones repeated, unknown ones, empty ones.
    for query in ("search=a&" * 800, "&".join(f"{number}" for number in range(1500)), "&" * 7000, "search=" + "a" * 7000):
        for port in (world.gateway, world.replica("keyword")):
            assert get(port, f"/api/keyword_search/?{query}").status in (200, 400, 404)


def huge_heads_are_refused(world):
    for lines in (["X: " + "a" * 1_000_000], [f"X-{number}: a" for number in range(20_000)],
                  ["Cookie: " + "a=b; " * 50_000], ["Authorization: Token " + "a" * 100_000]):
        for port in (world.gateway, world.replica("auth")):
            answer = get(port, "/api/accounts/auth/user/", *lines)
            assert 400 <= answer.status < 500, answer
    refused(get(world.gateway, "/api/accounts/auth/user/", "Authorization: Token " + "a." * 3500), 401)


def plan():
    return {"thumbnail_url": "https://i.ytimg.com/a.jpg", "video_name": "a", "channel_subscriber": 1,
            "upload_date": "2026-11-24"}


def png(width, height, pixels):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def bombs():
    """Small files of large pictures."""
    zeros = zlib.compressobj(9)
    bomb = b"".join(zeros.compress(bytes(1 << 20)) for _ in range(1000)) + zeros.flush()
    yield "png", png(18000, 18000, bomb)
    yield "png", png(2**31 - 1, 2**31 - 1, zlib.compress(b"\x00"))
    yield "png", png(100, 100, bomb)
    yield "png", png(0, 0, zlib.compress(b""))
    yield "jpeg", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9"
    yield "webp", b"RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff"
    yield "webp", b"RIFF\xff\xff\xff\xffWEBPVP8L\xff\xff\xff\x7f\x2f\xff\xff\xff\xff"


def bombs_of_pixels_do_not_go_off(world):
    before = world.memory("predict", "ai-worker")
    for kind, data in bombs():
        url = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
        begun = time.monotonic()
        answer = post(world.gateway, PREDICT, json.dumps(plan() | {"thumbnail_url": url}).encode())
        # A picture that is damaged inside is found so by whoever decodes it: then it is left out.
        assert answer.status in (200, 400), answer
        assert time.monotonic() - begun < 20, (kind, len(data))
    for pid, megabytes in world.memory("predict", "ai-worker").items():
        assert megabytes - before[pid] < GROWTH_MB, (pid, before[pid], megabytes)


def a_body_that_is_compressed_is_not_unpacked(world):
    bomb = zlib.compress(bytes(100 << 20), 9)
    for coding in ("gzip", "deflate", "br", "zstd", "gzip, gzip", "x"):
        for port in (world.gateway, world.replica("predict")):
            assert post(port, PREDICT, bomb, f"Content-Encoding: {coding}").status in (400, 415)


def memory(world, *services):
    return {pid: resident_mb(pid) for name in services for port in world.replicas(name) for pid in pids(port)}
