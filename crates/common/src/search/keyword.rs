//! Unicode normalization of keywords.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Normalizes a keyword for comparison, at index and query time: composed and lower case.
pub fn normalize_keyword(keyword: &str) -> String {
    // The lower case of a composed text is not always composed, for example of `İ`.
    compose(&compose(keyword).to_lowercase())
}

/// Composes a keyword (NFKC: decomposed Hangul is composed, full-width letters become ASCII) and
/// collapses white space. Case is unchanged.
pub fn compose(keyword: &str) -> String {
    let composed: Cow<'_, str> = match is_nfkc_quick(keyword.chars()) {
        IsNormalized::Yes => keyword.into(),
        IsNormalized::No | IsNormalized::Maybe => keyword.nfkc().collect(),
    };
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn keywords_that_differ_in_width_case_or_composition_are_normalized_equally() {
        let decomposed: String = "먹방".nfd().collect();
        assert_ne!(decomposed, "먹방");
        assert_eq!(normalize_keyword(&decomposed), "먹방");
        assert_eq!(normalize_keyword("ＢＴＳ"), "bts");
        assert_eq!(normalize_keyword(" 롤\u{3000} 하이라이트 "), "롤 하이라이트");
        assert_eq!(normalize_keyword("yt:cc=on"), "yt:cc=on");
    }

    #[test]
    fn compose_preserves_case() {
        assert_eq!(compose(" ＢＴＳ\u{3000} Lol\n"), "BTS Lol");
        assert_eq!(compose("먹방".nfd().collect::<String>().as_str()), "먹방");
    }

    proptest! {
        #[test]
        fn compose_is_idempotent(keyword in "\\PC{0,100}") {
            let once = compose(&keyword);
            prop_assert_eq!(compose(&once), once);
        }

        #[test]
        fn normalize_keyword_is_idempotent(keyword in "\\PC{0,100}") {
            let once = normalize_keyword(&keyword);
            prop_assert_eq!(normalize_keyword(&once), once);
        }
    }
}
