//! Averages over all videos of the last 14 days.

use crate::fixture::TestContext;
use serde_json::{Value, json};

/// Average views and popularity in a response, with `videos` (upload time, views, popularity).
async fn averages(videos: &[&str]) -> (Value, Value) {
    let row = |(idx, values): (i32, &&str)| format!("({idx}, 'v', 'id-{idx}', {values})");
    let rows: Vec<String> = (1..).zip(videos).map(row).collect();
    let columns = "idx, video_name, video_id, upload_time, views, popularity";
    let insert = format!("INSERT INTO video ({columns}) VALUES {}", rows.join(", "));
    let context = TestContext::with(&insert, &[]).await;
    let body = context.service.get("/api/video_detail/1/").await.json();
    (body["video"]["avg_videoviews"].clone(), body["video"]["avg_popularity"].clone())
}

#[actix_web::test]
async fn average_window_starts_at_midnight_in_seoul_and_ends_now() {
    let found = averages(&[
        "pg_temp.ago(14, '00:00'), 1, 1",
        "pg_temp.ago(14, '00:00') - interval '1 millisecond', 10, 10",
        "now() - interval '1 hour', 3, 2",
        "now() + interval '1 hour', 100, 100",
    ]);
    assert_eq!(found.await, (json!(2.0), json!(1.5)));
}

#[actix_web::test]
async fn averages_without_videos_are_null() {
    let old = averages(&["pg_temp.ago(15, '12:00'), 1, 1"]);
    assert_eq!(old.await, (Value::Null, Value::Null));
    let never_observed = averages(&["pg_temp.ago(1, '12:00'), NULL, NULL"]);
    assert_eq!(never_observed.await, (Value::Null, Value::Null));
}

#[actix_web::test]
async fn averages_ignore_null_values() {
    let found = averages(&[
        "pg_temp.ago(1, '12:00'), 4, NULL",
        "pg_temp.ago(1, '12:00'), NULL, 0.5",
        "pg_temp.ago(1, '12:00'), NULL, 0.25",
    ]);
    assert_eq!(found.await, (json!(4.0), json!(0.375)));
}

#[actix_web::test]
async fn average_of_64_bit_views_is_exact() {
    let found = averages(&[
        "pg_temp.ago(1, '12:00'), 5000000001, 0",
        "pg_temp.ago(2, '12:00'), 15000000002, 0",
    ]);
    assert_eq!(found.await, (json!(10_000_000_001.5), json!(0.0)));
}
