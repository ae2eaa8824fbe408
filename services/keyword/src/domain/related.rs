//! Time windows and counting of related keywords; no I/O.

use chrono::{DateTime, Utc};
use common::{
    keywords::{KeywordCount, compose, count_keywords},
    search::Tags,
    time::days_ago,
};

/// Number of the newest videos whose keywords form the word map.
const WORD_MAP_SAMPLE: usize = 100;
const MAX_WORDS: usize = 7;
const MAX_KEYWORDS: usize = 10;

/// Start of the upload window of each part of a response, at midnight in Seoul; all end at `now`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Windows {
    pub now: DateTime<Utc>,
    /// Window of the videos, the word map and the keyword lists.
    pub videos: DateTime<Utc>,
    pub line: DateTime<Utc>,
}

impl Windows {
    pub(crate) fn new(now: DateTime<Utc>) -> Self {
        Self { now, videos: days_ago(now, 14), line: days_ago(now, 8) }
    }
}

/// Keyword counts of the videos with a searched keyword.
#[derive(Debug)]
pub(crate) struct RelatedKeywords {
    /// Keywords of the newest videos without the searched one.
    pub word_map: Vec<KeywordCount>,
    /// 인기: keywords of the most popular videos.
    pub popular: Vec<KeywordCount>,
    /// 영상화: keywords of the newest videos.
    pub recent: Vec<KeywordCount>,
}

impl RelatedKeywords {
    /// Counts the tags of `popular` videos, most popular first, and of the `newest` videos, newest
    /// first.
    pub(crate) fn count(searched: &str, popular: &[Tags], newest: &[Tags]) -> Self {
        let tags = || newest.iter().map(Tags::keywords);
        let word_map_tags = tags().take(WORD_MAP_SAMPLE);
        Self {
            word_map: count_keywords(word_map_tags, differs_from(searched), MAX_WORDS),
            popular: count_keywords(popular.iter().map(Tags::keywords), |_| true, MAX_KEYWORDS),
            recent: count_keywords(tags(), |_| true, MAX_KEYWORDS),
        }
    }
}

/// Whether a keyword differs from `searched`, compared after [`compose`] and case-sensitively, as
/// keywords are counted: clients may send decomposed Hangul or full-width letters.
fn differs_from(searched: &str) -> impl Fn(&str) -> bool {
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

    /// Converts ASCII to full-width characters.
    fn full_width(text: &str) -> String {
        let letter = |letter: char| match letter {
            '!'..='~' => char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter),
            _ => letter,
        };
        text.chars().map(letter).collect()
    }

    #[test]
    fn windows_start_at_midnight_in_seoul() {
        let time = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let windows = Windows::new(time("2026-11-21T15:00:00Z"));
        assert_eq!(windows.videos, time("2026-11-07T15:00:00Z"));
        assert_eq!(windows.line, time("2026-11-13T15:00:00Z"));
    }

    #[test]
    fn keyword_in_other_case_differs_and_in_other_composition_does_not() {
        let differs = differs_from("BTS 직캠");
        assert!(differs("bts 직캠") && differs("BTS") && differs("BTS직캠"));
        assert!(
            !differs("BTS 직캠") && !differs(" ＢＴＳ\u{3000}직캠") && !differs(&nfd("BTS 직캠"))
        );
    }

    proptest! {
        #[test]
        fn keyword_in_any_composition_does_not_differ(keyword in "[ -~가-힣]{1,30}") {
            for variant in [nfd(&keyword), full_width(&keyword), format!("\u{3000}{keyword}  ")] {
                prop_assert!(!differs_from(&keyword)(&variant), "{:?}", variant);
                prop_assert!(!differs_from(&variant)(&keyword), "{:?}", variant);
            }
        }

        #[test]
        fn keywords_differ_if_and_only_if_their_words_do(
            one in "[aA가나 ]{1,4}",
            two in "[aA가나 ]{1,4}",
        ) {
            let words = |text: &str| text.split_whitespace().map(nfd).collect::<Vec<_>>();
            prop_assert_eq!(differs_from(&one)(&two), words(&one) != words(&two));
        }
    }
}
