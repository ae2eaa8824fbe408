//! `channel_analyze/`

use crate::fixture::{TestContext, sample_videos};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use test_support::{VideoBuilder, seoul_time_ago, video};

const PATH: &str = "/api/channel_analyze/";

/// The keywords of list 0 (popular) or 1 (recent), as `name value`.
fn keyword_list(body: &Value, list: usize) -> Vec<String> {
    let keywords = body[list]["keyword"].as_array().expect("a list");
    let entry = |keyword: &Value| {
        format!("{} {}", keyword["name"].as_str().unwrap_or("?"), keyword["value"])
    };
    keywords.iter().map(entry).collect()
}

#[actix_web::test]
async fn lists_count_the_keywords_of_the_last_week() {
    let context = TestContext::with(sample_videos()).await;
    insta::assert_snapshot!(context.service.get(PATH).await.snapshot());
}

#[actix_web::test]
async fn lists_without_videos_are_empty() {
    let context = TestContext::with(vec![]).await;
    let body = context.service.get(PATH).await.json();
    let expected = json!([{"type": "인기", "keyword": []}, {"type": "영상화", "keyword": []}]);
    assert_eq!(body, expected);
}

#[actix_web::test]
async fn week_starts_at_midnight_in_seoul_and_ends_now() {
    let now = Utc::now();
    let videos = vec![
        VideoBuilder::new(1, seoul_time_ago(7, 0, 0)).tags(&["at midnight"]),
        VideoBuilder::new(2, seoul_time_ago(7, 0, 0) - TimeDelta::milliseconds(1))
            .tags(&["too old"]),
        VideoBuilder::new(3, now - TimeDelta::hours(1)).tags(&["an hour ago"]),
        VideoBuilder::new(4, now + TimeDelta::hours(1)).tags(&["future"]),
    ];
    let context = TestContext::with(videos).await;
    let body = context.service.get(PATH).await.json();
    assert_eq!(keyword_list(&body, 0), ["at midnight 1", "an hour ago 1"]);
    assert_eq!(keyword_list(&body, 1), ["an hour ago 1", "at midnight 1"]);
}

#[actix_web::test]
async fn video_counts_in_the_lists_of_its_popularity() {
    let videos = vec![
        video(1, 1, 9, 0).popularity(50.0).tags(&["fifty"]),
        video(2, 1, 8, 0).popularity(50.1).tags(&["above"]),
        video(3, 1, 7, 0).popularity(0.3).tags(&["three tenths"]),
        video(4, 1, 6, 0).popularity(0.29).tags(&["below"]),
        video(5, 1, 5, 0).popularity(None).tags(&["unknown"]),
        video(6, 1, 4, 0).not_crawled().tags(&["searched"]),
    ];
    let context = TestContext::with(videos).await;
    let body = context.service.get(PATH).await.json();
    assert_eq!(keyword_list(&body, 0), ["fifty 1", "searched 1", "three tenths 1", "below 1"]);
    assert_eq!(keyword_list(&body, 1), ["fifty 1", "above 1", "three tenths 1"]);
}

#[actix_web::test]
async fn lists_count_300_most_popular_and_700_newest_videos() {
    let tagged_video = |number: i32| {
        let tag = if number < 300 { "top" } else { "rest" };
        let newest = if number < 700 { "new" } else { "old" };
        VideoBuilder::new(number, seoul_time_ago(1, 12, 0) - TimeDelta::seconds(number.into()))
            .popularity(40.0 - f64::from(number) / 100.0)
            .tags(&[tag, newest])
    };
    let context = TestContext::with((0..750).map(tagged_video).collect()).await;
    let body = context.service.get(PATH).await.json();
    assert_eq!(keyword_list(&body, 0), ["top 300", "new 300"]);
    assert_eq!(keyword_list(&body, 1), ["new 700", "rest 400", "top 300"]);
}

#[actix_web::test]
async fn excluded_channels_and_stop_keywords_apply_per_list() {
    let videos = vec![
        video(1, 1, 9, 0).channel(7).tags(&["seven"]),
        video(2, 1, 8, 0).channel(8).tags(&["eight", "게임"]),
        video(3, 1, 7, 0).channel(None).tags(&["none"]),
    ];
    let settings = [
        ("CREATETREND_TRENDS__POPULAR__EXCLUDED_CHANNELS", "7, 9"),
        ("CREATETREND_TRENDS__RECENT__STOP_KEYWORDS", "none,seven"),
    ];
    let context = TestContext::with_settings(videos, &settings).await;
    let body = context.service.get(PATH).await.json();
    assert_eq!(keyword_list(&body, 0), ["eight 1", "none 1"]);
    assert_eq!(keyword_list(&body, 1), ["eight 1", "게임 1"]);
}

#[actix_web::test]
async fn merged_spellings_are_one_keyword() {
    let videos = vec![
        video(1, 1, 9, 0).tags(&["BTS", "bts", "yt:cc=on"]),
        video(2, 1, 8, 0).tags(&["bts"]),
        video(3, 1, 7, 0).tags(&["ＢＴＳ", "LOL"]),
    ];
    let context = TestContext::with(videos).await;
    let body = context.service.get(&format!("{PATH}?spellings=merged")).await.json();
    // `lol` is a default stop keyword.
    assert_eq!(keyword_list(&body, 0), ["bts 3"]);
    let separate = context.service.get(&format!("{PATH}?spellings=separate")).await.json();
    assert_eq!(separate, context.service.get(PATH).await.json());
    assert_eq!(keyword_list(&separate, 0), ["bts 2", "BTS 1", "ＢＴＳ 1", "LOL 1"]);
    let invalid = context.service.get(&format!("{PATH}?spellings=both")).await;
    assert_eq!(invalid.status, 400);
}

#[actix_web::test]
async fn list_has_ten_keywords_with_unchanged_spelling() {
    let tags: Vec<String> = (0..12).map(|number| format!("Ｔag {number}")).collect();
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    let context = TestContext::with(vec![video(1, 1, 9, 0).tags(&tags)]).await;
    let body = context.service.get(PATH).await.json();
    let expected: Vec<String> = (0..10).map(|number| format!("Ｔag {number} 1")).collect();
    assert_eq!(keyword_list(&body, 0), expected);
}
