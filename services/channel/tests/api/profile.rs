//! `channels/{idx}/`

use crate::fixture::TestContext;
use serde_json::json;

/// Channel 1 has 25 videos; the 20 newest are mostly Shorts on cooking; channel 2 has videos
/// without a category, and channel 3 has none.
const ROWS: &str = "
    INSERT INTO channel (idx, channel_id, channel_name, thumbnail_url, subscriber_num,
        subscriber_estimated, hidden_subscriber)
    VALUES (1, 'UC1', '먹방', 'https://yt3.example/1.jpg', 1000, true, true),
        (2, 'UC2', NULL, NULL, 0, false, NULL), (3, 'UC3', NULL, NULL, 5, false, false);
    INSERT INTO video (channel_idx, video_id, video_name, upload_time, category, is_short)
    SELECT 1, 'v' || n, 'v', pg_temp.ago(n, '12:00'), CASE WHEN n <= 12 THEN 26 ELSE 10 END,
        n <= 11
    FROM generate_series(1, 25) n;
    INSERT INTO video (channel_idx, video_id, video_name, upload_time, duration_seconds)
    VALUES (2, 'w1', 'v', pg_temp.ago(1, '12:00'), 181), (2, 'w2', 'v', pg_temp.ago(2, '12:00'), 60);";

#[actix_web::test]
async fn profile_has_the_most_frequent_category_and_length_of_the_newest_videos() {
    let context = TestContext::with(ROWS, &[]).await;
    let body = context.service.get("/api/channels/1/").await.json();
    let expected = json!({
        "idx": 1, "channel_id": "UC1", "channel_name": "먹방",
        "thumbnail_url": "https://yt3.example/1.jpg", "subscribers": 1000,
        "subscriber_estimated": true, "hidden_subscribers": true, "uploads": 25,
        "recent_videos": 20, "category": 26, "is_short": true,
    });
    assert_eq!(body, expected);
}

#[actix_web::test]
async fn uploads_are_those_that_youtube_counts_but_at_least_the_stored_ones() {
    let counts = "UPDATE channel SET upload_count = CASE idx WHEN 1 THEN 3 WHEN 2 THEN 417 END";
    let context = TestContext::with(&format!("{ROWS} {counts}"), &[]).await;
    for (idx, uploads) in [(1, json!(25)), (2, json!(417)), (3, json!(null))] {
        let body = context.service.get(&format!("/api/channels/{idx}/")).await.json();
        assert_eq!(body["uploads"], uploads, "{body}");
    }
}

#[actix_web::test]
async fn unknown_properties_of_a_profile_are_null() {
    let context = TestContext::with(ROWS, &[]).await;
    // A video of more than three minutes is not a Short.
    for (idx, subscribers, hidden, videos, is_short) in [
        (2, json!(null), json!(null), 2, json!(false)),
        (3, json!(5), json!(false), 0, json!(null)),
    ] {
        let body = context.service.get(&format!("/api/channels/{idx}")).await.json();
        let expected = json!({
            "idx": idx, "channel_id": format!("UC{idx}"), "channel_name": null,
            "thumbnail_url": null, "subscribers": subscribers, "subscriber_estimated": false,
            "hidden_subscribers": hidden, "uploads": null, "recent_videos": videos,
            "category": null, "is_short": is_short,
        });
        assert_eq!(body, expected);
    }
}

#[actix_web::test]
async fn profile_of_an_unknown_channel_returns_404() {
    let context = TestContext::with(ROWS, &[]).await;
    let reply = context.service.get("/api/channels/9/").await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["detail"]),
        (404, &json!("There is no channel 9."))
    );
    assert_eq!(context.service.get("/api/channels/x/").await.status, 404);
}
