"""The reads that are measured, with parameters from the instance's data."""

import dataclasses
import datetime
import json
import urllib.parse
import urllib.request


@dataclasses.dataclass(frozen=True)
class Endpoint:
    name: str
    service: str
    path: str
    # The server it reads from: "elasticsearch" or "postgres".
    backend: str


def get_json(gateway, path):
    with urllib.request.urlopen(gateway + path, timeout=20) as response:
        return json.load(response)


def endpoints(gateway):
    """All endpoints, with the first entries of each list as parameters."""
    top = get_json(gateway, "/api/channel_analyze/")
    popular, recent = (kind["keyword"][0]["name"] for kind in top)
    keyword = urllib.parse.quote(popular)
    data = "/api/channel_analyze/keyword_data/?" + urllib.parse.urlencode(
        {"search": "인기", "keyword": popular}
    )
    data_recent = "/api/channel_analyze/keyword_data/?" + urllib.parse.urlencode(
        {"search": "영상화", "keyword": recent}
    )
    search = f"/api/keyword_search/?search={keyword}"
    names = [row["name"] for row in top[0]["keyword"][:5]]
    histories = urllib.parse.urlencode({"keyword": names, "days": 365}, doseq=True)
    at_my_size = "days=90&length=long&subscribers=10000"
    channels = "/api/youtuber_search/channel_list/"
    largest = [row["idx"] for row in get_json(gateway, channels)["results"]]
    channel = largest[0]
    compared = "&".join(f"channel={idx}" for idx in largest[:5]) + "&days=365"
    filtered = "days=90&category=24&length=long&subscribers=10000"
    video = get_json(gateway, search)["video"][1]["data"][0]["idx"]
    period = f"/api/youtuber_search/channel_period_data/{channel}/"
    today = datetime.date.today()
    start = today - datetime.timedelta(days=30)
    predict = "/api/views_predict"
    return [
        Endpoint("channel_analyze", "trends", "/api/channel_analyze/", "elasticsearch"),
        Endpoint("keyword_data, 인기", "trends", data, "elasticsearch"),
        Endpoint("keyword_data, 영상화", "trends", data_recent, "elasticsearch"),
        Endpoint("keyword_search", "keyword", search, "elasticsearch"),
        Endpoint("trends/rising", "trends", "/api/trends/rising/", "postgres"),
        Endpoint("trends/large, at my size", "trends", f"/api/trends/large/?{at_my_size}", "postgres"),
        Endpoint("keywords/score", "keyword", f"/api/keywords/score/?keyword={keyword}", "postgres"),
        Endpoint("keywords/history", "keyword", f"/api/keywords/history/?{histories}", "postgres"),
        Endpoint("keywords/suggest", "keyword", f"/api/keywords/suggest/?q={keyword[:9]}", "elasticsearch"),
        Endpoint("keywords/related", "keyword", f"/api/keywords/related/?keyword={keyword}", "elasticsearch"),
        Endpoint("keywords/outliers", "keyword", f"/api/keywords/outliers/?keyword={keyword}", "elasticsearch"),
        Endpoint("channel_list", "channel", channels, "postgres"),
        Endpoint("channel_list, named", "channel", f"{channels}?youtuber_name=tv", "postgres"),
        Endpoint("channel_list/idx", "channel", f"{channels}{channel}/", "postgres"),
        Endpoint("period, dates", "channel", f"{period}?start={start}&end={today}", "postgres"),
        Endpoint("period, none", "channel", period, "postgres"),
        Endpoint("channels/daily", "channel", f"/api/channels/{channel}/daily/?days=365", "postgres"),
        Endpoint("channels/compare", "channel", f"/api/channels/compare/?{compared}", "postgres"),
        Endpoint("video_detail", "video", f"/api/video_detail/{video}/", "postgres"),
        Endpoint("videos/outliers", "video", "/api/videos/outliers/", "postgres"),
        Endpoint("videos/outliers, filtered", "video", f"/api/videos/outliers/?{filtered}", "postgres"),
        Endpoint("videos/outlier", "video", f"/api/videos/{video}/outlier/", "postgres"),
        Endpoint("videos/chart", "video", "/api/videos/chart/", "postgres"),
        Endpoint("videos/best_times", "video", "/api/videos/best_times/?category=24", "postgres"),
        Endpoint(
            "recommendation, simple",
            "predict",
            f"{predict}/simple_recommendation?keyword_string={keyword}",
            "elasticsearch",
        ),
        Endpoint(
            "recommendation, advanced",
            "predict",
            f"{predict}/advanced_recommendation?keyword_string={keyword}&must_keyword={keyword}",
            "elasticsearch",
        ),
    ]
