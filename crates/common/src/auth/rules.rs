//! Validation and normalization of usernames and passwords.

use crate::text::is_invisible;
use unicode_normalization::UnicodeNormalization;

/// Minimum length of a username in characters.
pub const USERNAME_MIN: usize = 5;

/// Maximum length of a username in characters.
pub const USERNAME_MAX: usize = 150;

/// Minimum length of a password in characters.
pub const PASSWORD_MIN: usize = 4;

/// Maximum length of a password in bytes.
pub const PASSWORD_MAX_BYTES: usize = 4096;

/// Characters allowed in usernames besides letters and digits.
const OTHER_CHARACTERS: [char; 5] = ['@', '.', '+', '-', '_'];

/// An invalid username.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsernameError {
    /// Fewer than [`USERNAME_MIN`] characters.
    #[error("Ensure this field has at least {USERNAME_MIN} characters.")]
    Short,
    /// More than [`USERNAME_MAX`] characters.
    #[error("Ensure this field has no more than {USERNAME_MAX} characters.")]
    Long,
    /// Characters other than letters and digits of any script and `@.+-_`.
    #[error(
        "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ \
         characters."
    )]
    Characters,
}

/// An invalid password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than [`PASSWORD_MIN`] characters.
    #[error("Ensure this field has at least {PASSWORD_MIN} characters.")]
    Short,
    /// More than [`PASSWORD_MAX_BYTES`] bytes.
    #[error("Ensure this field has no more than {PASSWORD_MAX_BYTES} bytes.")]
    Long,
}

/// The normal form of a username, in which usernames are stored and compared: trimmed, NFKC.
pub fn normalize_username(text: &str) -> String {
    text.trim().nfkc().collect()
}

/// Validates a username and returns its normal form.
pub fn validate_username(text: &str) -> Result<String, UsernameError> {
    let name = normalize_username(text);
    let length = name.chars().count();
    if length < USERNAME_MIN {
        return Err(UsernameError::Short);
    }
    if length > USERNAME_MAX {
        return Err(UsernameError::Long);
    }
    if name.chars().all(is_username_char) { Ok(name) } else { Err(UsernameError::Characters) }
}

/// Validates a password, whose length is counted in its normal form.
pub fn validate_password(text: &str) -> Result<(), PasswordError> {
    if text.len() > PASSWORD_MAX_BYTES {
        return Err(PasswordError::Long);
    }
    if is_short_password(text) { Err(PasswordError::Short) } else { Ok(()) }
}

/// Whether a password has fewer than [`PASSWORD_MIN`] characters in its normal form.
pub fn is_short_password(text: &str) -> bool {
    normalize_password(text).chars().count() < PASSWORD_MIN
}

/// The normal form of a password, which is hashed: trimmed, NFKC, so that it does not depend on
/// the keyboard or operating system.
pub fn normalize_password(text: &str) -> String {
    let composed: String = trim_password(text).nfkc().collect();
    // NFKC turns some characters into a space and a combining mark.
    trim_password(&composed).to_owned()
}

/// Trims a password as the Django API did: Python's `str.strip` removes Unicode white space and
/// four separators.
pub(super) fn trim_password(text: &str) -> &str {
    text.trim_matches(|character: char| {
        character.is_whitespace() || matches!(character, '\u{1c}'..='\u{1f}')
    })
}

fn is_username_char(character: char) -> bool {
    // Invisible letters, such as Hangul fillers, would make different usernames look the same.
    let is_visible = character.is_alphanumeric() && !is_invisible(character);
    is_visible || OTHER_CHARACTERS.contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn username_with_invalid_characters_is_rejected() {
        for name in ["minji", "김철수입니다", "a.b+c@d-e_f", "Ünsal", "名前なまえ1"] {
            assert_eq!(validate_username(name).as_deref(), Ok(name));
        }
        for name in ["min ji", "minji!", "min\u{0}ji", "min\u{200B}ji", "minji\u{3164}", "a/b/c"] {
            assert_eq!(validate_username(name), Err(UsernameError::Characters), "{name:?}");
        }
    }

    #[test]
    fn usernames_of_different_width_have_same_normal_form() {
        assert_eq!(validate_username("ｍｉｎｊｉ１").as_deref(), Ok("minji1"));
        assert_eq!(validate_username(" minji ").as_deref(), Ok("minji"));
        // Decomposed Hangul.
        let decomposed: String = "김철수입니다".nfd().collect();
        assert_eq!(validate_username(&decomposed).as_deref(), Ok("김철수입니다"));
    }

    #[test]
    fn username_length_is_counted_in_characters_of_normal_form() {
        assert_eq!(validate_username("김철수님"), Err(UsernameError::Short));
        assert_eq!(validate_username(""), Err(UsernameError::Short));
        assert_eq!(validate_username(&"김".repeat(150)), Ok("김".repeat(150)));
        assert_eq!(validate_username(&"a".repeat(151)), Err(UsernameError::Long));
    }

    #[test]
    fn password_outside_length_limits_is_rejected() {
        assert_eq!(validate_password("비밀번호"), Ok(()));
        assert_eq!(validate_password("비밀번"), Err(PasswordError::Short));
        assert_eq!(validate_password(&"a".repeat(4096)), Ok(()));
        assert_eq!(validate_password(&"a".repeat(4097)), Err(PasswordError::Long));
        // Surrounding white space and decomposed syllables do not count.
        assert_eq!(validate_password("  abc  "), Err(PasswordError::Short));
        assert_eq!(
            validate_password(&"비밀번".nfd().collect::<String>()),
            Err(PasswordError::Short)
        );
    }

    #[test]
    fn normalized_password_is_independent_of_keyboard() {
        let decomposed: String = "비밀번호 42".nfd().collect();
        for text in ["비밀번호 42", &decomposed, " 비밀번호 42\u{3000}", "비밀번호　４２"]
        {
            assert_eq!(normalize_password(text), "비밀번호 42", "{text:?}");
        }
        assert_eq!(normalize_password("\u{1c}\t a  b \u{a0}\u{85}\r\n"), "a  b");
        for text in ["\u{a8}abc", " \u{ff9e} abc", "a\u{200b}", "", "  "] {
            let normal = normalize_password(text);
            assert_eq!(normalize_password(&normal), normal, "{text:?}");
        }
    }
}
