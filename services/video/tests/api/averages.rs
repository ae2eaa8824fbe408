//! The means over all videos of the last 14 days.

use crate::fixture::TestContext;
use serde_json::{Value, json};

/// The means that a service over these videos (moment of upload, views, popularity) answers.
async fn averages(videos: &[&str]) -> (Value, Value) {
    let row = |(idx, values): (i32, &&str)| format!("({idx}, 'v', 'id-{idx}', {values})");
    let rows: Vec<String> = (1..).zip(videos).map(row).collect();
    let columns = "idx, video_name, video_id, upload_time, views, popularity";
    let insert = format!("INSERT INTO video ({columns}) VALUES {}", rows.join(", "));
    let context = TestContext::of(&insert, &[]).await;
    let body = context.service.get("/api/video_detail/1/").await.json();
    (body["video"]["avg_videoviews"].clone(), body["video"]["avg_popularity"].clone())
}

#[actix_web::test]
async fn fourteen_days_begin_with_a_day_in_seoul_and_end_now() {
    let found = averages(&[
        "pg_temp.ago(14, '00:00'), 1, 1",
        "pg_temp.ago(14, '00:00') - interval '1 millisecond', 10, 10",
        "now() - interval '1 hour', 3, 2",
        "now() + interval '1 hour', 100, 100",
    ]);
    assert_eq!(found.await, (json!(2.0), json!(1.5)));
}

#[actix_web::test]
async fn of_no_video_there_is_no_mean() {
    let old = averages(&["pg_temp.ago(15, '12:00'), 1, 1"]);
    assert_eq!(old.await, (Value::Null, Value::Null));
    let never_observed = averages(&["pg_temp.ago(1, '12:00'), NULL, NULL"]);
    assert_eq!(never_observed.await, (Value::Null, Value::Null));
}

#[actix_web::test]
async fn what_was_never_observed_does_not_count() {
    let found = averages(&[
        "pg_temp.ago(1, '12:00'), 4, NULL",
        "pg_temp.ago(1, '12:00'), NULL, 0.5",
        "pg_temp.ago(1, '12:00'), NULL, 0.25",
    ]);
    assert_eq!(found.await, (json!(4.0), json!(0.375)));
}

#[actix_web::test]
async fn views_beyond_32_bits_have_the_right_mean() {
    let found = averages(&[
        "pg_temp.ago(1, '12:00'), 5000000001, 0",
        "pg_temp.ago(2, '12:00'), 15000000002, 0",
    ]);
    assert_eq!(found.await, (json!(10_000_000_001.5), json!(0.0)));
}
