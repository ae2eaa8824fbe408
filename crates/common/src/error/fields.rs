//! Validation errors by field.

use super::Error;
use std::{borrow::Cow, collections::BTreeMap};

/// Error messages by the name of the invalid field.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FieldErrors(pub BTreeMap<Cow<'static, str>, Vec<String>>);

impl FieldErrors {
    /// The error of a single field.
    pub fn of(field: &'static str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// Adds a message for a field.
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.entry(Cow::Borrowed(field)).or_default().push(message.into());
    }

    /// Whether there is a message for this field.
    pub fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// Whether there are no errors.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// An error if any field is invalid.
    pub fn into_result(self) -> Result<(), Error> {
        if self.is_empty() { Ok(()) } else { Err(self.into()) }
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}
