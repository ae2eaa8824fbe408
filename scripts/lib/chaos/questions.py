"""What the load asks: as an instance with any data can answer."""

import datetime
import http.client
import json
import time
import urllib.parse
import urllib.request
import uuid

import faults
from load import JSON, Question, parsed, seoul_day

PASSWORD = "chaos-2026"
PER_SECOND = {"reads": 60, "cold reads": 10, "logins": 1, "predictions": 5}

# How long the gateway keeps an answer, in seconds, and a little.
GATEWAY_KEEPS = 5.2

CHANNELS = "/api/youtuber_search/channel_list/"


def call(gateway, method, path, body=None):
    request = urllib.request.Request(
        gateway + path, None if body is None else json.dumps(body).encode(), JSON, method=method
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return parsed(answer.read())


def register(gateway):
    """An account for the logins of this run."""
    name = f"chaos-{uuid.uuid4().hex[:12]}"
    call(gateway, "POST", "/api/accounts/auth/register/", {"username": name, "password": PASSWORD})
    return name


def questions(stack):
    """Reads that are the same all day, reads that no cache has, logins, predictions."""
    gateway = stack.gateway
    popular = call(gateway, "GET", "/api/channel_analyze/")[0]["keyword"]
    quoted = [urllib.parse.quote(keyword["name"]) for keyword in popular[:3]]
    kind = urllib.parse.quote("인기")
    channel = call(gateway, "GET", CHANNELS)["results"][0]["idx"]
    search = f"/api/keyword_search/?search={quoted[0]}"
    video = call(gateway, "GET", search)["video"][1]["data"][0]["idx"]
    reads = [
        "/api/channel_analyze/",
        *(f"/api/channel_analyze/keyword_data/?search={kind}&keyword={name}" for name in quoted),
        *(f"/api/keyword_search/?search={name}" for name in quoted),
        CHANNELS,
        f"{CHANNELS}?youtuber_name=tv",
        f"{CHANNELS}{channel}/",
        f"/api/youtuber_search/channel_period_data/{channel}/",
        f"/api/video_detail/{video}/",
        f"/api/views_predict/simple_recommendation?keyword_string={quoted[0]}",
    ]
    cold = [
        f"{path}{number}"
        for number in range(2000)
        for path in ("/api/keyword_search/?search=cold", f"{CHANNELS}?youtuber_name=cold")
    ]
    plan = {
        "thumbnail_url": "https://i.ytimg.com/vi/uq5LClQN3cE/hqdefault.jpg",
        "video_name": "혼자 먹는 저녁",
        "channel_subscriber": 15300,
        "upload_date": str(datetime.date.today()),
    }
    login = {"username": register(gateway), "password": PASSWORD}
    return [
        *answered(stack, reads),
        *(Question("cold reads", "GET", path) for path in cold),
        Question("logins", "POST", "/api/accounts/auth/login/", json.dumps(login)),
        Question("predictions", "POST", "/api/views_predict/", json.dumps(plan)),
    ]


def answered(stack, paths):
    """Reads with their answers, which no replica and no gateway has kept from before."""
    faults.restart(stack)
    time.sleep(GATEWAY_KEEPS)
    ask = lambda path: call(stack.gateway, "GET", path)
    return [Question("reads", "GET", path, answer=ask(path), day=seoul_day()) for path in paths]


def wait_until_well(gateway, seconds):
    """How long it takes until every service answers what nobody has asked before."""
    begun = time.monotonic()
    address = urllib.parse.urlsplit(gateway).netloc
    while True:
        if all(healthy(address, path) for path in probes()):
            return time.monotonic() - begun
        if time.monotonic() - begun > seconds:
            return float("inf")
        time.sleep(0.1)


def probes():
    mark = uuid.uuid4().hex
    yield f"/api/keyword_search/?search={mark}"
    yield f"{CHANNELS}?youtuber_name={mark}"
    yield f"/api/views_predict/simple_recommendation?keyword_string={mark}"
    yield from (f"/health/{name}" for name in ("auth", "trends", "video", "predict", "ai-worker"))


def healthy(address, path):
    connection = http.client.HTTPConnection(address, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
