//! `video_detail/{idx}/`

use crate::fixture::{PATH, TestContext};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn video_returns_all_related_rows() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.service.get(PATH).await.snapshot());
}

#[actix_web::test]
async fn video_without_a_channel_returns_empty_channel() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.service.get("/api/video_detail/2/").await.snapshot());
}

#[actix_web::test]
async fn video_without_observations_returns_empty_lists_and_nulls() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.service.get("/api/video_detail/3/").await.snapshot());
}

#[actix_web::test]
async fn channel_with_null_columns_returns_nulls() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.service.get("/api/video_detail/4/").await.snapshot());
}

#[actix_web::test]
async fn observations_with_equal_timestamps_are_ordered_by_idx() {
    let context = TestContext::new().await;
    let body = context.service.get("/api/video_detail/5/").await.json();
    let likes = body["video"]["video"]["videolikes"].as_array().expect("a list");
    let likes: Vec<_> = likes.iter().map(|count| &count["likes"]).collect();
    assert_eq!(likes, [3, 2, 1]);
    let line = body["lines"]["data"].as_array().expect("a list");
    let line: Vec<_> = line.iter().map(|point| &point["value"]).collect();
    assert_eq!(line, [1, 2, 3]);
}

#[actix_web::test]
async fn counts_over_32_bits_are_returned() {
    let rows = "
        INSERT INTO video (idx, video_name, video_id, upload_time, views)
        VALUES (2147483647, 'a', 'a', pg_temp.ago(1, '12:00'), 15000000000);
        INSERT INTO video_views (video_idx, check_time, views)
        VALUES (2147483647, pg_temp.ago(0, '00:00'), 14999999999);
        INSERT INTO video_likes (video_idx, check_time, likes, dislikes)
        VALUES (2147483647, pg_temp.ago(0, '00:00'), 5000000000, 4999999999)";
    let context = TestContext::with(rows, &[]).await;
    let body = context.service.get("/api/video_detail/2147483647/").await.json();
    assert_eq!(body["video"]["video_views"], json!(15_000_000_000_i64));
    assert_eq!(body["video"]["avg_videoviews"], json!(15_000_000_000.0));
    assert_eq!(body["lines"]["data"][0]["value"], json!(14_999_999_999_i64));
    let likes = json!([{"likes": 5_000_000_000_i64, "dislikes": 4_999_999_999_i64}]);
    assert_eq!(body["video"]["video"]["videolikes"], likes);
}

#[actix_web::test]
async fn unknown_or_invalid_video_returns_json_error() {
    let context = TestContext::new().await;
    let mut replies = Vec::new();
    for (method, path) in [
        (Method::GET, "/api/video_detail/6/"),
        (Method::GET, "/api/video_detail/2147483647/"),
        (Method::GET, "/api/video_detail/2147483648/"),
        (Method::GET, "/api/video_detail/99999999999999999999/"),
        (Method::GET, "/api/video_detail/-1/"),
        (Method::GET, "/api/video_detail/one/"),
        (Method::GET, "/api/video_detail/%00/"),
        (Method::GET, "/api/video_detail/%FF/"),
        (Method::GET, "/api/video_detail/"),
        (Method::GET, "/api/video_detail/1/other/"),
        (Method::POST, PATH),
        (Method::DELETE, "/api/video_detail/one/"),
    ] {
        let reply = context.service.send(method.clone(), path).await;
        replies.push(format!("{method} {path}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
}

#[actix_web::test]
async fn equivalent_paths_return_the_same_response() {
    let context = TestContext::new().await;
    let with = context.service.get(PATH).await;
    for path in ["/api/video_detail/1", "/api/video_detail/001/"] {
        let reply = context.service.get(path).await;
        assert_eq!((reply.status, &reply.body), (with.status, &with.body), "{path}");
    }
}
