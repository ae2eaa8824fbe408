//! `channel_list/`

use crate::fixture::{LIST, TestContext, ids, snapshot};
use reqwest::Method;
use serde_json::json;

/// The `idx` of the channels found by `name`.
async fn search(context: &TestContext, name: &str) -> Vec<i64> {
    let reply = context.list(&format!("?youtuber_name={name}")).await;
    assert_eq!(reply.status, 200, "{name}: {}", reply.body);
    ids(&reply.json()["results"])
}

#[actix_web::test]
async fn channels_are_ordered_by_subscribers_with_statistics() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(snapshot(&context.list("").await));
}

#[actix_web::test]
async fn search_by_name_returns_rows_as_the_unfiltered_list() {
    let context = TestContext::new().await;
    let all = context.list("").await.json();
    let found = context.list("?youtuber_name=kitchen").await.json();
    assert_eq!(found["count"], 2);
    assert_eq!(found["results"], json!([all["results"][0], all["results"][2]]));
}

#[actix_web::test]
async fn search_by_name_matches_substrings_in_any_case() {
    let context = TestContext::new().await;
    assert_eq!(search(&context, "KITCHEN").await, [2, 1]);
    assert_eq!(search(&context, "tch").await, [2, 1]);
    assert_eq!(search(&context, "방").await, [1]);
    assert_eq!(search(&context, "없는 채널").await, Vec::<i64>::new());
    // Decomposed Hangul.
    assert_eq!(search(&context, "\u{1106}\u{1165}\u{11a8}\u{1107}\u{1161}\u{11bc}").await, [1]);
}

#[actix_web::test]
async fn search_by_name_ignores_case_beyond_ascii() {
    let channels = "INSERT INTO channel (idx, channel_name, channel_id, subscriber_num) VALUES
        (1, 'ÄPFEL', 'UC1', 1), (2, 'ПРИВЕТ', 'UC2', 1)";
    let context = TestContext::with(channels, &[]).await;
    assert_eq!(search(&context, "äpfel").await, [1]);
    assert_eq!(search(&context, "привет").await, [2]);
}

#[actix_web::test]
async fn search_by_name_matches_metacharacters_literally() {
    let context = TestContext::new().await;
    assert_eq!(search(&context, "%25").await, [2]);
    assert_eq!(search(&context, "_").await, [2]);
    assert_eq!(search(&context, "0%25_o").await, [2]);
    assert_eq!(search(&context, "K%25n").await, Vec::<i64>::new());
    assert_eq!(search(&context, "\\").await, Vec::<i64>::new());
}

#[actix_web::test]
async fn search_by_empty_name_returns_all_channels() {
    let context = TestContext::new().await;
    assert_eq!(search(&context, "").await, [2, 4, 1, 3]);
}

#[actix_web::test]
async fn search_by_unknown_name_returns_an_empty_page() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(snapshot(&context.list("?youtuber_name=unknown").await));
    let long = context.list(&format!("?youtuber_name={}", "a".repeat(7_000))).await;
    assert_eq!(long.json()["count"], 0);
}

#[actix_web::test]
async fn invalid_parameter_or_method_returns_an_error() {
    let context = TestContext::new().await;
    let mut replies = Vec::new();
    for query in
        ["?youtuber_name=%FF", "?youtuber_name=a%00", "?page=0", "?page=x", "?page=%FF", "?page="]
    {
        replies.push(format!("GET {query}\n{}", snapshot(&context.list(query).await)));
    }
    let post = context.service.send(Method::POST, LIST).await;
    replies.push(format!("POST\n{}", snapshot(&post)));
    insta::assert_snapshot!(replies.join("\n\n"));
}

#[actix_web::test]
async fn path_without_trailing_slash_returns_the_same_response() {
    let context = TestContext::new().await;
    let with = context.service.get("/api/youtuber_search/channel_list/").await;
    let without = context.service.get("/api/youtuber_search/channel_list").await;
    assert_eq!((with.status, with.json()), (without.status, without.json()));
}
