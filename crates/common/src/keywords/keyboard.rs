//! Texts as the letters of a Korean keyboard (dubeolsik), for suggestions while typing.
//!
//! An incomplete syllable is a prefix of the finished one in letters: `먹ㅂ` of `먹방`, and `간` of
//! `가나`. `unicode-normalization` decomposes syllables; libraries for Hangul do not split compound
//! vowels and final consonants into keys.

use unicode_normalization::UnicodeNormalization;

const CONSONANTS: [&str; 19] = [
    "ㄱ", "ㄲ", "ㄴ", "ㄷ", "ㄸ", "ㄹ", "ㅁ", "ㅂ", "ㅃ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅉ", "ㅊ", "ㅋ",
    "ㅌ", "ㅍ", "ㅎ",
];
const VOWELS: [&str; 21] = [
    "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ",
    "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ",
];
const FINAL_CONSONANTS: [&str; 27] = [
    "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ",
    "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
];

/// The keys, without and then with Shift, and their letters in Korean.
const LATIN_KEYS: &str = "qwertyuiopasdfghjklzxcvbnmQWERTOP";
const KOREAN_KEYS: &str = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ";

fn keys() -> impl Iterator<Item = (char, char)> {
    LATIN_KEYS.chars().zip(KOREAN_KEYS.chars())
}

/// Syllables split into the letters of their keys; other characters are unchanged, and control
/// characters are removed: Elasticsearch reserves some.
pub(crate) fn to_jamo(text: &str) -> String {
    let mut letters = String::with_capacity(text.len() * 2);
    for character in text.nfd().filter(|character| !character.is_control()) {
        match jamo(character) {
            Some(keys) => letters.push_str(keys),
            None => letters.push(character),
        }
    }
    letters
}

/// The keys of a conjoining jamo, of modern Korean.
fn jamo(character: char) -> Option<&'static str> {
    let position = |first: char| (character as usize).checked_sub(first as usize);
    let find = |first, keys: &[&'static str]| keys.get(position(first)?).copied();
    find('\u{1100}', &CONSONANTS)
        .or_else(|| find('\u{1161}', &VOWELS))
        .or_else(|| find('\u{11a8}', &FINAL_CONSONANTS))
}

/// The text with the initial consonant of each syllable; `None` without a syllable.
pub(crate) fn initial_consonants(text: &str) -> Option<String> {
    let mut has_syllable = false;
    let initial = |syllable: char| {
        if !matches!(syllable, '가'..='힣') {
            return Some(syllable);
        }
        has_syllable = true;
        to_jamo(syllable.encode_utf8(&mut [0; 4])).chars().next()
    };
    let initials: String = text.chars().filter_map(initial).collect();
    has_syllable.then(|| to_jamo(&initials))
}

/// Whether letters can be initials: they have a consonant and no vowel.
pub(crate) fn is_initial_consonants(letters: &str) -> bool {
    letters.contains(is_consonant) && !letters.contains(is_vowel)
}

/// The letters of the other layout of the keyboard: Korean for Latin letters, in which Shift
/// matters, and lower-case Latin for Korean ones. `None` for a text of both or neither.
pub(crate) fn swap_keyboard_layout(text: &str) -> Option<String> {
    let letters = to_jamo(text);
    let has_latin = letters.contains(|letter: char| letter.is_ascii_alphabetic());
    let has_korean = letters.contains(|letter| is_consonant(letter) || is_vowel(letter));
    match (has_latin, has_korean) {
        (true, false) => {
            let has_caps_lock = !letters.contains(|letter: char| letter.is_ascii_lowercase());
            let korean = |key: char| {
                let key = if has_caps_lock { key.to_ascii_lowercase() } else { key };
                let find = |key| keys().find(|(latin, _)| *latin == key);
                let found = find(key).or_else(|| find(key.to_ascii_lowercase()));
                found.map_or(key, |(_, letter)| letter)
            };
            Some(letters.chars().map(korean).collect())
        }
        (false, true) => {
            let latin = |letter: char| {
                let found = keys().find(|(_, korean)| *korean == letter);
                found.map_or(letter, |(key, _)| key.to_ascii_lowercase())
            };
            Some(letters.chars().map(latin).collect())
        }
        _ => None,
    }
}

const fn is_consonant(letter: char) -> bool {
    matches!(letter, 'ㄱ'..='ㅎ')
}

const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'ㅏ'..='ㅣ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::keyword_key;
    use proptest::prelude::*;

    #[test]
    fn letters_of_an_incomplete_syllable_are_a_prefix() {
        let keys = |text: &str| to_jamo(&keyword_key(text));
        assert_eq!(keys("먹방"), "ㅁㅓㄱㅂㅏㅇ");
        for typed in ["ㅁ", "머", "먹", "먹ㅂ", "먹바", "멱방"] {
            assert_eq!(keys("먹방").starts_with(&keys(typed)), typed != "멱방", "{typed}");
        }
        assert!(keys("가나").starts_with(&keys("간")));
        assert!(keys("과일").starts_with(&keys("고")));
        assert!(keys("갑시다").starts_with(&keys("값")));
        assert_eq!(keys("뷁"), "ㅂㅜㅔㄹㄱ");
    }

    #[test]
    fn compatibility_and_half_width_letters_equal_decomposed_syllables() {
        let keys = |text: &str| to_jamo(&keyword_key(text));
        assert_eq!(keys("ㄳ"), "ㄱㅅ");
        assert_eq!(keys("ﾱﾲ"), "ㅁㅂ");
        assert_eq!(keys(&"먹방".nfd().collect::<String>()), keys("먹방"));
        assert_eq!(keys("\u{1f}먹\u{7}방"), keys("먹방"));
        assert_eq!(keys("🍜 ＢＴＳ"), "🍜bts");
    }

    #[test]
    fn initials_of_syllables_are_consonants() {
        assert_eq!(initial_consonants("먹방브이로그").as_deref(), Some("ㅁㅂㅂㅇㄹㄱ"));
        assert_eq!(initial_consonants("bts직캠").as_deref(), Some("btsㅈㅋ"));
        assert_eq!(initial_consonants("bts"), None);
        assert!(
            is_initial_consonants(&to_jamo(&keyword_key("ㅁㅂ"))) && is_initial_consonants("btsㅈ")
        );
        assert!(
            !is_initial_consonants("ㅁㅓ")
                && !is_initial_consonants("bts")
                && !is_initial_consonants("")
        );
    }

    #[test]
    fn other_layout_has_the_letters_of_the_same_keys() {
        let other = |text| swap_keyboard_layout(text).unwrap_or_default();
        assert_eq!(other("ajrqkd"), "ㅁㅓㄱㅂㅏㅇ");
        assert_eq!(other("ajrQkd"), "ㅁㅓㄱㅃㅏㅇ");
        assert_eq!(other("AJRQKD"), "ㅁㅓㄱㅂㅏㅇ", "with Caps Lock");
        assert_eq!(other("Ajrqkd"), "ㅁㅓㄱㅂㅏㅇ");
        assert_eq!(other("ㅠㅅㄴ"), "bts");
        assert_eq!(other("ㅎ믇"), "game");
        assert_eq!((other("bts 직캠"), other("2026")), (String::new(), String::new()));
    }

    proptest! {
        #[test]
        fn letters_of_a_prefix_are_a_prefix(text in "[가-힣a-z]{0,8}", length in 0_usize..9) {
            let prefix: String = text.chars().take(length).collect();
            prop_assert!(to_jamo(&text).starts_with(&to_jamo(&prefix)));
        }

        #[test]
        fn swap_keyboard_layout_twice_is_identity(text in "[가-힣]{1,8}") {
            // Both double consonants and single ones are on a key: compare those without Shift.
            let once = swap_keyboard_layout(&text).unwrap();
            let plain = |text: &str| swap_keyboard_layout(text).unwrap();
            prop_assert_eq!(plain(&plain(&once)), once);
        }
    }
}
