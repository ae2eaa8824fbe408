//! Counting of keywords.

use crate::fixture::{TestContext, popular, recent, word_map};
use chrono::TimeDelta;
use common::search::VideoDocument;
use test_support::{VideoBuilder, seoul_time_ago, video};
use unicode_normalization::UnicodeNormalization;

/// `count` videos with the tag `searched` and with `tags`. Age and popularity increase with the
/// number.
fn numbered_videos(count: i32, tags: impl Fn(i32) -> Vec<&'static str>) -> Vec<VideoDocument> {
    let document = |number: i32| {
        VideoBuilder::new(number, seoul_time_ago(1, 12, 0) - TimeDelta::seconds(number.into()))
            .popularity(1.0 + f64::from(number) / 1000.0)
            .tags(&[vec!["searched"], tags(number)].concat())
            .document()
    };
    (0..count).map(document).collect()
}

#[actix_web::test]
async fn keywords_with_equal_counts_are_ordered_by_first_appearance() {
    let videos = vec![
        video(1, 1, 12, 0).popularity(1.0).tags(&["찾음", "나", "가"]).document(),
        video(2, 1, 11, 0).popularity(2.0).tags(&["다", "찾음", "가"]).document(),
        video(3, 1, 10, 0).popularity(3.0).tags(&["찾음", "라", "나"]).document(),
    ];
    let context = TestContext::with(videos).await;
    let body = context.search_json("찾음").await;
    assert_eq!(word_map(&body), ["나 2", "가 2", "다 1", "라 1"]);
    assert_eq!(recent(&body), ["찾음 3", "나 2", "가 2", "다 1", "라 1"]);
    assert_eq!(popular(&body), ["찾음 3", "나 2", "가 2", "라 1", "다 1"]);
}

#[actix_web::test]
async fn repeated_keyword_of_a_video_counts_once_and_case_sensitively() {
    let videos = vec![
        video(1, 1, 12, 0).tags(&["찾음", "lol", "lol", "LOL"]).document(),
        video(2, 1, 11, 0).tags(&["찾음", "LOL"]).document(),
    ];
    let context = TestContext::with(videos).await;
    let body = context.search_json("찾음").await;
    assert_eq!(word_map(&body), ["LOL 2", "lol 1"]);
}

#[actix_web::test]
async fn word_map_excludes_the_searched_keyword_in_any_composition() {
    let decomposed: String = "직캠".nfd().collect();
    let tags = ["BTS 직캠", "ＢＴＳ 직캠", &format!("BTS  {decomposed}"), "bts 직캠", "BTS"];
    let context = TestContext::with(vec![video(1, 1, 12, 0).tags(&tags).document()]).await;
    for search in ["BTS 직캠", "ＢＴＳ\u{3000}직캠", &format!(" BTS {decomposed} ")] {
        let body = context.search_json(search).await;
        assert_eq!(word_map(&body), ["bts 직캠 1", "BTS 1"], "{search}");
        let all: Vec<String> = tags.iter().map(|tag| format!("{tag} 1")).collect();
        assert_eq!((popular(&body), recent(&body)), (all.clone(), all), "{search}");
    }
    let lower = word_map(&context.search_json("bts 직캠").await);
    assert_eq!(lower.len(), 4, "comparison is case-sensitive: {lower:?}");
}

#[actix_web::test]
async fn word_map_counts_100_and_recent_list_500_newest_videos() {
    let context = TestContext::with(numbered_videos(520, |number| match number {
        0..100 => vec!["first hundred"],
        100..500 => vec!["next four hundred"],
        _ => vec!["rest"],
    }))
    .await;
    let body = context.search_json("searched").await;
    assert_eq!(word_map(&body), ["first hundred 100"]);
    assert_eq!(recent(&body), ["searched 500", "next four hundred 400", "first hundred 100"]);
}

#[actix_web::test]
async fn popular_list_counts_100_most_popular_videos() {
    let tags = |number| if number < 20 { vec!["less"] } else { vec!["more"] };
    let context = TestContext::with(numbered_videos(120, tags)).await;
    assert_eq!(popular(&context.search_json("searched").await), ["searched 100", "more 100"]);
}

#[actix_web::test]
async fn word_map_has_seven_words_and_lists_ten_keywords() {
    let tags = ["a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11"];
    let tags = [&["찾음"], tags.as_slice()].concat();
    let context = TestContext::with(vec![video(1, 1, 12, 0).tags(&tags).document()]).await;
    let body = context.search_json("찾음").await;
    let all: Vec<String> = tags.iter().map(|tag| format!("{tag} 1")).collect();
    assert_eq!(word_map(&body), all[1..8]);
    assert_eq!((popular(&body), recent(&body)), (all[..10].to_vec(), all[..10].to_vec()));
    let colors: Vec<_> = body["wordmap"]["children"]
        .as_array()
        .expect("words")
        .iter()
        .filter_map(|word| word["color"].as_str())
        .collect();
    let expected = ["#f9bf69", "#f65a5a", "#508ddc", "#f9bf69", "#f65a5a", "#508ddc", "#508ddc"];
    assert_eq!(colors, expected);
}
