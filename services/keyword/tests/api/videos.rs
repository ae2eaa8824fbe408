//! Which videos are shown, in which order, and what outliers are left out of.

use crate::fixture::{TestContext, made, popular, videos, word_map};
use serde_json::json;
use test_support::{redact_volatile, video};

#[actix_web::test]
async fn the_fastest_and_the_most_popular_five_are_shown() {
    let one = |idx: i32| {
        let video = video(idx, 1, 12, 0).popularity(f64::from(idx) / 10.0).tags(&["찾음"]);
        video.views_growth(i64::from(100 - idx)).document()
    };
    let context = TestContext::with((1..=8).map(one).collect()).await;
    let body = context.find("찾음").await;
    assert_eq!(videos(&body, 0), [1, 2, 3, 4, 5]);
    assert_eq!(videos(&body, 1), [8, 7, 6, 5, 4]);
}

#[actix_web::test]
async fn what_has_no_known_growth_comes_last_and_a_loss_before_it() {
    let videos_of_growth = [(1, None), (2, Some(-5)), (3, Some(0)), (4, Some(7)), (5, None)];
    let one = |(idx, growth): (i32, Option<i64>)| {
        video(idx, 1, 12, 0).views_growth(growth).tags(&["찾음"]).document()
    };
    let context = TestContext::with(videos_of_growth.map(one).to_vec()).await;
    let body = context.find("찾음").await;
    assert_eq!(videos(&body, 0), [4, 3, 2, 1, 5]);
    let growths: Vec<_> =
        (0..5).map(|row| &body["video"][0]["data"][row]["views_growth"]).collect();
    assert_eq!(json!(growths), json!([7, 0, -5, null, null]));
    assert!(body["video"][1]["data"][0].get("views_growth").is_none());
}

#[actix_web::test]
async fn popularity_is_shown_a_hundredfold_by_plain_multiplication() {
    let one = |(idx, popularity): (i32, f64)| {
        video(idx, 1, 12, 0).popularity(popularity).tags(&["찾음"]).document()
    };
    let context = TestContext::with([(1, 0.07), (2, 1.1), (3, 2.3)].map(one).to_vec()).await;
    // The text, since reading may round.
    let body = context.search("찾음").await.body;
    for shown in ["7.000000000000001", "110.00000000000001", "229.99999999999997"] {
        let rows = body.matches(&format!("\"popularity\":{shown},")).count();
        assert_eq!(rows, 2, "{shown}: {body}");
    }
}

#[actix_web::test]
async fn outliers_count_as_new_and_in_the_line_of_popularity_and_nowhere_else() {
    let videos_found = vec![
        video(1, 1, 12, 0).popularity(6.75).views_growth(1).tags(&["찾음", "below"]).document(),
        video(2, 1, 11, 0).popularity(7.0).views_growth(2).tags(&["찾음", "seven"]).document(),
        video(3, 1, 10, 0).popularity(7.25).views_growth(3).tags(&["찾음", "above"]).document(),
        video(4, 1, 9, 0).popularity(None).views_growth(4).tags(&["찾음", "unknown"]).document(),
    ];
    let context = TestContext::with(videos_found).await;
    let body = context.find("찾음").await;
    assert_eq!((videos(&body, 0), videos(&body, 1)), (vec![1], vec![1]));
    assert_eq!(popular(&body), ["찾음 1", "below 1"]);
    assert_eq!(made(&body), ["찾음 4", "below 1", "seven 1", "above 1", "unknown 1"]);
    assert_eq!(word_map(&body), ["below 1", "seven 1", "above 1", "unknown 1"]);
    let expected = json!([
        {"type": "영상화 추이", "data": [{"date": "<today-1>", "value": 1}]},
        {"type": "인기도 추이", "data": [{"date": "<today-1>", "value": 700.0}]},
    ]);
    assert_eq!(redact_volatile(&body["lines"].to_string()), expected.to_string());
}

#[actix_web::test]
async fn equals_come_in_the_order_in_which_they_became_known() {
    let one = |idx| video(idx, 1, 12, 0).views_growth(5).tags(&["찾음"]).document();
    let context = TestContext::with([3, 9, 1, 7].map(one).to_vec()).await;
    let body = context.find("찾음").await;
    assert_eq!((videos(&body, 0), videos(&body, 1)), (vec![1, 3, 7, 9], vec![1, 3, 7, 9]));
}
