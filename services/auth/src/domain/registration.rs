//! Rules of usernames and passwords.

use common::auth::rules;

/// Whether one of them is too short to register, in characters of its normal form. A blank
/// password is not short: it has a separate error.
pub(crate) fn are_credentials_too_short(username: &str, password: &str) -> bool {
    let blank = !password.is_empty() && rules::normalize_password(password).is_empty();
    rules::normalize_username(username).chars().count() < rules::USERNAME_MIN
        || (rules::is_short_password(password) && !blank)
}

/// Minimum length of a changed password in characters, as NIST SP 800-63B recommends. Registration
/// keeps the limit of the Django API.
pub(crate) const NEW_PASSWORD_MIN: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters_of_the_normal_form() {
        assert!(are_credentials_too_short("먹방하는", "비밀번호"));
        assert!(are_credentials_too_short("먹방하는나", "비밀번"));
        assert!(!are_credentials_too_short("먹방하는나", "비밀번호"));
        assert!(are_credentials_too_short("먹방하는나", " 비밀번 "));
        assert!(
            are_credentials_too_short("먹방하는나", "")
                && !are_credentials_too_short("먹방하는나", " ")
        );
        // Two syllables as six Jamo.
        assert!(are_credentials_too_short(
            "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
            "비밀번호"
        ));
    }
}
