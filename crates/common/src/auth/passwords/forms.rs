//! The forms of a password that a stored hash may be of.

use crate::auth::rules::{normal_password, trim_password};
use unicode_normalization::UnicodeNormalization;

/// The forms that are tried, the normal one first, none of them twice. How many depends on
/// the text alone, not on the account: a wrong password costs as many hashes as there are
/// forms, of ASCII without outer spaces one.
pub(super) struct Forms(Vec<String>);

impl Forms {
    /// The forms that a bcrypt hash may be of: besides the normal form, the text as typed,
    /// and as typed where letters are sent in parts (macOS), for hashes made before
    /// passwords were normalised. At most three.
    pub(super) fn of(password: &str) -> Self {
        let mut forms = Self(vec![normal_password(password)]);
        forms.add(password.to_owned());
        forms.add(trim_password(password).nfd().collect());
        forms
    }

    /// The forms that a hash of the old system may be of: it trimmed passwords, but did not
    /// normalise them. At most five; such a hash costs a fraction of bcrypt.
    pub(super) fn of_old_system(password: &str) -> Self {
        let mut forms = Self::of(password);
        let trimmed = trim_password(password);
        forms.add(trimmed.to_owned());
        forms.add(trimmed.nfc().collect());
        forms
    }

    /// The normal form.
    pub(super) fn normal(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    fn add(&mut self, form: String) {
        if !self.0.contains(&form) {
            self.0.push(form);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_as_few_as_the_text_allows() {
        for (password, count) in [
            ("correct horse", 1),
            (" padded ", 2),
            ("비밀번호", 2),
            (" 비밀번호", 3),
            ("ａｂｃ", 2),
        ] {
            let forms = Forms::of(password);
            assert_eq!(forms.count(), count, "{password:?}");
            assert_eq!(forms.normal(), normal_password(password));
        }
        assert!(Forms::of_old_system(" ａｂｃ한 ").count() <= 5);
    }
}
