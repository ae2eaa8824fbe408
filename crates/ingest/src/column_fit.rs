//! Texts that fit the lengths of their columns.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Maximum length of a video title in characters.
pub const MAX_TITLE: usize = 500;
/// Maximum length of a video description in characters.
pub const MAX_DESCRIPTION: usize = 5000;
/// Maximum length of a channel name in characters.
pub const MAX_CHANNEL_NAME: usize = 100;
/// Maximum length of a channel description in characters.
pub const MAX_CHANNEL_DESCRIPTION: usize = 3000;
/// Maximum length of a tag in characters.
pub const MAX_TAG: usize = 100;
/// Maximum length of a URL in characters.
pub const MAX_URL: usize = 200;
/// Maximum length of an id of a channel in characters.
pub const MAX_CHANNEL_ID: usize = 200;
/// Maximum length of a language tag in bytes.
pub const MAX_LANGUAGE: usize = 35;

/// Truncates texts to the lengths of their columns.
#[derive(Debug, Default)]
pub struct ColumnFit {
    has_truncated: bool,
}

impl ColumnFit {
    /// The first `max_length` characters of `text` in NFC, without NUL, which PostgreSQL cannot store.
    pub fn text(&mut self, text: &str, max_length: usize) -> String {
        let text = to_nfc(text);
        let (text, is_truncated) = truncate(&text, max_length);
        self.has_truncated |= is_truncated;
        text.replace('\0', "")
    }

    /// The first `max_length` characters of `text` on one line, without white space around it.
    pub fn line(&mut self, text: &str, max_length: usize) -> String {
        let line = text.replace(['\r', '\n'], " ");
        self.text(line.trim(), max_length)
    }

    /// Whether a text was truncated.
    pub fn has_truncated(&self) -> bool {
        self.has_truncated
    }
}

/// The first `max_length` characters of `text`, and whether it was truncated.
pub fn truncate(text: &str, max_length: usize) -> (&str, bool) {
    match text.char_indices().nth(max_length) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

/// The text in NFC: a decomposed Hangul syllable becomes one character, as searches have it.
pub fn to_nfc(text: &str) -> Cow<'_, str> {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

/// Whether a URL fits its column: a truncated URL would be useless.
pub fn is_url_short_enough(url: &str) -> bool {
    url.chars().count() <= MAX_URL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_truncated_at_a_character() {
        let mut fit = ColumnFit::default();
        assert_eq!(fit.line("먹방\n라면 ", 5), "먹방 라면");
        assert!(!fit.has_truncated());
        assert_eq!(fit.text("먹방 라면", 4), "먹방 라");
        assert!(fit.has_truncated());
    }

    #[test]
    fn decomposed_syllables_are_composed_before_they_are_counted() {
        let mut fit = ColumnFit::default();
        assert_eq!(fit.line("\u{1106}\u{1165}\u{11a8}\u{1107}\u{1161}\u{11bc}", 2), "먹방");
        assert!(!fit.has_truncated());
    }

    #[test]
    fn nul_is_removed() {
        assert_eq!(ColumnFit::default().text("a\0b", 5), "ab");
    }
}
