//! Which videos a keyword finds: what comes back holds it, and what holds it comes back.

use crate::fixture::{TestContext, videos};
use std::collections::BTreeSet;
use test_support::video;
use unicode_normalization::UnicodeNormalization;

/// A hundred characters, the longest keyword there is.
const LONG: &str = "오늘 하루 종일 아무것도 안 하고 누워서 보기 좋은 조용한 시골집 마당 고양이 밥 주는 소리와 \
                    빗소리가 함께 들리는 잔잔한 겨울밤 공부할 때 듣는 음악 없는 영상 모음집 제 17편";

/// The tags of each video, of which the first is number 1.
fn tags() -> Vec<Vec<String>> {
    let nearly_long: String = LONG.chars().take(99).collect();
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
        &[LONG],
        &[&nearly_long],
        &[],
    ];
    let owned = |tags: &&[&str]| tags.iter().map(ToString::to_string).collect();
    table.iter().map(owned).collect()
}

/// Of up to ten videos all are shown: the slower one grows, the more popular it is.
async fn context(tags: &[Vec<String>]) -> TestContext {
    let one = |(idx, tags): (i32, &Vec<String>)| {
        let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
        let video = video(idx, 1, 12, 0).popularity(f64::from(idx) / 10.0).tags(&tags);
        video.views_growth(i64::from(100 - idx)).document()
    };
    TestContext::with((1..).zip(tags).map(one).collect()).await
}

/// Whether a tag, composed and in lower case, holds what is searched for.
type Holds = fn(&str) -> bool;

fn is_word(tag: &str, word: &str) -> bool {
    tag.split(' ').any(|part| part == word)
}

/// What is searched for in several spellings, and which tags hold it.
fn cases() -> Vec<(Vec<String>, Holds)> {
    let spelt = |spellings: &[&str]| spellings.iter().map(ToString::to_string).collect();
    vec![
        (spelt(&["먹방", &"먹방".nfd().to_string()]), |tag| tag.contains("먹방")),
        (spelt(&["브이로그", &"브이로그".nfd().to_string()]), |tag| {
            tag.contains("브이로그")
        }),
        (spelt(&["롤 하이라이트", " 롤\u{3000}하이라이트 "]), |tag| {
            tag.contains("롤 하이라이트")
        }),
        (spelt(&["방송"]), |tag| tag.contains("방송")),
        (spelt(&["JYP", "jyp", "Jyp", "ＪＹＰ"]), |tag| is_word(tag, "jyp")),
        (spelt(&["BTS", "bts", "ｂｔｓ"]), |tag| is_word(tag, "bts")),
        (spelt(&["yt:cc=on", "YT:CC=ON", "yt：cc＝on"]), |tag| tag == "yt:cc=on"),
        (spelt(&["🔥"]), |tag| is_word(tag, "🔥")),
        (spelt(&[LONG, &LONG.replace(' ', "\u{3000}")]), |tag| tag == LONG),
    ]
}

#[actix_web::test]
async fn a_keyword_finds_the_videos_that_hold_it_and_no_others() {
    assert_eq!(LONG.chars().count(), 100);
    let tags = tags();
    let context = context(&tags).await;
    for (spellings, holds) in cases() {
        let plain = |tag: &String| tag.nfkc().collect::<String>().to_lowercase();
        let one_holds = |tags: &Vec<String>| tags.iter().any(|tag| holds(&plain(tag)));
        let expected: BTreeSet<i64> =
            (1..).zip(&tags).filter(|(_, tags)| one_holds(tags)).map(|(idx, _)| idx).collect();
        assert!((1..=10).contains(&expected.len()), "{spellings:?}: {expected:?}");
        for search in spellings {
            let body = context.find(&search).await;
            let found: BTreeSet<i64> =
                videos(&body, 0).into_iter().chain(videos(&body, 1)).collect();
            assert_eq!(found, expected, "{search}");
        }
    }
}

#[actix_web::test]
async fn what_no_tag_holds_finds_nothing() {
    let context = context(&tags()).await;
    for search in ["없는말", "하이라이트 롤 모음", "🎮🔥", "'\"\\*?", "%_", "the"] {
        let body = context.find(search).await;
        assert_eq!((videos(&body, 0), videos(&body, 1)), (vec![], vec![]), "{search}");
    }
}
