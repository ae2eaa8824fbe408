"""Requests that are too large or expand: rejected in bounded time and memory."""

import base64
import json
import struct
import time
import zlib

import processes
import pytest
from support.api import prediction_request
from support.raw_http import get, post

LOGIN = "/api/accounts/auth/login/"
PREDICT = "/api/views_predict/"
TEN_MB = 10 << 20

# Maximum memory growth of a replica after all decompression bombs.
MAX_GROWTH_MB = 150
# Seconds for a prediction with a decompression bomb.
PREDICTION_TIMEOUT = 20


def assert_rejected(response, *statuses):
    assert response.status in statuses, response
    assert "code" in json.loads(response.body), response


@pytest.mark.parametrize("opening, closing", [(b"[", b"]"), (b'{"a":', b"}")], ids=["arrays", "objects"])
@pytest.mark.parametrize("is_closed", [True, False], ids=["closed", "unclosed"])
def test_10_mb_of_nested_json_is_rejected(gateway_port, replica_port, opening, closing, is_closed):
    depth = TEN_MB // (len(opening) + len(closing))
    body = opening * depth + (b"1" + closing * depth if is_closed else b"")
    assert_rejected(post(gateway_port, LOGIN, body), 413)
    assert_rejected(post(gateway_port, PREDICT, body), 400)
    assert_rejected(post(replica_port["auth"], LOGIN, body), 413)
    assert_rejected(post(replica_port["predict"], PREDICT, body), 400)
    # The deepest nesting below the size limit.
    assert_rejected(post(gateway_port, LOGIN, body[:60000]), 400)


def test_10_mb_of_object_keys_are_rejected(gateway_port):
    wide = b"{" + b",".join(b'"%d":0' % number for number in range(900_000)) + b"}"
    assert_rejected(post(gateway_port, PREDICT, wide), 400)


@pytest.mark.parametrize("field", ["video_name", "thumbnail_url", "channel_subscriber", "upload_date"])
def test_oversized_field_is_rejected(gateway_port, field):
    last = 10**4000 if field == "channel_subscriber" else "\ud83d"
    for value in ("9" * TEN_MB, [[]] * 1_000_000, "\u0000" * 1000, last):
        body = json.dumps(prediction_request(**{field: value})).encode()
        assert_rejected(post(gateway_port, PREDICT, body), 400)


QUERIES_TOO_LONG = {
    "different parameters": "&".join(f"p{number}=1" for number in range(100_000)),
    "one parameter": "search=a&" * 100_000,
    "empty parameters": "&" * 500_000,
    "a long value": "search=" + "%EB%A8%B9" * 30_000,
}


@pytest.mark.parametrize("name", QUERIES_TOO_LONG)
def test_query_above_the_limit_is_rejected(gateway_port, replica_port, name):
    target = f"/api/keyword_search/?{QUERIES_TOO_LONG[name]}"
    assert_rejected(get(gateway_port, target), 414)
    assert get(replica_port["keyword"], target).status in (400, 413, 414, 431)


LONGEST_QUERIES = {
    "different parameters": "&".join(f"{number}" for number in range(1500)),
    "one parameter": "search=a&" * 800,
    "empty parameters": "&" * 7000,
    "a long value": "search=" + "a" * 7000,
}


@pytest.mark.parametrize("name", LONGEST_QUERIES)
def test_query_just_below_the_limit_is_not_a_server_error(gateway_port, replica_port, name):
    for port in (gateway_port, replica_port["keyword"]):
        assert get(port, f"/api/keyword_search/?{LONGEST_QUERIES[name]}").status in (200, 400, 404)


LARGE_HEADS = {
    "one long line": ["X: " + "a" * 1_000_000],
    "many lines": [f"X-{number}: a" for number in range(20_000)],
    "cookies": ["Cookie: " + "a=b; " * 50_000],
    "a long token": ["Authorization: Token " + "a" * 100_000],
}


@pytest.mark.parametrize("name", LARGE_HEADS)
def test_large_head_is_rejected(gateway_port, replica_port, name):
    for port in (gateway_port, replica_port["auth"]):
        response = get(port, "/api/accounts/auth/user/", *LARGE_HEADS[name])
        assert 400 <= response.status < 500, response


def test_longest_token_is_unauthorized(gateway_port):
    response = get(gateway_port, "/api/accounts/auth/user/", "Authorization: Token " + "a." * 3500)
    assert_rejected(response, 401)


def png(width, height, pixels):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def decompression_bombs():
    """Small files that declare or decompress to large images."""
    zeros = zlib.compressobj(9)
    bomb = b"".join(zeros.compress(bytes(1 << 20)) for _ in range(1000)) + zeros.flush()
    yield "png", png(18000, 18000, bomb)
    yield "png", png(2**31 - 1, 2**31 - 1, zlib.compress(b"\x00"))
    yield "png", png(100, 100, bomb)
    yield "png", png(0, 0, zlib.compress(b""))
    yield "jpeg", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9"
    yield "webp", b"RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff"
    yield "webp", b"RIFF\xff\xff\xff\xffWEBPVP8L\xff\xff\xff\x7f\x2f\xff\xff\xff\xff"


def test_decompression_bombs_are_rejected_or_ignored(gateway_port, instance):
    before = memory(instance)
    for kind, data in decompression_bombs():
        url = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
        begun = time.monotonic()
        body = json.dumps(prediction_request(thumbnail_url=url)).encode()
        response = post(gateway_port, PREDICT, body)
        # The worker decodes the image, and ignores one that is damaged.
        assert response.status in (200, 400), response
        assert time.monotonic() - begun < PREDICTION_TIMEOUT, (kind, len(data))
    for program, megabytes in memory(instance).items():
        assert megabytes - before[program] < MAX_GROWTH_MB, (program, before[program], megabytes)


def memory(instance):
    """Resident memory of each replica that handles images, in MB."""
    return {
        program: processes.memory_mb(pid, "VmRSS")
        for program, pid in instance.pids().items()
        if program.startswith(("predict:", "ai-worker:"))
    }


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "x"])
def test_compressed_body_is_not_decompressed(gateway_port, replica_port, coding):
    bomb = zlib.compress(bytes(100 << 20), 9)
    for port in (gateway_port, replica_port["predict"]):
        assert post(port, PREDICT, bomb, f"Content-Encoding: {coding}").status in (400, 415)
