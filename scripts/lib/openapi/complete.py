#!/usr/bin/env python3
"""Completes the services' parts of the OpenAPI document, in place.

Usage: complete.py PART...

Appends the Korean translation from korean.json to every description, in parentheses, and adds to
every error an example and its headers, which are the same in all services (crates/common). Fails
if a text has no translation, or if a translation is unused.
"""
import json
import re
import sys
from pathlib import Path

KOREAN = json.loads(Path(__file__).with_name("korean.json").read_text(encoding="utf-8"))
REQUEST_ID = "0d6e2a3c5f5b4a1e9d0c8b7a6f5e4d3c"

# Error bodies by status, as in crates/common/src/error. Errors that differ between routes have
# their examples at the handler.
ERRORS = {
    "401": ("Authentication credentials were not provided.", "not_authenticated"),
    "404": ("Not found.", "not_found"),
    "405": ("Method not allowed.", "method_not_allowed"),
    "413": ("The request body is too large.", "payload_too_large"),
    "415": ("Unsupported media type.", "unsupported_media_type"),
    "429": ("Request was throttled. Expected available in 4 seconds.", "throttled"),
    "502": ("Invalid response from upstream.", "bad_gateway"),
    "503": ("Temporarily unavailable, please try again.", "service_unavailable"),
    "504": ("The request timed out.", "deadline_exceeded"),
}


def header(text, kind="string"):
    return {"description": text, "schema": {"type": kind}}


RETRY_AFTER = {"Retry-After": header("Seconds until another try is worth it. (다시 시도할 때까지 기다릴 초)", "integer")}
HEADERS = {
    "401": {"WWW-Authenticate": header("Always `Token`. (항상 `Token`)")},
    "405": {"Allow": header("The methods there are. (쓸 수 있는 메서드)")},
    "429": RETRY_AFTER,
    "503": RETRY_AFTER,
}
READ = {
    "ETag": header("A hash of the answer, for `If-None-Match`. (응답의 해시. `If-None-Match`에 씁니다.)"),
    "Cache-Control": header("How long the answer is fresh. (응답이 유효한 시간)"),
}

# Example values of common fields, for types without their own examples.
VALUES = {
    "thumbnail_url": "https://i.ytimg.com/vi/uq5LClQN3cE/hqdefault.jpg",
    "video_thumbnail_url": "https://i.ytimg.com/vi/uq5LClQN3cE/hqdefault.jpg",
    "channel_thumbnail_url": "https://yt3.ggpht.com/ytc/example=s240",
    "channel_description": "매일 저녁 먹는 이야기",
    "video_description": "오늘은 라면을 끓였습니다.",
    "channel_start_date": "2019-03-02",
    "date": "2026-11-21",
    "code": "invalid",
    "request_id": REQUEST_ID,
    "previous": None,
    "status": True,
    "processed": True,
    "thumbnail_processed": True,
}

# A Korean text in parentheses at the end of a description.
TRANSLATED = re.compile(r"\([^()]*[가-힣][^()]*\)\s*$")

used, missing = set(), set()


def translate(text):
    if text in KOREAN:
        used.add(text)
        return f"{text} ({KOREAN[text]})"
    if not TRANSLATED.search(text):
        missing.add(text)
        return text
    # korean.json takes precedence over a translation in the handler.
    english = TRANSLATED.sub("", text).rstrip()
    if english in KOREAN:
        used.add(english)
        return f"{english} ({KOREAN[english]})"
    return text


def describe(value):
    """Translates all descriptions; summaries of operations are not translated."""
    if isinstance(value, list):
        return [describe(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: one
        if key in ("example", "examples")
        else translate(one)
        if key == "description" and isinstance(one, str)
        else describe(one)
        for key, one in value.items()
    }


def exemplify(value):
    """Adds example values to fields that have none."""
    if isinstance(value, list):
        for one in value:
            exemplify(one)
    if not isinstance(value, dict):
        return
    for name, field in value.get("properties", {}).items():
        if name in VALUES and not {"$ref", "example", "examples"} & set(field):
            field["example"] = VALUES[name]
    for one in value.values():
        exemplify(one)


def illustrate(path, method, operation):
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get("application/json")
        if status in ERRORS and content is not None and not {"example", "examples"} & set(content):
            detail, code = ERRORS[status]
            if path == "/api/keyword_search/" and status == "404":
                detail = "없는 페이지 입니다."
            if path.endswith("/channel_list/") and status == "404":
                detail = "Invalid page."
            content["example"] = {"detail": detail, "code": code, "request_id": REQUEST_ID}
        headers = dict(HEADERS.get(status, {}))
        if method == "get" and status in ("200", "304") and not operation.get("security"):
            headers.update(READ)
        if headers:
            response["headers"] = {**headers, **response.get("headers", {})}


for name in sys.argv[1:]:
    file = Path(name)
    part = describe(json.loads(file.read_text(encoding="utf-8")))
    exemplify(part.get("components", {}))
    for path, item in part["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                illustrate(path, method, operation)
    file.write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")

for text in sorted(missing):
    print(f"korean.json has no translation of: {text!r}", file=sys.stderr)
for text in sorted(set(KOREAN) - used):
    print(f"unused translation in korean.json: {text!r}", file=sys.stderr)
sys.exit(1 if missing or set(KOREAN) - used else 0)
