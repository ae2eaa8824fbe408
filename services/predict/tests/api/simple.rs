//! `simple_recommendation`

use crate::fixture::{Shelf, path_of};

#[actix_web::test]
async fn the_most_popular_videos_of_thirty_days_come_first() {
    let shelf = Shelf::new().await;
    // Video 3 is too old, video 6 has no row; unknown popularity comes last.
    assert_eq!(shelf.recommended("simple", &[("keyword_string", "먹방")]).await, [2, 1, 5]);
}

#[actix_web::test]
async fn any_of_several_keywords_is_enough_and_more_of_them_are_no_better() {
    let shelf = Shelf::new().await;
    let found = shelf.recommended("simple", &[("keyword_string", "먹방 브이로그")]).await;
    assert_eq!(found, [2, 4, 1, 5]);
    let same = shelf.recommended("simple", &[("keyword_string", " 브이로그\u{3000}먹방 ")]).await;
    assert_eq!(same, found);
}

#[actix_web::test]
async fn no_more_than_eight_are_recommended() {
    let shelf = Shelf::new().await;
    let found = shelf.recommended("simple", &[("keyword_string", "요리")]).await;
    assert_eq!(found, [19, 18, 17, 16, 15, 14, 13, 12]);
}

#[actix_web::test]
async fn a_video_is_shown_with_its_channel_if_it_has_one() {
    let shelf = Shelf::new().await;
    let path = path_of("simple", &[("keyword_string", "브이로그 라면")]);
    let reply = shelf.service.get(&path).await;
    insta::assert_snapshot!(reply.snapshot());
    let with_a_slash = path.replace("recommendation?", "recommendation/?");
    assert_eq!(shelf.service.get(&with_a_slash).await.body, reply.body);
}

#[actix_web::test]
async fn what_nothing_matches_is_an_empty_list() {
    let shelf = Shelf::new().await;
    assert!(shelf.recommended("simple", &[("keyword_string", "없는 것")]).await.is_empty());
}

#[actix_web::test]
async fn what_cannot_be_searched_for_is_an_error_of_its_field() {
    let shelf = Shelf::new().await;
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
        let reply = shelf.service.get(&path_of("simple", &parameters)).await;
        assert_eq!(reply.status, 400, "{parameters:?}");
        assert!(reply.json()["keyword_string"].is_array(), "{}", reply.body);
    }
    let broken = format!("{}%FF", path_of("simple", &[("keyword_string", "")]));
    assert_eq!(shelf.service.get(&broken).await.status, 400);
}
