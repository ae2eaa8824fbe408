//! Selection and order of videos, and exclusion of outliers.

use crate::fixture::{TestContext, popular, recent, video_ids, word_map};
use serde_json::json;
use test_support::{redact_volatile, video};

#[actix_web::test]
async fn lists_contain_five_fastest_growing_and_five_most_popular_videos() {
    let document = |idx: i32| {
        let video = video(idx, 1, 12, 0).popularity(f64::from(idx) / 10.0).tags(&["찾음"]);
        video.views_growth(i64::from(100 - idx)).document()
    };
    let context = TestContext::with((1..=8).map(document).collect()).await;
    let body = context.search_json("찾음").await;
    assert_eq!(video_ids(&body, 0), [1, 2, 3, 4, 5]);
    assert_eq!(video_ids(&body, 1), [8, 7, 6, 5, 4]);
}

#[actix_web::test]
async fn video_without_growth_is_listed_after_negative_growth() {
    let growths = [(1, None), (2, Some(-5)), (3, Some(0)), (4, Some(7)), (5, None)];
    let document = |(idx, growth): (i32, Option<i64>)| {
        video(idx, 1, 12, 0).views_growth(growth).tags(&["찾음"]).document()
    };
    let context = TestContext::with(growths.map(document).to_vec()).await;
    let body = context.search_json("찾음").await;
    assert_eq!(video_ids(&body, 0), [4, 3, 2, 1, 5]);
    let listed: Vec<_> = (0..5).map(|row| &body["video"][0]["data"][row]["views_growth"]).collect();
    assert_eq!(json!(listed), json!([7, 0, -5, null, null]));
    assert!(body["video"][1]["data"][0].get("views_growth").is_none());
}

#[actix_web::test]
async fn popularity_is_multiplied_by_100_without_rounding() {
    let document = |(idx, popularity): (i32, f64)| {
        video(idx, 1, 12, 0).popularity(popularity).tags(&["찾음"]).document()
    };
    let context = TestContext::with([(1, 0.07), (2, 1.1), (3, 2.3)].map(document).to_vec()).await;
    // Compares the text, as parsing may round.
    let body = context.search("찾음").await.body;
    for value in ["7.000000000000001", "110.00000000000001", "229.99999999999997"] {
        let rows = body.matches(&format!("\"popularity\":{value},")).count();
        assert_eq!(rows, 2, "{value}: {body}");
    }
}

#[actix_web::test]
async fn outliers_count_only_in_newest_lists_and_the_popularity_line() {
    let documents = vec![
        video(1, 1, 12, 0).popularity(6.75).views_growth(1).tags(&["찾음", "below"]).document(),
        video(2, 1, 11, 0).popularity(7.0).views_growth(2).tags(&["찾음", "seven"]).document(),
        video(3, 1, 10, 0).popularity(7.25).views_growth(3).tags(&["찾음", "above"]).document(),
        video(4, 1, 9, 0).popularity(None).views_growth(4).tags(&["찾음", "unknown"]).document(),
    ];
    let context = TestContext::with(documents).await;
    let body = context.search_json("찾음").await;
    assert_eq!((video_ids(&body, 0), video_ids(&body, 1)), (vec![1], vec![1]));
    assert_eq!(popular(&body), ["찾음 1", "below 1"]);
    assert_eq!(recent(&body), ["찾음 4", "below 1", "seven 1", "above 1", "unknown 1"]);
    assert_eq!(word_map(&body), ["below 1", "seven 1", "above 1", "unknown 1"]);
    let expected = json!([
        {"type": "영상화 추이", "data": [{"date": "<today-1>", "value": 1}]},
        {"type": "인기도 추이", "data": [{"date": "<today-1>", "value": 700.0}]},
    ]);
    assert_eq!(redact_volatile(&body["lines"].to_string()), expected.to_string());
}

#[actix_web::test]
async fn videos_with_equal_values_are_ordered_by_idx() {
    let document = |idx| video(idx, 1, 12, 0).views_growth(5).tags(&["찾음"]).document();
    let context = TestContext::with([3, 9, 1, 7].map(document).to_vec()).await;
    let body = context.search_json("찾음").await;
    assert_eq!((video_ids(&body, 0), video_ids(&body, 1)), (vec![1, 3, 7, 9], vec![1, 3, 7, 9]));
}
