//! Responses in the form of recorded ones.

use super::*;
use crate::{
    error::Error,
    ids::VideoId,
    response::{IdResponse, Page, parse_list},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;

fn list(items: &Value) -> Value {
    json!({
        "kind": "youtube#videoListResponse",
        "etag": "EprAQOnro_1J4E3X2obGWFt9XgY",
        "items": items,
        "nextPageToken": "CDIQAA",
        "pageInfo": { "totalResults": 200, "resultsPerPage": 50 }
    })
}

fn parse<T: DeserializeOwned>(body: &Value) -> Page<T> {
    parse_list(body.to_string().as_bytes()).unwrap()
}

fn video() -> Value {
    json!({
        "kind": "youtube#video",
        "etag": "SHpxHr5aTz29kmvl2fDOXM_dNBs",
        "id": "abcdefghij1",
        "snippet": {
            "publishedAt": "2026-04-30T09:01:00Z",
            "channelId": "UC0123456789abcdefABCDEF",
            "title": "떡볶이 먹방! 이게 진짜 다 들어가네요",
            "description": "오늘은 떡볶이\n\n#먹방",
            "thumbnails": {
                "default": { "url": "https://i.ytimg.com/vi/abcdefghij1/default.jpg", "width": 120, "height": 90 },
                "high": { "url": "https://i.ytimg.com/vi/abcdefghij1/hqdefault.jpg", "width": 480, "height": 360 }
            },
            "channelTitle": "배고픈 지우",
            "tags": ["먹방", "떡볶이"],
            "categoryId": "22",
            "liveBroadcastContent": "none",
            "localized": { "title": "떡볶이 먹방!", "description": "" },
            "defaultAudioLanguage": "ko"
        },
        "contentDetails": {
            "duration": "PT12M3S", "dimension": "2d", "definition": "hd", "caption": "false",
            "licensedContent": true, "contentRating": {}, "projection": "rectangular"
        },
        "status": {
            "uploadStatus": "processed", "privacyStatus": "public", "license": "youtube",
            "embeddable": true, "publicStatsViewable": true, "madeForKids": false
        },
        "statistics": { "viewCount": "424825", "likeCount": "31788", "favoriteCount": "0", "commentCount": "2390" }
    })
}

#[test]
fn video_has_numbers_from_strings() {
    let page = parse::<Video>(&list(&json!([video()])));
    assert_eq!((page.invalid.len(), page.total), (0, Some(200)));
    assert_eq!(page.next.unwrap().as_str(), "CDIQAA");
    let video = &page.items[0];
    let statistics = video.statistics.unwrap();
    assert_eq!(
        (statistics.view_count, statistics.like_count, statistics.comment_count),
        (Some(424_825), Some(31_788), Some(2_390))
    );
    let snippet = video.snippet.as_ref().unwrap();
    assert_eq!((snippet.category_id, snippet.live_broadcast_content), (Some(22), LiveState::None));
    assert!(snippet.thumbnails.largest().unwrap().ends_with("hqdefault.jpg"));
    assert_eq!(snippet.tags.as_deref().unwrap(), ["먹방", "떡볶이"]);
    let duration = video.content_details.as_ref().unwrap().duration;
    assert_eq!(duration, Some(Duration::from_secs(723)));
    assert_eq!(video.can_be_short(), Some(false));
    assert_eq!(video.status.as_ref().unwrap().privacy_status, PrivacyStatus::Public);
    assert_eq!(video.live_streaming_details, None);
}

#[test]
fn hidden_counts_and_missing_tags_are_none_instead_of_zero() {
    let mut item = video();
    for (part, field) in [
        ("statistics", "likeCount"),
        ("statistics", "commentCount"),
        ("snippet", "tags"),
        ("snippet", "categoryId"),
    ] {
        item[part].as_object_mut().unwrap().remove(field);
    }
    item["statistics"]["viewCount"] = json!("0");
    let video = parse::<Video>(&list(&json!([item]))).items.remove(0);
    let statistics = video.statistics.unwrap();
    assert_eq!((statistics.like_count, statistics.comment_count), (None, None));
    assert_eq!(statistics.view_count, Some(0));
    let snippet = video.snippet.unwrap();
    assert_eq!((snippet.tags, snippet.category_id), (None, None));
}

#[test]
fn upcoming_premiere_without_duration_is_not_classified() {
    let mut item = video();
    item["snippet"]["liveBroadcastContent"] = json!("upcoming");
    item["contentDetails"]["duration"] = json!("P0D");
    item["liveStreamingDetails"] = json!({ "scheduledStartTime": "2026-05-01T09:00:00Z" });
    let video = parse::<Video>(&list(&json!([item]))).items.remove(0);
    assert_eq!(video.snippet.as_ref().unwrap().live_broadcast_content, LiveState::Upcoming);
    assert_eq!(video.can_be_short(), None);
    let live = video.live_streaming_details.unwrap();
    assert!(live.scheduled_start_time.is_some() && live.actual_start_time.is_none());
    assert_eq!(live.concurrent_viewers, None);
}

#[test]
fn video_of_three_minutes_can_be_a_short() {
    for (duration, expected) in [("PT3M", true), ("PT3M1S", false), ("PT15S", true)] {
        let mut item = video();
        item["contentDetails"]["duration"] = json!(duration);
        let page = parse::<Video>(&list(&json!([item])));
        assert_eq!(page.items[0].can_be_short(), Some(expected), "{duration}");
    }
}

#[test]
fn unknown_values_and_fields_are_accepted() {
    let mut item = video();
    item["snippet"]["liveBroadcastContent"] = json!("rehearsal");
    item["status"]["privacyStatus"] = json!("members");
    item["newPart"] = json!({ "a": [1] });
    item["statistics"]["viewCount"] = json!(7);
    let video = parse::<Video>(&list(&json!([item]))).items.remove(0);
    assert_eq!(video.snippet.unwrap().live_broadcast_content, LiveState::None);
    assert_eq!(video.status.unwrap().privacy_status, PrivacyStatus::Unspecified);
    assert_eq!(video.statistics.unwrap().view_count, Some(7));
}

#[test]
fn item_that_cannot_be_parsed_does_not_fail_the_others() {
    let ids: Vec<VideoId> =
        ["abcdefghij1", "abcdefghij2", "abcdefghij3"].map(|id| id.parse().unwrap()).into();
    let mut broken = video();
    broken["id"] = json!("abcdefghij2");
    broken["statistics"]["viewCount"] = json!("many");
    let page = parse::<Video>(&list(&json!([video(), broken, video()])));
    let batch = IdResponse::from_page(&ids, page, |video| &video.id);
    assert_eq!(batch.items.len(), 1);
    assert_eq!(batch.missing, ids[2..]);
    let reason = batch.invalid[0].to_string();
    assert!(reason.starts_with("abcdefghij2: statistics.viewCount: "), "{reason}");
}

#[test]
fn list_without_items_is_empty() {
    let page = parse::<Channel>(&json!({ "kind": "youtube#channelListResponse" }));
    assert_eq!(page, Page { items: vec![], invalid: vec![], next: None, total: None });
}

#[test]
fn truncated_body_is_distinguished_from_other_json() {
    let body = list(&json!([video()])).to_string();
    for end in (0..body.len()).filter(|end| body.is_char_boundary(*end)) {
        let error = parse_list::<Video>(&body.as_bytes()[..end]).unwrap_err();
        assert!(
            matches!(error, Error::InvalidResponse { is_truncated: true, .. }),
            "{end}: {error}"
        );
    }
    for other in ["<html>", "{}", "[]", r#"{"kind": "drive#file"}"#, r#"{"kind": 1}"#] {
        let error = parse_list::<Video>(other.as_bytes()).unwrap_err();
        assert!(
            matches!(error, Error::InvalidResponse { is_truncated: false, .. }),
            "{other}: {error}"
        );
    }
}

#[test]
fn stats_of_batch_method_are_parsed() {
    let body = json!({
        "kind": "youtube#batchGetStatsResponse",
        "items": [{
            "kind": "youtube#videoStats", "id": "abcdefghij1",
            "snippet": { "publishTime": "2026-04-30T09:01:00Z" },
            "statistics": { "viewCount": "10", "likeCount": "2" },
            "contentDetails": { "duration": "PT1M", "durationMillis": "60000" }
        }, { "kind": "youtube#videoStats", "id": "abcdefghij2" }]
    });
    let items = parse::<VideoStats>(&body).items;
    assert_eq!(items[0].statistics.view_count, Some(10));
    assert_eq!(items[0].statistics.comment_count, None);
    assert_eq!(items[1].statistics, VideoStatistics::default());
}

fn channel(statistics: &Value) -> Channel {
    let item = json!({
        "kind": "youtube#channel",
        "id": "UC0123456789abcdefABCDEF",
        "snippet": {
            "title": "배고픈 지우", "description": "", "customUrl": "@hungry.jiwoo",
            "publishedAt": "2017-03-05T09:01:02.123456Z",
            "thumbnails": { "default": { "url": "https://yt3.ggpht.com/a=s88", "width": 88, "height": 88 } },
            "localized": { "title": "배고픈 지우", "description": "" }, "country": "KR"
        },
        "contentDetails": { "relatedPlaylists": { "likes": "", "uploads": "UU0123456789abcdefABCDEF" } },
        "statistics": statistics,
    });
    parse::<Channel>(&list(&json!([item]))).items.remove(0)
}

#[test]
fn hidden_subscriber_count_is_none() {
    let shown = channel(&json!({
        "viewCount": "123456789", "subscriberCount": "1230000", "hiddenSubscriberCount": false,
        "videoCount": "417"
    }));
    assert_eq!(shown.statistics.subscribers, Some(1_230_000));
    let uploads = shown.content_details.unwrap().related_playlists.uploads;
    assert_eq!(uploads, Some(shown.id.uploads()));
    for count in [json!("0"), Value::Null] {
        let hidden = channel(&json!({
            "viewCount": "5", "subscriberCount": count, "hiddenSubscriberCount": true
        }));
        let expected = ChannelStatistics { views: Some(5), subscribers: None, videos: None };
        assert_eq!(hidden.statistics, expected);
    }
}

fn playlist_item(title: &str, is_placeholder: bool, privacy: &str) -> PlaylistItem {
    let mut item = json!({
        "kind": "youtube#playlistItem",
        "id": "VVUwMTIz",
        "snippet": {
            "publishedAt": "2026-04-30T09:01:00Z", "channelId": "UC0123456789abcdefABCDEF",
            "title": title, "description": "", "thumbnails": {}, "channelTitle": "배고픈 지우",
            "playlistId": "UU0123456789abcdefABCDEF", "position": 0,
            "resourceId": { "kind": "youtube#video", "videoId": "abcdefghij1" },
        },
        "contentDetails": { "videoId": "abcdefghij1" },
        "status": { "privacyStatus": privacy },
    });
    if !is_placeholder {
        item["snippet"]["videoOwnerChannelId"] = json!("UC0123456789abcdefABCDEF");
        item["contentDetails"]["videoPublishedAt"] = json!("2026-04-30T09:01:00Z");
    }
    parse::<PlaylistItem>(&list(&json!([item]))).items.remove(0)
}

#[test]
fn placeholders_of_deleted_and_private_videos_are_recognized() {
    let availability =
        |title, is_placeholder, privacy| playlist_item(title, is_placeholder, privacy).availability;
    assert_eq!(availability("먹방", false, "public"), Availability::Available);
    assert_eq!(
        availability("Deleted video", true, "privacyStatusUnspecified"),
        Availability::Deleted
    );
    assert_eq!(availability("Private video", true, "private"), Availability::Private);
    assert_eq!(availability("Private video", true, "public"), Availability::Private);
    // A video can have that title.
    assert_eq!(availability("Deleted video", false, "public"), Availability::Available);
}

#[test]
fn search_results_and_categories_are_parsed() {
    let results = parse::<SearchResult>(&list(&json!([
        {
            "kind": "youtube#searchResult",
            "id": { "kind": "youtube#video", "videoId": "abcdefghij1" },
            "snippet": {
                "publishedAt": "2026-04-30T09:01:00Z", "channelId": "UC0123456789abcdefABCDEF",
                "title": "Q&amp;A", "description": "", "thumbnails": {}, "channelTitle": "a",
                "liveBroadcastContent": "live", "publishTime": "2026-04-30T09:01:00Z"
            }
        },
        { "id": { "kind": "youtube#channel", "channelId": "UC0123456789abcdefABCDEF" }, "snippet": {} }
    ])));
    assert_eq!(results.items[0].live_state, LiveState::Live);
    assert_eq!(results.items[0].title, "Q&amp;A");
    assert_eq!(results.invalid.len(), 1);
    let categories = parse::<VideoCategory>(&list(&json!([{
        "id": "22",
        "snippet": { "title": "인물/블로그", "assignable": true, "channelId": "UCBR8-60-B28hp2BmDPdntcQ" }
    }])));
    assert_eq!((categories.items[0].id, categories.items[0].snippet.assignable), (22, true));
}
