//! `channel_analyze/keyword_data/`

use crate::fixture::{TestContext, sample_videos};
use chrono::TimeDelta;
use serde_json::json;
use test_support::{VideoBuilder, redact_volatile, seoul_time_ago, video};

const POPULAR: &str = "/api/channel_analyze/keyword_data/?search=인기&keyword=";
const RECENT: &str = "/api/channel_analyze/keyword_data/?search=영상화&keyword=";

#[actix_web::test]
async fn popular_keyword_returns_its_popularity_line() {
    let context = TestContext::with(sample_videos()).await;
    let reply = context.service.get(&format!("{POPULAR}먹방")).await;
    insta::assert_snapshot!(reply.snapshot());
}

#[actix_web::test]
async fn recent_keyword_returns_its_upload_line() {
    let context = TestContext::with(sample_videos()).await;
    let reply = context.service.get(&format!("{RECENT}먹방")).await;
    insta::assert_snapshot!(reply.snapshot());
}

#[actix_web::test]
async fn keyword_without_matches_returns_empty_lists() {
    let context = TestContext::with(sample_videos()).await;
    let reply = context.service.get(&format!("{RECENT}없는말")).await;
    insta::assert_snapshot!(reply.snapshot());
}

#[actix_web::test]
async fn line_groups_videos_by_day_in_seoul() {
    let videos = vec![
        video(1, 2, 0, 30).tags(&["하루"]),
        video(2, 2, 23, 30).tags(&["하루"]),
        VideoBuilder::new(3, seoul_time_ago(8, 0, 0)).tags(&["하루"]),
        VideoBuilder::new(4, seoul_time_ago(8, 0, 0) - TimeDelta::milliseconds(1)).tags(&["하루"]),
    ];
    let context = TestContext::with(videos).await;
    let body = context.service.get(&format!("{RECENT}하루")).await.json();
    let line = redact_volatile(&body["keyword"][0]["lines"]["data"].to_string());
    let expected = json!([
        {"date": "<today-8>", "value": 1},
        {"date": "<today-7>", "value": 0},
        {"date": "<today-6>", "value": 0},
        {"date": "<today-5>", "value": 0},
        {"date": "<today-4>", "value": 0},
        {"date": "<today-3>", "value": 0},
        {"date": "<today-2>", "value": 2},
    ]);
    assert_eq!(line, expected.to_string());
}

#[actix_web::test]
async fn invalid_parameters_return_one_error_per_field() {
    let context = TestContext::with(vec![]).await;
    let path = "/api/channel_analyze/keyword_data/";
    let mut replies = Vec::new();
    for query in [
        "",
        "?search=인기",
        "?keyword=먹방",
        "?search=other&keyword=먹방",
        "?search=&keyword=%20",
        "?search=인기&keyword=%FF",
        "?search=인기&keyword=a%00b",
    ] {
        let reply = context.service.get(&format!("{path}{query}")).await;
        replies.push(format!("GET {query}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
}

#[actix_web::test]
async fn keyword_over_100_characters_returns_400() {
    let longest = "가".repeat(100);
    let context = TestContext::with(vec![video(1, 1, 9, 0).tags(&[&longest])]).await;
    let found = context.service.get(&format!("{RECENT}{longest}")).await;
    assert_eq!(found.json()["keyword"][0]["popular"], json!(1.0));
    let rejected = context.service.get(&format!("{RECENT}{longest}가")).await;
    assert_eq!(rejected.status, 400);
    assert!(rejected.json()["keyword"][0].as_str().is_some_and(|text| text.contains("100")));
}

#[actix_web::test]
async fn word_map_of_a_recent_keyword_covers_fourteen_days() {
    let context = TestContext::with(sample_videos()).await;
    let words = |body: serde_json::Value| {
        let children = body["keyword"][0]["wordmap"]["children"].as_array().cloned();
        let names = children.unwrap_or_default();
        names.iter().map(|word| format!("{} {}", word["name"], word["value"])).collect::<Vec<_>>()
    };
    let recent = words(context.service.get(&format!("{RECENT}먹방")).await.json());
    let popular = words(context.service.get(&format!("{POPULAR}먹방")).await.json());
    assert!(recent.contains(&"\"일상\" 2".to_owned()), "{recent:?}");
    assert!(popular.contains(&"\"일상\" 1".to_owned()), "{popular:?}");
}
