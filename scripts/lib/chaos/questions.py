"""What the load asks: as an instance with any data can answer."""

import datetime
import http.client
import json
import time
import urllib.parse
import urllib.request
import uuid

from load import JSON, Question

PASSWORD = "chaos-2026"
PER_SECOND = {"reads": 60, "cold reads": 10, "logins": 1, "predictions": 5}

# How long the gateway keeps an answer, in seconds, and a little.
GATEWAY_KEEPS = 5.2
# So many rounds must be alike, and at most so many are tried.
ALIKE, SETTLING = 5, 40

CHANNELS = "/api/youtuber_search/channel_list/"


def call(gateway, method, path, body=None):
    request = urllib.request.Request(
        gateway + path, None if body is None else json.dumps(body).encode(), JSON, method=method
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def register(gateway):
    """An account for the logins of this run."""
    name = f"chaos-{uuid.uuid4().hex[:12]}"
    call(gateway, "POST", "/api/accounts/auth/register/", {"username": name, "password": PASSWORD})
    return name


def questions(gateway):
    """Reads that are always the same, reads that no cache has, logins, predictions."""
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
        *(Question("reads", "GET", path, None, answer) for path, answer in settled(gateway, reads)),
        *(Question("cold reads", "GET", path) for path in cold),
        Question("logins", "POST", "/api/accounts/auth/login/", json.dumps(login)),
        Question("predictions", "POST", "/api/views_predict/", json.dumps(plan)),
    ]


def settled(gateway, paths):
    """Each path with its answer, once every replica gives the same: what was kept before the
    data changed is given once more, and the gateway asks one replica every few seconds."""
    rounds = []
    for _ in range(SETTLING):
        rounds.append([call(gateway, "GET", path) for path in paths])
        if len(rounds) >= ALIKE and all(each == rounds[-1] for each in rounds[-ALIKE:]):
            return zip(paths, rounds[-1])
        time.sleep(GATEWAY_KEEPS)
    raise SystemExit("error: the replicas do not come to give the same answers")


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
