//! Unicode normalization of keywords.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Normalizes a keyword for comparison, at index and query time: composed, lower case, Latin letters
/// without diacritics, and signs spelled out that distinguish `c++` and `c#` from `c`, because the
/// tokenizer drops them.
pub fn normalize_keyword(keyword: &str) -> String {
    let lower = compose(keyword).to_lowercase();
    if lower.is_ascii() {
        return spell_out_signs(lower);
    }
    // The lower case of a composed text is not always composed, for example of `İ`. A sign can
    // follow a letter with a diacritic, and a combining mark a sign.
    let plain = spell_out_signs(compose(&remove_diacritics(&lower)));
    compose(&remove_diacritics(&plain))
}

/// Prefix of tags that are settings of YouTube.
const SETTING_PREFIX: &str = "yt:";

/// Maximum length of a [`keyword_key`] in characters: normalization can replace one character by 18.
const MAX_KEY_CHARS: usize = 200;

/// The same text for all spellings of a keyword that differ in case, width, composition, spaces or
/// format characters: [`normalize_keyword`] without white space and format characters. Empty if
/// nothing is left, and for settings of YouTube in the form of tags, such as `yt:cc=on`.
pub fn keyword_key(keyword: &str) -> String {
    let normalized = normalize_keyword(keyword);
    if normalized.starts_with(SETTING_PREFIX) {
        return String::new();
    }
    let letters = normalized
        .chars()
        .filter(|letter| !letter.is_whitespace() && !is_format_character(*letter));
    letters.take(MAX_KEY_CHARS).collect()
}

/// Whether the character is a control or format character, such as a zero-width space, a byte order
/// mark or a mark of direction, which pasted texts contain. Stored keys depend on this list: letters
/// and signs that are invisible by themselves, such as variation selectors, stay.
fn is_format_character(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
        )
}

/// Composes a keyword (NFKC: decomposed Hangul is composed, full-width letters become ASCII) and
/// collapses white space. Case is unchanged. Characters such as `½` and `²` are kept, because their
/// digits would be found by a search for a number.
pub fn compose(keyword: &str) -> String {
    let composed: Cow<'_, str> = match is_nfkc_quick(keyword.chars()) {
        IsNormalized::Yes => keyword.into(),
        IsNormalized::No | IsNormalized::Maybe => {
            let parts = keyword.split_inclusive(contains_digits);
            let compose_part = |part: &str| match part.char_indices().next_back() {
                Some((start, last)) if contains_digits(last) => {
                    part[..start].nfkc().chain([last]).collect::<String>()
                }
                _ => part.nfkc().collect(),
            };
            parts.map(compose_part).collect()
        }
    };
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether NFKC replaces the character by digits, although it is not a digit: `½`, `²`, `①`.
fn contains_digits(character: char) -> bool {
    !character.is_ascii()
        && character.is_numeric()
        && !matches!(character, '\u{ff10}'..='\u{ff19}' | '\u{1d7ce}'..='\u{1d7ff}')
        && character.nfkc().any(|part| part.is_ascii_digit())
}

/// Replaces `++` and `#` after a single letter: `c++17` becomes `cplusplus17`, `c# 강의` `csharp 강의`.
fn spell_out_signs(text: String) -> String {
    if !text.contains("++") && !text.contains('#') {
        return text;
    }
    let mut spelled = String::with_capacity(text.len());
    let is_word = |character: char| character.is_ascii_alphanumeric();
    let mut previous = ' ';
    let mut rest = text.as_str();
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        spelled.push(letter);
        if letter.is_ascii_lowercase() && !is_word(previous) {
            if let Some(after) = rest.strip_prefix("++") {
                spelled.push_str("plusplus");
                rest = after;
            } else if let Some(after) =
                rest.strip_prefix('#').filter(|rest| !rest.starts_with(is_word))
            {
                spelled.push_str("sharp");
                rest = after;
            }
        }
        previous = letter;
    }
    spelled
}

/// Removes the combining marks of Latin letters. In other scripts, they distinguish letters.
fn remove_diacritics(text: &str) -> String {
    let mut is_latin = false;
    let is_kept = |character: &char| {
        let is_mark = ('\u{300}'..='\u{36f}').contains(character);
        if !is_mark {
            is_latin = character.is_ascii_alphabetic();
        }
        !(is_mark && is_latin)
    };
    text.nfd().filter(is_kept).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn keywords_of_any_width_case_or_composition_normalize_equally() {
        let decomposed: String = "먹방".nfd().collect();
        assert_ne!(decomposed, "먹방");
        assert_eq!(normalize_keyword(&decomposed), "먹방");
        assert_eq!(normalize_keyword("ＢＴＳ"), "bts");
        assert_eq!(normalize_keyword(" 롤\u{3000} 하이라이트 "), "롤 하이라이트");
        assert_eq!(normalize_keyword("yt:cc=on"), "yt:cc=on");
    }

    #[test]
    fn keyword_key_of_variants_is_equal() {
        let decomposed: String = "먹방 브이로그".nfd().collect();
        for variant in ["먹방브이로그", "먹방 브이로그", " 먹방\u{3000}브이 로그 ", &decomposed]
        {
            assert_eq!(keyword_key(variant), "먹방브이로그", "{variant:?}");
        }
        for variant in ["BTS", "bts", "ＢＴＳ", "b t s", "Bts "] {
            assert_eq!(keyword_key(variant), "bts", "{variant:?}");
        }
        assert_ne!(keyword_key("c++"), keyword_key("c"));
        assert_eq!(keyword_key(" \u{3000}\u{200b}\u{1}"), "");
        assert_eq!(keyword_key("\u{feff}먹\u{ad}방\u{202c}"), "먹방");
        assert_eq!((keyword_key("YT:cc=on"), keyword_key("yt")), (String::new(), "yt".into()));
        assert_eq!(keyword_key(&"ﷺ".repeat(100)).chars().count(), MAX_KEY_CHARS);
    }

    #[test]
    fn diacritics_of_latin_letters_are_removed() {
        assert_eq!(normalize_keyword("Coração"), "coracao");
        assert_eq!(normalize_keyword("Pokémon 포켓몬"), "pokemon 포켓몬");
        assert_eq!(normalize_keyword("ガンダム"), "ガンダム");
        assert_eq!(normalize_keyword("Йога"), "йога");
    }

    #[test]
    fn signs_of_programming_languages_are_spelled_out() {
        assert_eq!(normalize_keyword("C++"), "cplusplus");
        assert_eq!(normalize_keyword("Ｃ＋＋17 강의"), "cplusplus17 강의");
        assert_eq!(normalize_keyword("#C#"), "#csharp");
        assert_eq!(normalize_keyword("À#𐕯"), "asharp𐕯");
        for text in ["#먹방", "a#b", "google++", "1++", "c+", "disney+"] {
            assert_eq!(normalize_keyword(text), text);
        }
    }

    #[test]
    fn fractions_and_superscripts_are_not_replaced_by_digits() {
        assert_eq!(normalize_keyword("½ 컵 x² ①"), "½ 컵 x² ①");
        assert_eq!(normalize_keyword("２０２６ Ⅲ"), "2026 iii");
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
