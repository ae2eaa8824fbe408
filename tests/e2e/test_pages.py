"""Every page of the client, from the keywords of the home page to single videos."""

import pytest
from support.api import assert_openapi_is_served

pytestmark = pytest.mark.gateway_only


def test_home_page_lists_ten_keywords_of_both_kinds(api):
    lists = api.json("/api/channel_analyze/")
    assert [each["type"] for each in lists] == ["인기", "영상화"]
    assert [len(each["keyword"]) for each in lists] == [10, 10]


def test_every_top_keyword_has_data(api):
    for each in api.json("/api/channel_analyze/"):
        for keyword in each["keyword"]:
            params = {"search": each["type"], "keyword": keyword["name"]}
            found = api.json("/api/channel_analyze/keyword_data/", params)["keyword"][0]
            assert found["name"] == keyword["name"]
            assert found["video"]["data"] and found["lines"]["data"], found
            assert found["wordmap"]["children"], found


def test_every_top_keyword_has_search_results(api):
    for each in api.json("/api/channel_analyze/"):
        for keyword in each["keyword"]:
            found = api.json("/api/keyword_search/", {"search": keyword["name"]})
            assert found["wordmap"]["children"] and found["video"][1]["data"], keyword
            assert all(part["data"] for part in found["lines"]), keyword
            assert all(part["keyword"] for part in found["keyword"]), keyword


def test_every_large_channel_and_its_videos_have_pages(api):
    page = api.json("/api/youtuber_search/channel_list/")
    assert len(page["results"]) == 10 and page["count"] > 10, page["count"]
    for row in page["results"]:
        assert row["video_counts"] > 0 and row["max_views_count"] > 0 and row["popularity"] > 0, row
        channel = api.json(f"/api/youtuber_search/channel_list/{row['idx']}/")
        assert channel["line"]["data"] and channel["keyword"]["pie"], row
        days = [entry["upload_time"][:10] for entry in channel["video"]["data"]]
        period = {"start": min(days), "end": max(days)}
        found = api.json(f"/api/youtuber_search/channel_period_data/{row['idx']}/", period)
        assert found["video"]["data"], row
        for entry in channel["video"]["data"]:
            video = api.json(f"/api/video_detail/{entry['idx']}/")
            assert video["video"]["video"]["video_id"] == entry["video_id"], entry
            assert video["lines"]["data"] and video["channel"]["channel_name"] == row["channel_name"], entry


def test_openapi_document_and_its_pages_are_served(api):
    assert_openapi_is_served(api)
