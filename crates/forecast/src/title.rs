//! Features of a title.

use unicode_normalization::UnicodeNormalization;

/// The number of features of a title.
pub const TITLE_FEATURES: usize = 18;

/// The maximum of the length feature: YouTube allows 100 characters.
const MAX_LENGTH: f64 = 2.0;
/// Punctuation: 1 if the title has one of the characters.
const MARKS: [&str; 7] = ["[]【】〔〕", "()", "'\"‘’“”", "!", "?", "#", "|｜"];
/// Words: 1 if the title has one of them.
const WORDS: [&[&str]; 4] = [
    &["EP", "회", "화", "편"],
    &["M/V", "MV", "Official"],
    &["라이브", "LIVE", "Live"],
    &["#shorts", "쇼츠"],
];

/// Computes the features of a title: the shares of Hangul and of Latin letters among its visible
/// characters, the share of capitals among the letters, and the length in units of 50 characters;
/// then 1 or 0 for brackets, parentheses, quotes, `!`, `?`, `#`, a bar, digits, an ellipsis, emoji,
/// and words of episodes, music videos, live streams and Shorts. Titles are normalized to NFC
/// first.
pub fn title_features(title: &str) -> [f64; TITLE_FEATURES] {
    let title: String = title.nfc().collect();
    let title = title.as_str();
    let visible = count(title, |character| !character.is_whitespace()).max(1.0);
    let latin = count(title, |character| character.is_ascii_alphabetic());
    let capitals = count(title, |character| character.is_ascii_uppercase());
    let emoji = |character: char| ('\u{1f300}'..='\u{1faff}').contains(&character);
    let mut features = [0.0; TITLE_FEATURES];
    features[0] = count(title, |character| ('가'..='힣').contains(&character)) / visible;
    features[1] = latin / visible;
    features[2] = capitals / latin.max(1.0);
    features[3] = (count(title, |_| true) / 50.0).min(MAX_LENGTH);
    let flags = MARKS
        .iter()
        .map(|marks| title.contains(|character| marks.contains(character)))
        .chain([
            title.contains(|character: char| character.is_ascii_digit()),
            title.contains("..") || title.contains('…'),
            title.contains(emoji),
        ])
        .chain(WORDS.iter().map(|words| words.iter().any(|word| title.contains(word))));
    for (feature, flag) in features[4..].iter_mut().zip(flags) {
        *feature = f64::from(u8::from(flag));
    }
    features
}

#[expect(clippy::cast_precision_loss, reason = "titles are short")]
fn count(title: &str, is_counted: impl Fn(char) -> bool) -> f64 {
    title.chars().filter(|character| is_counted(*character)).count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_features_describe_length_and_punctuation() {
        let features = title_features("[MV] 봄날 2편!");
        let expected = [3.0 / 9.0, 2.0 / 9.0, 1.0, 11.0 / 50.0];
        assert_eq!(features[..4], expected);
        let flags = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0];
        assert_eq!(features[4..], flags);
        let composed = title_features("봄날 É");
        let decomposed =
            title_features("\u{1107}\u{1169}\u{11b7}\u{1102}\u{1161}\u{11af} E\u{301}");
        assert!(composed.iter().eq(&decomposed), "{composed:?} {decomposed:?}");
        assert!(title_features("").iter().all(|feature| *feature == 0.0));
    }
}
