"""An HTTP client for the API behind a gateway or of one replica."""

import datetime

import requests
from instance import PROJECT

TIMEOUT = 20
SEOUL = datetime.timezone(datetime.timedelta(hours=9))


def seoul_today():
    """The API counts days in Asia/Seoul."""
    return datetime.datetime.now(SEOUL).date()


def prediction_request(**fields):
    return {
        "thumbnail_url": "https://i.ytimg.com/vi/uq5LClQN3cE/hqdefault.jpg",
        "video_name": "혼자 먹는 저녁",
        "channel_subscriber": 15300,
        "upload_date": str(seoul_today()),
    } | fields


class Api:
    def __init__(self, base):
        self.base = base
        self.session = requests.Session()
        self.session.trust_env = False  # No proxy between the tests and this machine.

    def request(self, method, path, timeout=TIMEOUT, **options):
        return self.session.request(method, self.base + path, timeout=timeout, allow_redirects=False, **options)

    def get(self, path, params=None, expect=200, **options):
        """A GET whose status must be `expect`."""
        response = self.request("GET", path, params=params, **options)
        assert response.status_code == expect, (path, response.status_code, response.text[:500])
        return response

    def json(self, path, params=None):
        return self.get(path, params).json()

    def account(self, method, action, body=None, token=None):
        """A request to /api/accounts/auth/."""
        headers = {"Authorization": f"Token {token}"} if token else {}
        return self.request(method, f"/api/accounts/auth/{action}/", json=body, headers=headers)

    def predict(self, timeout=130, **fields):
        return self.request("POST", "/api/views_predict/", json=prediction_request(**fields), timeout=timeout)


def assert_openapi_is_served(api):
    """The OpenAPI document in both formats, and the two pages that show it."""
    for served, file in (("/swagger.json", "openapi.json"), ("/swagger.yaml", "openapi.yaml")):
        assert api.get(served).content == (PROJECT / "docs" / file).read_bytes()
    assert "swagger-ui-bundle.js" in api.get("/swagger/").text
    assert "redoc.standalone.js" in api.get("/redoc/").text
