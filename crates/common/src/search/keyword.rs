//! The normal form of a keyword.

use unicode_normalization::UnicodeNormalization;

/// The form in which keywords are compared, at indexing and at query time alike.
///
/// Compatibility composition (NFKC: decomposed Hangul is composed, full-width letters
/// become plain), lower case, and single spaces.
pub fn normalise(keyword: &str) -> String {
    let composed: String = keyword.nfkc().collect();
    // Lower case may need composing again, as for `İ`.
    let lower: String = composed.to_lowercase().nfkc().collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
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

    proptest! {
        #[test]
        fn a_normal_form_is_its_own_normal_form(keyword in "\\PC{0,100}") {
            let once = normalise(&keyword);
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
