//! Rows of an existing database with infinite timestamps and non-finite popularities.

use crate::fixture::TestContext;
use serde_json::{Value, json};

const ROWS: &str = "
    INSERT INTO channel (idx, channel_name, channel_id, channel_start_date, subscriber_num)
    VALUES (1, NULL, 'UC1', 'infinity', 10);
    INSERT INTO video (idx, channel_idx, video_name, video_id, upload_time, views, popularity)
    VALUES (1, 1, 'v', 'v1', 'infinity', 5, 'NaN'),
        (2, 1, 'v', 'v2', '-infinity', 5, 'infinity'),
        (3, NULL, 'v', 'v3', '294276-12-31', 5, '-infinity'),
        (4, 1, 'v', 'v4', now() - interval '1 day', 100, 'NaN'),
        (5, 1, 'v', 'v5', now() - interval '1 day', 200, 'infinity'),
        (6, 1, 'v', 'v6', now() - interval '1 day', 300, '-infinity'),
        (7, 1, 'v', 'v7', now() - interval '1 day', 400, 1e308),
        (8, 1, 'v', 'v8', now() - interval '1 day', 500, 0.5);
    INSERT INTO video_views (video_idx, views, check_time)
    VALUES (8, 1, 'infinity'), (8, 2, '-infinity'), (8, 3, '294276-12-31'), (8, 4, now());
    INSERT INTO video_likes (video_idx, likes, check_time)
    VALUES (8, 1, 'infinity'), (8, 2, '-infinity'), (8, 4, now());";

#[actix_web::test]
async fn video_with_non_finite_values_returns_null() {
    let context = TestContext::with(ROWS, &[]).await;
    for idx in 1..=8 {
        let reply = context.service.get(&format!("/api/video_detail/{idx}/")).await;
        assert_eq!(reply.status, 200, "{idx}: {}", reply.body);
        let video = reply.json()["video"].clone();
        assert_eq!(video["avg_popularity"], json!(0.5), "{idx}");
        assert_eq!(video["avg_videoviews"], json!(300.0), "{idx}");
        let popularity = if idx == 8 { json!(0.5) } else { Value::Null };
        assert_eq!(video["video_popularity"], popularity, "{idx}");
    }
}

#[actix_web::test]
async fn lists_with_infinite_timestamps_skip_them() {
    let context = TestContext::with(ROWS, &[]).await;
    let body = context.service.get("/api/video_detail/8/").await.json();
    let line = body["lines"]["data"].as_array().unwrap();
    assert_eq!((line.len(), &line[0]["value"]), (1, &json!(4)));
    assert_eq!(body["video"]["video"]["videolikes"], json!([{"likes": 4, "dislikes": 0}]));
    assert_eq!(body["channel"]["channel_name"], Value::Null);
}
