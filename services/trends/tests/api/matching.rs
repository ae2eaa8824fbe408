//! Matching of keywords.

use crate::fixture::TestContext;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use test_support::{VideoBuilder, video};
use unicode_normalization::UnicodeNormalization;

/// Tags of the sample videos, one each.
const TAGS: [&str; 12] = [
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
    (1..).zip(&TAGS).map(tagged).collect()
}

/// The tags that match `keyword`, sorted.
async fn matching_tags(context: &TestContext, keyword: &str) -> Vec<String> {
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
async fn keyword_matches_tags_with_all_its_tokens_as_a_phrase() {
    let context = TestContext::with(videos()).await;
    assert_eq!(matching_tags(&context, "먹방").await, ["라면먹방", "먹방"]);
    assert_eq!(matching_tags(&context, "롤 하이라이트").await, ["롤 하이라이트"]);
    assert_eq!(matching_tags(&context, "브이로그").await, ["브이로그"]);
    assert_eq!(matching_tags(&context, "없는말").await, Vec::<String>::new());
}

#[actix_web::test]
async fn tokens_in_different_tags_do_not_match() {
    let separate = video(1, 1, 9, 0).tags(&["롤", "하이라이트"]);
    let context = TestContext::with(vec![separate]).await;
    assert_eq!(matching_tags(&context, "롤 하이라이트").await, Vec::<String>::new());
}

#[actix_web::test]
async fn keyword_without_tokens_matches_equal_tags() {
    let context = TestContext::with(videos()).await;
    assert_eq!(matching_tags(&context, "🔥").await, ["🔥"]);
    assert_eq!(matching_tags(&context, "the").await, ["the"]);
    assert_eq!(matching_tags(&context, "yt:cc=on").await, ["yt:cc=on"]);
}

#[actix_web::test]
async fn keyword_matches_regardless_of_case_width_and_composition() {
    let context = TestContext::with(videos()).await;
    assert_eq!(matching_tags(&context, "bts").await, ["BTS"]);
    assert_eq!(matching_tags(&context, "ｊｙｐ").await, ["JYP"]);
    let decomposed: String = "브이로그".nfd().collect();
    assert_eq!(matching_tags(&context, &decomposed).await, ["브이로그"]);
    assert_eq!(matching_tags(&context, " 롤\u{3000}하이라이트 ").await, ["롤 하이라이트"]);
}
