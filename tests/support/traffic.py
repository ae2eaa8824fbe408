"""The requests of the load generator, for an instance with any data."""

import json
import urllib.parse
import uuid

from support.api import prediction_request, seoul_today
from support.load import Request, parse
from support.polling import wait_until

PER_SECOND = {"reads": 60, "uncached reads": 10, "logins": 1, "predictions": 5, "health": 2}
# The columns of the table in docs/RELIABILITY.md.
KINDS = ["reads", "uncached reads", "logins", "predictions"]

PASSWORD = "fault-test-2026"
CHANNELS = "/api/youtuber_search/channel_list/"
PREFIXES = {
    "/api/channel_analyze": "trends",
    "/api/keyword_search": "keyword",
    "/api/youtuber_search": "channel",
    "/api/video_detail": "video",
    "/api/views_predict": "predict",
}
# Longer than the gateway keeps a response.
GATEWAY_TTL = 30
COLD_PATHS = 2000


def build_requests(instance, api):
    """Reads whose responses are constant, reads no cache holds, logins and predictions."""
    instance.script("restart", *PREFIXES.values())  # Replicas start with empty caches.
    account = {"username": f"fault-{uuid.uuid4().hex[:12]}", "password": PASSWORD}
    assert api.account("POST", "register", account).status_code == 200
    uncached = [
        Request("uncached reads", "GET", f"{prefix}{number}")
        for number in range(COLD_PATHS)
        for prefix in ("/api/keyword_search/?search=uncached", f"{CHANNELS}?youtuber_name=uncached")
    ]
    return [
        *(expected_read(instance, api, path) for path in read_paths(api)),
        *uncached,
        Request("logins", "POST", "/api/accounts/auth/login/", json.dumps(account)),
        Request("predictions", "POST", "/api/views_predict/", json.dumps(prediction_request())),
    ]


def read_paths(api):
    popular = api.json("/api/channel_analyze/")[0]["keyword"]
    quoted = [urllib.parse.quote(keyword["name"]) for keyword in popular[:3]]
    kind = urllib.parse.quote("인기")
    channel = api.json(CHANNELS)["results"][0]["idx"]
    search = f"/api/keyword_search/?search={quoted[0]}"
    video = api.json(search)["video"][1]["data"][0]["idx"]
    return [
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


def expected_read(instance, api, path):
    """Returns a read request and its expected body, once the gateway and a restarted replica return the same."""
    service = next(name for prefix, name in PREFIXES.items() if path.startswith(prefix))
    port = next(iter(instance.replicas(service)))
    host = urllib.parse.urlsplit(api.base).netloc
    replica = type(api)(f"http://127.0.0.1:{port}")
    body = parse(replica.get(path, headers={"Host": host}).content)
    wait_until(lambda: parse(api.get(path).content) == body, GATEWAY_TTL, f"the gateway's {path}")
    return Request("reads", "GET", path, expected=body, day=seoul_today())


def health_requests(*services):
    return [Request("health", "GET", f"/health/{name}") for name in services]
