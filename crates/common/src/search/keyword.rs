//! Unicode normalization of keywords.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The form in which keywords are compared, at index and query time: composed, lower case.
pub fn normalize_keyword(keyword: &str) -> String {
    // Lower case may need composing again, as for `İ`.
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
    fn width_case_and_composition_make_no_difference() {
        let decomposed: String = "먹방".nfd().collect();
        assert_ne!(decomposed, "먹방");
        assert_eq!(normalize_keyword(&decomposed), "먹방");
        assert_eq!(normalize_keyword("ＢＴＳ"), "bts");
        assert_eq!(normalize_keyword(" 롤\u{3000} 하이라이트 "), "롤 하이라이트");
        assert_eq!(normalize_keyword("yt:cc=on"), "yt:cc=on");
    }

    #[test]
    fn a_composed_form_keeps_its_case() {
        assert_eq!(compose(" ＢＴＳ\u{3000} Lol\n"), "BTS Lol");
        assert_eq!(compose("먹방".nfd().collect::<String>().as_str()), "먹방");
    }

    proptest! {
        #[test]
        fn a_composed_form_is_its_own_composed_form(keyword in "\\PC{0,100}") {
            let once = compose(&keyword);
            prop_assert_eq!(compose(&once), once);
        }

        #[test]
        fn a_normal_form_is_its_own_normal_form(keyword in "\\PC{0,100}") {
            let once = normalize_keyword(&keyword);
            prop_assert_eq!(normalize_keyword(&once), once);
        }
    }
}
