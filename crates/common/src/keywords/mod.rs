//! Rules of keywords: normalization, validation and counting.

mod count;
pub(crate) mod keyboard;
mod normalize;

pub use count::{KeywordCount, count_keywords, count_merged_keywords};
pub use normalize::{compose, keyword_key, normalize_keyword};

/// Length of the window from which keyword scores are computed, in days.
pub const SCORE_WINDOW_DAYS: i32 = 28;

/// The maximum length of a tag in characters.
const MAX_CHARS: usize = 100;

/// Returns an error message if the keyword is longer than any tag.
pub fn validate_keyword(keyword: &str) -> Result<(), &'static str> {
    // Decomposed, a Hangul syllable is two or three characters.
    let length = compose(keyword).chars().count();
    if length > MAX_CHARS {
        return Err("Ensure this field has no more than 100 characters.");
    }
    Ok(())
}

/// The [`keyword_key`] of a keyword. Returns an error message if the keyword is longer than any tag,
/// or if its key is empty.
pub fn parse_keyword_key(keyword: &str) -> Result<String, &'static str> {
    validate_keyword(keyword)?;
    let key = keyword_key(keyword);
    if key.is_empty() { Err("This is not a keyword.") } else { Ok(key) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn keyword_length_is_counted_in_composed_characters() {
        let longest = "먹".repeat(100);
        assert_eq!(validate_keyword(&longest), Ok(()));
        assert_eq!(validate_keyword(&longest.nfd().collect::<String>()), Ok(()));
        assert!(validate_keyword(&"a".repeat(101)).is_err());
    }
}
