//! Matching of keywords: precision and recall over a table of tags.

use crate::fixture::{TestContext, video_ids};
use common::keywords::normalize_keyword;
use std::collections::BTreeSet;
use test_support::video;
use unicode_normalization::UnicodeNormalization;

/// 100 characters, the maximum.
const LONGEST: &str = "오늘 하루 종일 아무것도 안 하고 누워서 보기 좋은 조용한 시골집 마당 고양이 밥 주는 소리와 \
                    빗소리가 함께 들리는 잔잔한 겨울밤 공부할 때 듣는 음악 없는 영상 모음집 제 17편";

/// The tags of each video, ordered by `idx` from 1.
fn tags() -> Vec<Vec<String>> {
    let truncated: String = LONGEST.chars().take(99).collect();
    let decomposed: String = "직장인 브이로그".nfd().collect();
    let table: &[&[&str]] = &[
        &["먹방", "라면"],
        &["라면먹방"],
        &["혼자서", "먹방 브이로그"],
        &["해외축구중계방송"],
        &["방송", "먹거리"],
        &["일상브이로그"],
        &["블로그"],
        &[&decomposed],
        &["롤 하이라이트"],
        &["롤", "하이라이트"],
        &["하이라이트 롤"],
        &["LCK 롤 하이라이트 모음"],
        &["롤 명장면 하이라이트"],
        &["JYP"],
        &["트와이스", "jyp 엔터"],
        &["JYPE"],
        &["BTS"],
        &["bts 직캠"],
        &["ＢＴＳ"],
        &["BTSARMY"],
        &["yt:cc=on", "자막"],
        &["yt:quality=high", "cc"],
        &["🔥"],
        &["매운 먹방 🔥"],
        &["🎮"],
        &["C++"],
        &["c언어", "c++ 강의"],
        &["C"],
        &["Ｃ＃"],
        &["#c#", "유니티"],
        &["coração"],
        &["44사이즈비키니"],
        &["100%"],
        &["a_b"],
        &["½ 컵"],
        &[LONGEST],
        &[&truncated],
        &[],
    ];
    let to_owned = |tags: &&[&str]| tags.iter().map(ToString::to_string).collect();
    table.iter().map(to_owned).collect()
}

/// Growth decreases and popularity increases with `idx`, so that the two lists together contain up
/// to ten matches.
async fn context(tags: &[Vec<String>]) -> TestContext {
    let document = |(idx, tags): (i32, &Vec<String>)| {
        let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
        let video = video(idx, 1, 12, 0).popularity(f64::from(idx) / 10.0).tags(&tags);
        video.views_growth(i64::from(100 - idx)).document()
    };
    TestContext::with((1..).zip(tags).map(document).collect()).await
}

/// Whether a normalized tag matches.
type Matches = fn(&str) -> bool;

fn contains_word(tag: &str, word: &str) -> bool {
    tag.split(' ').any(|part| part == word)
}

/// Equivalent searches, and which tags match them.
fn cases() -> Vec<(Vec<String>, Matches)> {
    let searches = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    vec![
        (searches(&["먹방", &"먹방".nfd().to_string()]), |tag| tag.contains("먹방")),
        (searches(&["브이로그", &"브이로그".nfd().to_string()]), |tag| {
            tag.contains("브이로그")
        }),
        (searches(&["롤 하이라이트", " 롤\u{3000}하이라이트 "]), |tag| {
            tag.contains("롤 하이라이트")
        }),
        (searches(&["방송"]), |tag| tag.contains("방송")),
        (searches(&["JYP", "jyp", "Jyp", "ＪＹＰ"]), |tag| contains_word(tag, "jyp")),
        (searches(&["BTS", "bts", "ｂｔｓ"]), |tag| contains_word(tag, "bts")),
        (searches(&["yt:cc=on", "YT:CC=ON", "yt：cc＝on"]), |tag| tag == "yt:cc=on"),
        (searches(&["C++", "c++", "Ｃ＋＋"]), |tag| tag.starts_with("cplusplus")),
        (searches(&["C#", "c#"]), |tag| tag.contains("csharp")),
        (searches(&["C"]), |tag| tag == "c" || tag == "c언어"),
        (searches(&["coracao", "Coração"]), |tag| tag == "coracao"),
        (searches(&["비키니"]), |tag| tag.contains("비키니")),
        (searches(&["½"]), |tag| tag.contains('½')),
        (searches(&["🔥"]), |tag| contains_word(tag, "🔥")),
        (searches(&[LONGEST, &LONGEST.replace(' ', "\u{3000}")]), |tag| tag == LONGEST),
    ]
}

#[actix_web::test]
async fn keyword_matches_exactly_the_videos_with_its_phrase() {
    assert_eq!(LONGEST.chars().count(), 100);
    let tags = tags();
    let context = context(&tags).await;
    for (searches, matches) in cases() {
        let any_matches =
            |tags: &Vec<String>| tags.iter().any(|tag| matches(&normalize_keyword(tag)));
        let expected: BTreeSet<i64> =
            (1..).zip(&tags).filter(|(_, tags)| any_matches(tags)).map(|(idx, _)| idx).collect();
        assert!((1..=10).contains(&expected.len()), "{searches:?}: {expected:?}");
        for search in searches {
            let body = context.search_json(&search).await;
            let found: BTreeSet<i64> =
                video_ids(&body, 0).into_iter().chain(video_ids(&body, 1)).collect();
            assert_eq!(found, expected, "{search}");
        }
    }
}

#[actix_web::test]
async fn keyword_without_matching_tags_returns_no_videos() {
    let context = context(&tags()).await;
    for search in
        ["없는말", "하이라이트 롤 모음", "🎮🔥", "'\"\\*?", "%_", "%", "_", "\\", "1", "the"]
    {
        let body = context.search_json(search).await;
        assert_eq!((video_ids(&body, 0), video_ids(&body, 1)), (vec![], vec![]), "{search}");
    }
}
