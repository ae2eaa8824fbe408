//! `advanced_recommendation`

use crate::fixture::{RecommendationContext, path_of};

#[actix_web::test]
async fn videos_of_any_age_are_recommended() {
    let context = RecommendationContext::new().await;
    assert_eq!(context.recommended("advanced", &[("keyword_string", "먹방")]).await, [3, 2, 1, 5]);
}

#[actix_web::test]
async fn must_and_must_not_keywords_filter_the_videos() {
    let context = RecommendationContext::new().await;
    for (parameters, expected) in [
        (vec![("must_keyword", "라면")], vec![3, 1]),
        (vec![("must_keyword", "먹방 라면")], vec![3, 1]),
        (vec![("must_keyword", "라면 광고")], vec![]),
        (vec![("must_not_keyword", "라면")], vec![2, 5]),
        (vec![("must_not_keyword", "라면 광고")], vec![5]),
        (vec![("must_keyword", "라면"), ("must_not_keyword", "광고")], vec![3, 1]),
        (vec![("must_keyword", ""), ("must_not_keyword", " ")], vec![3, 2, 1, 5]),
    ] {
        let all = [&[("keyword_string", "먹방")], parameters.as_slice()].concat();
        assert_eq!(context.recommended("advanced", &all).await, expected, "{parameters:?}");
    }
}

#[actix_web::test]
async fn invalid_parameters_are_all_named() {
    let context = RecommendationContext::new().await;
    let long = "a".repeat(101);
    let parameters = [("must_keyword", long.as_str()), ("must_not_keyword", "\0")];
    let reply = context.service.get(&path_of("advanced", &parameters)).await;
    insta::assert_snapshot!(reply.snapshot());
}
