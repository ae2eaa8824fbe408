//! The Unicode forms of a password that a stored hash may be based on.

use crate::auth::rules::{normalize_password, trim_password};
use unicode_normalization::UnicodeNormalization;

/// Distinct forms to try, the normal one first. Their number depends on the password only, not on
/// the account: a wrong password costs one hash per form. Trimmed ASCII has one form.
pub(super) struct Forms(Vec<String>);

impl Forms {
    /// The forms of bcrypt hashes: the normal form and, for hashes from before normalization, the
    /// unchanged and the decomposed text (macOS). At most three.
    pub(super) fn of(password: &str) -> Self {
        let mut forms = Self(vec![normalize_password(password)]);
        forms.add(password.to_owned());
        forms.add(trim_password(password).nfd().collect());
        forms
    }

    /// The forms of Django hashes: Django trimmed passwords, but did not normalize them. At most
    /// five; such a hash costs a fraction of bcrypt.
    pub(super) fn of_django(password: &str) -> Self {
        let mut forms = Self::of(password);
        let trimmed = trim_password(password);
        forms.add(trimmed.to_owned());
        forms.add(trimmed.nfc().collect());
        forms
    }

    pub(super) fn normal(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

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
    fn forms_are_distinct() {
        for (password, count) in [
            ("correct horse", 1),
            (" padded ", 2),
            ("비밀번호", 2),
            (" 비밀번호", 3),
            ("ａｂｃ", 2),
        ] {
            let forms = Forms::of(password);
            assert_eq!(forms.count(), count, "{password:?}");
            assert_eq!(forms.normal(), normalize_password(password));
        }
        assert!(Forms::of_django(" ａｂｃ한 ").count() <= 5);
    }
}
