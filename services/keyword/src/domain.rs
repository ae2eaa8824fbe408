//! The rules of keyword search, free of I/O.

use chrono::{DateTime, Utc};
use common::{
    keywords::{KeywordCount, count_keywords},
    search::{Tags, compose},
    time::days_ago,
};

/// A word map is made of this many newest videos.
const WORD_MAP_SAMPLE: usize = 100;
/// How many words a word map has.
const WORDS: usize = 7;
/// How many keywords each list has.
const TOP: usize = 10;

/// From when on each part of an answer looks at uploads; all until `now`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Windows {
    pub now: DateTime<Utc>,
    /// The videos, the word map and the lists of keywords.
    pub fortnight: DateTime<Utc>,
    /// The lines.
    pub line: DateTime<Utc>,
}

impl Windows {
    /// Windows start at the beginning of a day in Seoul.
    pub(crate) fn new(now: DateTime<Utc>) -> Self {
        Self { now, fortnight: days_ago(now, 14), line: days_ago(now, 8) }
    }
}

/// The keywords of the videos that a searched keyword finds.
#[derive(Debug)]
pub(crate) struct Neighbours {
    /// Around the searched keyword, which is not among them.
    pub word_map: Vec<KeywordCount>,
    /// 인기: of the most popular videos.
    pub popular: Vec<KeywordCount>,
    /// 영상화: of the newest videos.
    pub made: Vec<KeywordCount>,
}

impl Neighbours {
    /// Counts the tags of the most popular and of the newest videos, which come in the
    /// order of their popularity and of their age.
    pub(crate) fn count(searched: &str, popular: &[Tags], newest: &[Tags]) -> Self {
        let tags = || newest.iter().map(Tags::keywords);
        let around = tags().take(WORD_MAP_SAMPLE);
        Self {
            word_map: count_keywords(around, other_than(searched), WORDS),
            popular: count_keywords(popular.iter().map(Tags::keywords), |_| true, TOP),
            made: count_keywords(tags(), |_| true, TOP),
        }
    }
}

/// Whether a keyword is another than `searched`.
///
/// Letter by letter, as keywords are counted: one that differs in case is another. Only
/// the spelling of the letters makes no difference, see [`compose`]: a phone may send
/// decomposed Hangul or full-width letters.
fn other_than(searched: &str) -> impl Fn(&str) -> bool {
    let searched = compose(searched);
    move |keyword| compose(keyword) != searched
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn nfd(text: &str) -> String {
        text.nfd().collect()
    }

    /// The same ASCII letters in full width.
    fn wide(text: &str) -> String {
        let letter = |letter: char| match letter {
            '!'..='~' => char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter),
            _ => letter,
        };
        text.chars().map(letter).collect()
    }

    #[test]
    fn windows_start_with_a_day_in_seoul() {
        let moment = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let windows = Windows::new(moment("2026-11-21T15:00:00Z"));
        assert_eq!(windows.fortnight, moment("2026-11-07T15:00:00Z"));
        assert_eq!(windows.line, moment("2026-11-13T15:00:00Z"));
    }

    #[test]
    fn another_case_is_another_keyword_and_another_spelling_is_not() {
        let other = other_than("BTS 직캠");
        assert!(other("bts 직캠") && other("BTS") && other("BTS직캠"));
        assert!(!other("BTS 직캠") && !other(" ＢＴＳ\u{3000}직캠") && !other(&nfd("BTS 직캠")));
    }

    proptest! {
        #[test]
        fn no_spelling_of_a_keyword_is_another(keyword in "[ -~가-힣]{1,30}") {
            for spelling in [nfd(&keyword), wide(&keyword), format!("\u{3000}{keyword}  ")] {
                prop_assert!(!other_than(&keyword)(&spelling), "{:?}", spelling);
                prop_assert!(!other_than(&spelling)(&keyword), "{:?}", spelling);
            }
        }

        #[test]
        fn a_keyword_is_the_same_where_its_words_are(
            one in "[aA가나 ]{1,4}",
            two in "[aA가나 ]{1,4}",
        ) {
            let words = |text: &str| text.split_whitespace().map(nfd).collect::<Vec<_>>();
            prop_assert_eq!(other_than(&one)(&two), words(&one) != words(&two));
        }
    }
}
