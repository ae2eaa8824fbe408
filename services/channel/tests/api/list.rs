//! `channel_list/`

use crate::fixture::{LIST, TestContext, numbers, snapshot};
use reqwest::Method;
use serde_json::json;

/// The numbers of the channels that a part of a name finds.
async fn found(context: &TestContext, name: &str) -> Vec<i64> {
    let reply = context.list(&format!("?youtuber_name={name}")).await;
    assert_eq!(reply.status, 200, "{name}: {}", reply.body);
    numbers(&reply.json()["results"])
}

#[actix_web::test]
async fn the_largest_channels_come_first_with_what_is_derived_of_them() {
    let context = TestContext::of_four_channels().await;
    insta::assert_snapshot!(snapshot(&context.list("").await));
}

#[actix_web::test]
async fn a_name_finds_the_same_rows() {
    let context = TestContext::of_four_channels().await;
    let all = context.list("").await.json();
    let found = context.list("?youtuber_name=kitchen").await.json();
    assert_eq!(found["count"], 2);
    assert_eq!(found["results"], json!([all["results"][0], all["results"][2]]));
}

#[actix_web::test]
async fn a_name_is_found_by_any_part_of_it_in_any_case() {
    let context = TestContext::of_four_channels().await;
    assert_eq!(found(&context, "KITCHEN").await, [2, 1]);
    assert_eq!(found(&context, "tch").await, [2, 1]);
    assert_eq!(found(&context, "방").await, [1]);
    assert_eq!(found(&context, "없는 채널").await, Vec::<i64>::new());
    // Decomposed, as some systems type Hangul.
    assert_eq!(found(&context, "\u{1106}\u{1165}\u{11a8}\u{1107}\u{1161}\u{11bc}").await, [1]);
}

#[actix_web::test]
async fn case_is_folded_beyond_ascii() {
    let channels = "INSERT INTO channel (idx, channel_name, channel_id, subscriber_num) VALUES
        (1, 'ÄPFEL', 'UC1', 1), (2, 'ПРИВЕТ', 'UC2', 1)";
    let context = TestContext::with(channels, &[]).await;
    assert_eq!(found(&context, "äpfel").await, [1]);
    assert_eq!(found(&context, "привет").await, [2]);
}

#[actix_web::test]
async fn metacharacters_stand_for_themselves() {
    let context = TestContext::of_four_channels().await;
    assert_eq!(found(&context, "%25").await, [2]);
    assert_eq!(found(&context, "_").await, [2]);
    assert_eq!(found(&context, "0%25_o").await, [2]);
    assert_eq!(found(&context, "K%25n").await, Vec::<i64>::new());
    assert_eq!(found(&context, "\\").await, Vec::<i64>::new());
}

#[actix_web::test]
async fn an_empty_name_is_no_name() {
    let context = TestContext::of_four_channels().await;
    assert_eq!(found(&context, "").await, [2, 4, 1, 3]);
}

#[actix_web::test]
async fn a_name_that_nobody_has_gives_an_empty_page() {
    let context = TestContext::of_four_channels().await;
    insta::assert_snapshot!(snapshot(&context.list("?youtuber_name=nobody").await));
}

#[actix_web::test]
async fn what_cannot_be_used_is_refused() {
    let context = TestContext::of_four_channels().await;
    let mut replies = Vec::new();
    for query in
        ["?youtuber_name=%FF", "?youtuber_name=a%00", "?page=0", "?page=x", "?page=%FF", "?page="]
    {
        replies.push(format!("GET {query}\n{}", snapshot(&context.list(query).await)));
    }
    let posted = context.service.send(Method::POST, LIST).await;
    replies.push(format!("POST\n{}", snapshot(&posted)));
    insta::assert_snapshot!(replies.join("\n\n"));
}

#[actix_web::test]
async fn both_spellings_answer_the_same() {
    let context = TestContext::of_four_channels().await;
    let with = context.service.get("/api/youtuber_search/channel_list/").await;
    let without = context.service.get("/api/youtuber_search/channel_list").await;
    assert_eq!((with.status, with.json()), (without.status, without.json()));
}
