//! `simple_recommendation`

use crate::fixture::{RecommendationContext, path_of};

#[actix_web::test]
async fn videos_of_the_last_30_days_are_sorted_by_popularity() {
    let context = RecommendationContext::new().await;
    // Video 3 is too old, video 6 has no row; unknown popularity comes last.
    assert_eq!(context.recommended("simple", &[("keyword_string", "먹방")]).await, [2, 1, 5]);
}

#[actix_web::test]
async fn videos_match_any_keyword_with_equal_rank() {
    let context = RecommendationContext::new().await;
    let found = context.recommended("simple", &[("keyword_string", "먹방 브이로그")]).await;
    assert_eq!(found, [2, 4, 1, 5]);
    let same = context.recommended("simple", &[("keyword_string", " 브이로그\u{3000}먹방 ")]).await;
    assert_eq!(same, found);
}

#[actix_web::test]
async fn at_most_eight_videos_are_recommended() {
    let context = RecommendationContext::new().await;
    let found = context.recommended("simple", &[("keyword_string", "요리")]).await;
    assert_eq!(found, [19, 18, 17, 16, 15, 14, 13, 12]);
}

#[actix_web::test]
async fn recommended_video_includes_its_channel_or_null() {
    let context = RecommendationContext::new().await;
    let path = path_of("simple", &[("keyword_string", "브이로그 라면")]);
    let reply = context.service.get(&path).await;
    insta::assert_snapshot!(reply.snapshot());
    let with_slash = path.replace("recommendation?", "recommendation/?");
    assert_eq!(context.service.get(&with_slash).await.body, reply.body);
}

#[actix_web::test]
async fn keyword_without_matches_returns_an_empty_list() {
    let context = RecommendationContext::new().await;
    assert!(context.recommended("simple", &[("keyword_string", "없는 것")]).await.is_empty());
}

#[actix_web::test]
async fn invalid_keyword_string_returns_400() {
    let context = RecommendationContext::new().await;
    let long = "a".repeat(101);
    let many = (0..21).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
    for parameters in [
        vec![],
        vec![("keyword_string", "")],
        vec![("keyword_string", " \u{3000}")],
        vec![("keyword_string", "\0")],
        vec![("keyword_string", long.as_str())],
        vec![("keyword_string", many.as_str())],
    ] {
        let reply = context.service.get(&path_of("simple", &parameters)).await;
        assert_eq!(reply.status, 400, "{parameters:?}");
        assert!(reply.json()["keyword_string"].is_array(), "{}", reply.body);
    }
    let invalid_utf8 = format!("{}%FF", path_of("simple", &[("keyword_string", "")]));
    assert_eq!(context.service.get(&invalid_utf8).await.status, 400);
}
