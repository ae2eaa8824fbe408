//! Which videos a keyword finds.

use crate::fixture::TestContext;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use test_support::{VideoBuilder, video};
use unicode_normalization::UnicodeNormalization;

/// One video for each of these keywords.
const KEYWORDS: [&str; 12] = [
    "먹방",
    "라면먹방",
    "해외축구중계방송",
    "롤 하이라이트",
    "롤",
    "하이라이트 롤",
    "JYP",
    "BTS",
    "yt:cc=on",
    "🔥",
    "the",
    "브이로그",
];

fn videos() -> Vec<VideoBuilder> {
    let tagged = |(idx, tag): (i32, &&str)| video(idx, 1, 9, 0).tags(&[tag]);
    (1..).zip(&KEYWORDS).map(tagged).collect()
}

/// The keywords of the videos that `keyword` finds.
async fn found(context: &TestContext, keyword: &str) -> Vec<String> {
    let keyword = utf8_percent_encode(keyword, NON_ALPHANUMERIC);
    let path = format!("/api/channel_analyze/keyword_data/?search=영상화&keyword={keyword}");
    let body = context.service.get(&path).await.json();
    let words = body["keyword"][0]["wordmap"]["children"].as_array().cloned();
    let mut names: Vec<String> = words
        .unwrap_or_default()
        .iter()
        .filter_map(|word| word["name"].as_str().map(str::to_owned))
        .collect();
    names.sort();
    names
}

#[actix_web::test]
async fn a_keyword_finds_what_holds_all_its_words_side_by_side() {
    let context = TestContext::with(videos()).await;
    assert_eq!(found(&context, "먹방").await, ["라면먹방", "먹방"]);
    assert_eq!(found(&context, "롤 하이라이트").await, ["롤 하이라이트"]);
    assert_eq!(found(&context, "브이로그").await, ["브이로그"]);
    assert_eq!(found(&context, "없는말").await, Vec::<String>::new());
}

#[actix_web::test]
async fn the_words_must_stand_in_one_keyword() {
    let apart = video(1, 1, 9, 0).tags(&["롤", "하이라이트"]);
    let context = TestContext::with(vec![apart]).await;
    assert_eq!(found(&context, "롤 하이라이트").await, Vec::<String>::new());
}

#[actix_web::test]
async fn what_the_analyser_drops_is_found_by_equality() {
    let context = TestContext::with(videos()).await;
    assert_eq!(found(&context, "🔥").await, ["🔥"]);
    assert_eq!(found(&context, "the").await, ["the"]);
    assert_eq!(found(&context, "yt:cc=on").await, ["yt:cc=on"]);
}

#[actix_web::test]
async fn case_width_and_composition_make_no_difference() {
    let context = TestContext::with(videos()).await;
    assert_eq!(found(&context, "bts").await, ["BTS"]);
    assert_eq!(found(&context, "ｊｙｐ").await, ["JYP"]);
    let decomposed: String = "브이로그".nfd().collect();
    assert_eq!(found(&context, &decomposed).await, ["브이로그"]);
    assert_eq!(found(&context, " 롤\u{3000}하이라이트 ").await, ["롤 하이라이트"]);
}
