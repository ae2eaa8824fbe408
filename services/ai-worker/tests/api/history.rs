//! Predictions with channel history and category.

use crate::{
    client::{Client, Reply, job},
    fixture::{TestContext, in_days},
};
use lapin::types::AMQPValue;
use serde_json::json;

/// Channel 1 has 20 videos with ten times the views that its size suggests, channel 2 no videos and
/// channel 3 one video.
const ROWS: &str = "
    INSERT INTO channel (idx, channel_id, subscriber_num) VALUES (1, 'UC-1', 1000), (2, 'UC-2', 1000), (3, 'UC-3', 1000);
    INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx, views)
        SELECT n, 'video', 'id-' || n, pg_temp.ago(10 + n, '12:00'), 1, 100000
        FROM generate_series(1, 20) AS n;
    INSERT INTO video_views (video_idx, views, check_time)
        SELECT n, 100000, pg_temp.ago(3 + n, '12:00') FROM generate_series(1, 20) AS n;
    INSERT INTO video_views (video_idx, views, check_time)
        SELECT n, 10, pg_temp.ago(9 + n, '12:00') FROM generate_series(1, 20) AS n;
    INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx)
        VALUES (21, 'video', 'id-21', pg_temp.ago(10, '12:00'), 3);
    INSERT INTO video_views (video_idx, views, check_time)
        VALUES (21, 2000, pg_temp.ago(3, '12:00'));";

async fn predict(client: &Client, channel: Option<&str>) -> Reply {
    let job = job(1000, &in_days(0).to_string()).to_string();
    let header = channel.map(|id| ("channel_id", AMQPValue::LongString(id.into())));
    client.request_with_headers(job.as_bytes(), header.as_slice()).await.reply().await
}

#[actix_web::test]
async fn successful_channel_raises_and_narrows_the_prediction() {
    let context = TestContext::new().await;
    context.database.fill(ROWS).await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let unknown = predict(&client, None).await;
    let known = predict(&client, Some("UC-1")).await;
    assert!(known.numbers()[6] > 3 * unknown.numbers()[6], "{known:?} {unknown:?}");
    let factors = known.details["factors"].as_array().expect("factors");
    assert!(factors.iter().any(|factor| factor["name"] == "channel_history"), "{factors:?}");
    // The interval is narrower with history.
    let width = |reply: &Reply| {
        let end = |name: &str| reply.details[name][6].as_f64().expect("a number");
        end("high") / end("low")
    };
    assert!(width(&known) < width(&unknown));
}

#[actix_web::test]
async fn uploads_are_a_factor_only_if_counted_by_youtube_or_enough_are_stored() {
    let context = TestContext::new().await;
    context.database.fill(ROWS).await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let has_factor = |reply: &Reply, name: &str| {
        let factors = reply.details["factors"].as_array().expect("factors");
        factors.iter().any(|factor| factor["name"] == name)
    };
    let few = predict(&client, Some("UC-3")).await;
    assert!(has_factor(&few, "channel_history") && !has_factor(&few, "uploads"), "{few:?}");
    let many = predict(&client, Some("UC-1")).await;
    assert!(has_factor(&many, "uploads"), "{many:?}");
    let count = "UPDATE channel SET upload_count = 417 WHERE channel_id = 'UC-3'";
    context.database.fill(count).await;
    let counted = predict(&client, Some("UC-3")).await;
    assert!(has_factor(&counted, "uploads"), "{counted:?}");
}

#[actix_web::test]
async fn newest_uploads_of_the_channel_are_used() {
    let context = TestContext::new().await;
    context.database.fill(ROWS).await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let predict = async || {
        let job = job(1000, &in_days(0).to_string()).to_string();
        let headers = [
            ("channel_id", AMQPValue::LongString("UC-1".into())),
            ("uploads", AMQPValue::LongLongInt(100)),
        ];
        client.request_with_headers(job.as_bytes(), &headers).await.reply().await
    };
    let before = predict().await;
    // Older videos, whose counts are from a younger age than those of the newest 20.
    let older = "
        INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx)
            SELECT 100 + n, 'video', 'older-' || n, pg_temp.ago(100 + n, '12:00'), 1
            FROM generate_series(1, 20) AS n;
        INSERT INTO video_views (video_idx, views, check_time)
            SELECT 100 + n, 10, pg_temp.ago(99 + n, '12:00') FROM generate_series(1, 20) AS n;";
    context.database.fill(older).await;
    assert_eq!(predict().await.views, before.views);
}

#[actix_web::test]
async fn unknown_channel_does_not_change_the_prediction() {
    let context = TestContext::new().await;
    context.database.fill(ROWS).await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let without_channel = predict(&client, None).await;
    assert_eq!(predict(&client, Some("UC-unknown")).await.views, without_channel.views);
    assert_eq!(predict(&client, Some("UC-2")).await.numbers().len(), 31);
}

#[actix_web::test]
async fn category_changes_the_prediction() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let predict = async |category: i32| {
        let job = job(15_300, &in_days(0).to_string()).to_string();
        let header = ("category", AMQPValue::LongInt(category));
        client.request_with_headers(job.as_bytes(), &[header]).await.reply().await
    };
    let (music, news) = (predict(10).await, predict(25).await);
    assert_ne!(music.views, news.views);
    let factors = music.details["factors"].as_array().expect("factors");
    assert!(factors.iter().any(|factor| factor["name"] == "category"), "{factors:?}");
    assert_eq!(predict(999).await.numbers().len(), 31);
}

#[actix_web::test]
async fn upload_count_of_the_request_changes_the_prediction() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let predict = async |uploads: i64| {
        let job = job(15_300, &in_days(0).to_string()).to_string();
        let headers =
            [("uploads", AMQPValue::LongLongInt(uploads)), ("is_short", AMQPValue::Boolean(true))];
        client.request_with_headers(job.as_bytes(), &headers).await.reply().await
    };
    let (few, many) = (predict(10).await, predict(10_000).await);
    assert!(few.numbers()[6] > many.numbers()[6], "{few:?} {many:?}");
    let factors = many.details["factors"].as_array().expect("factors");
    assert!(factors.iter().any(|factor| factor["name"] == "uploads"), "{factors:?}");
    assert!(many.details["min_ratio"].as_f64().is_some_and(|ratio| ratio >= 1.05), "{many:?}");
}

#[actix_web::test]
async fn prediction_without_postgres_uses_no_history() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[("CREATETREND_POSTGRES__PORT", "9")]);
    let client = context.client().await;
    let reply = predict(&client, Some("UC-1")).await;
    assert_eq!(reply.numbers().len(), 31);
    assert_ne!(reply.views, json!([]));
}

#[actix_web::test]
async fn infinite_timestamps_in_history_are_skipped() {
    let context = TestContext::new().await;
    context.database.fill(ROWS).await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let before = predict(&client, Some("UC-1")).await;
    let infinite_rows = "
        INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx)
            SELECT 100 + n, 'video', 'infinite-' || n, 'infinity', 1 FROM generate_series(1, 60) AS n;
        INSERT INTO video_views (video_idx, views, check_time)
            SELECT 100 + n, 1, now() FROM generate_series(1, 60) AS n;
        INSERT INTO video_views (video_idx, views, check_time)
            SELECT n, 1, time FROM generate_series(1, 20) AS n,
                unnest('{infinity, -infinity}'::timestamptz[]) AS time;";
    context.database.fill(infinite_rows).await;
    let after = predict(&client, Some("UC-1")).await;
    let factors = after.details["factors"].as_array().expect("factors");
    assert!(factors.iter().any(|factor| factor["name"] == "channel_history"), "{factors:?}");
    assert!(after.numbers()[6] > before.numbers()[6] / 2, "{before:?} {after:?}");
}
