//! `video_detail/{idx}/`

use crate::fixture::{PATH, TestContext};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_video_is_shown_with_all_that_belongs_to_it() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.service.get(PATH).await.snapshot());
}

#[actix_web::test]
async fn a_video_without_a_channel_has_an_empty_one() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.service.get("/api/video_detail/2/").await.snapshot());
}

#[actix_web::test]
async fn a_video_that_was_never_observed_has_empty_lists_and_nulls() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.service.get("/api/video_detail/3/").await.snapshot());
}

#[actix_web::test]
async fn what_a_channel_does_not_say_stays_null() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.service.get("/api/video_detail/4/").await.snapshot());
}

#[actix_web::test]
async fn of_what_was_observed_at_the_same_moment_the_number_decides() {
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
async fn counts_may_be_beyond_32_bits() {
    let rows = "
        INSERT INTO video (idx, video_name, video_id, upload_time, views)
        VALUES (2147483647, 'a', 'a', pg_temp.ago(1, '12:00'), 15000000000);
        INSERT INTO video_views (video_idx, check_time, views)
        VALUES (2147483647, pg_temp.ago(0, '00:00'), 14999999999);
        INSERT INTO video_likes (video_idx, check_time, likes, dislikes)
        VALUES (2147483647, pg_temp.ago(0, '00:00'), 5000000000, 4999999999)";
    let context = TestContext::of(rows, &[]).await;
    let body = context.service.get("/api/video_detail/2147483647/").await.json();
    assert_eq!(body["video"]["video_views"], json!(15_000_000_000_i64));
    assert_eq!(body["video"]["avg_videoviews"], json!(15_000_000_000.0));
    assert_eq!(body["lines"]["data"][0]["value"], json!(14_999_999_999_i64));
    let likes = json!([{"likes": 5_000_000_000_i64, "dislikes": 4_999_999_999_i64}]);
    assert_eq!(body["video"]["video"]["videolikes"], likes);
}

#[actix_web::test]
async fn what_is_no_video_is_refused_in_json() {
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
async fn all_spellings_answer_the_same() {
    let context = TestContext::new().await;
    let with = context.service.get(PATH).await;
    for path in ["/api/video_detail/1", "/api/video_detail/001/"] {
        let reply = context.service.get(path).await;
        assert_eq!((reply.status, &reply.body), (with.status, &with.body), "{path}");
    }
}
