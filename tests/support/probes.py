"""Requests that tell whether the services work, past every cache."""

import http.client
import json
import time
import urllib.parse
import uuid

from support.api import prediction_request
from support.load import REJECTION_TIMEOUT, Request, send
from support.traffic import CHANNELS

HEALTH = ("auth", "trends", "video", "predict", "ai-worker", "collector")
UNCACHED = {"keyword": "/api/keyword_search/?search=", "channel": f"{CHANNELS}?youtuber_name="}


def uncached_path(service):
    return UNCACHED[service] + uuid.uuid4().hex


def all_healthy(gateway):
    recommendation = f"/api/views_predict/simple_recommendation?keyword_string={uuid.uuid4().hex}"
    paths = [*map(uncached_path, UNCACHED), recommendation, *(f"/health/{name}" for name in HEALTH)]
    return all(status(gateway, path, timeout=5) == 200 for path in paths)


def is_ready(port):
    """Readiness of the replica at a port of this machine."""
    return status(f"http://127.0.0.1:{port}", "/health/ready", timeout=3) == 200


def predict(gateway, timeout=20):
    """The outcome of a prediction, as the load generator counts it."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(gateway).netloc, timeout=timeout)
    request = Request("predictions", "POST", "/api/views_predict/", json.dumps(prediction_request()))
    outcome = send(connection, request)
    connection.close()
    return outcome


def status(base, path, timeout=20):
    """The status of a GET, with a remark if it is late or a refusal without Retry-After; the
    name of the error without a response."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc, timeout=timeout)
    begun = time.monotonic()
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()
    if response.status == 503 and not path.startswith("/health") and not response.headers.get("retry-after"):
        return "503 without Retry-After"
    if time.monotonic() - begun > REJECTION_TIMEOUT:
        return f"{response.status} after {time.monotonic() - begun:.1f} s"
    return response.status
