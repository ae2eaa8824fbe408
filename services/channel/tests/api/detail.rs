//! `channel_list/<idx>/`

use crate::fixture::{LIST, TestContext, day, ids, sql_timestamp};
use chrono::TimeDelta;
use common::time::start_of_day;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn channel_returns_videos_keywords_and_subscribers() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.list("1/").await.snapshot());
}

#[actix_web::test]
async fn channel_without_observations_returns_its_own_subscriber_count() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.list("4/").await.snapshot());
}

#[actix_web::test]
async fn latest_subscriber_count_before_the_line_is_returned() {
    let context = TestContext::with(
        "INSERT INTO channel (idx, channel_id, subscriber_num) VALUES (1, 'UC1', 7);
        INSERT INTO channel_subscriber (channel_idx, subscriber_num, check_time)
            VALUES (1, '5', pg_temp.ago(90, '09:00')), (1, '6', pg_temp.ago(80, '09:00'))",
        &[],
    )
    .await;
    let body = context.list("1/").await.json();
    assert_eq!(body["channelInfo"]["subscriber"], "6");
    assert_eq!(body["line"]["data"], json!([]));
    assert_eq!(body["wordmap"]["name"], Value::Null);
}

#[actix_web::test]
async fn line_starts_at_midnight_in_seoul() {
    let midnight = start_of_day(day(50));
    let rows = format!(
        "INSERT INTO channel (idx, channel_id, subscriber_num) VALUES (1, 'UC1', 7);
        INSERT INTO channel_subscriber (channel_idx, subscriber_num, check_time)
            VALUES (1, 'too old', {}), (1, 'first', {})",
        sql_timestamp(midnight - TimeDelta::milliseconds(1)),
        sql_timestamp(midnight),
    );
    let context = TestContext::with(&rows, &[]).await;
    let body = context.list("1/").await.json();
    let expected = json!([{"date": day(50), "value": "first"}]);
    assert_eq!(body["line"]["data"], expected);
}

#[actix_web::test]
async fn keywords_are_counted_in_the_50_newest_videos() {
    let videos = "INSERT INTO channel (idx, channel_id, subscriber_num) VALUES (1, 'UC1', 7);
        INSERT INTO video (idx, channel_idx, video_name, video_id, upload_time, views)
            SELECT n, 1, 'v', 'id-' || n, pg_temp.ago(n, '09:00'), n FROM generate_series(1, 60) AS n;
        INSERT INTO video_keyword_new (video_idx, keyword) SELECT n, 'all' FROM generate_series(1, 60) AS n;
        INSERT INTO video_keyword_new (video_idx, keyword) SELECT n, 'old' FROM generate_series(50, 60) AS n";
    let context = TestContext::with(videos, &[]).await;
    let body = context.list("1/").await.json();
    let pie = &body["keyword"]["pie"];
    assert_eq!((&pie[0]["name"], &pie[0]["value"]), (&json!("all"), &json!(50)));
    assert_eq!((&pie[1]["name"], &pie[1]["value"]), (&json!("old"), &json!(1)));
    assert_eq!(ids(&body["video"]["data"]), [60, 59, 58, 57, 56]);
}

#[actix_web::test]
async fn unknown_or_invalid_channel_returns_404() {
    let context = TestContext::new().await;
    let mut replies = Vec::new();
    for idx in ["999", "abc", "-1", "1.0", "2147483648", "99999999999999999999", "%00", "%FF"] {
        replies.push(format!("GET {idx}\n{}", context.list(&format!("{idx}/")).await.snapshot()));
    }
    let post = context.service.send(Method::POST, &format!("{LIST}1/")).await;
    replies.push(format!("POST 1\n{}", post.snapshot()));
    insta::assert_snapshot!(replies.join("\n\n"));
}
