//! The forms of a keyword in which spellings make no difference.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The form in which keywords are compared, at indexing and at query time alike: the
/// composed form in lower case.
pub fn normalise(keyword: &str) -> String {
    // Lower case may need composing again, as for `İ`.
    compose(&compose(keyword).to_lowercase())
}

/// A keyword letter by letter, however it is spelt.
///
/// Compatibility composition (NFKC: decomposed Hangul is composed, full-width letters
/// become plain) and single spaces. Upper and lower case stay.
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
        assert_eq!(normalise(&decomposed), "먹방");
        assert_eq!(normalise("ＢＴＳ"), "bts");
        assert_eq!(normalise(" 롤\u{3000} 하이라이트 "), "롤 하이라이트");
        assert_eq!(normalise("yt:cc=on"), "yt:cc=on");
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
            let once = normalise(&keyword);
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
