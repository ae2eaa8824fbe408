//! Validation of body fields, with the error messages of the Django API.

use crate::error::FieldErrors;
use serde_json::{Map, Value};

/// The value of an optional field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionalField<T> {
    /// Absent or invalid.
    Absent,
    /// `null`.
    Null,
    /// A value.
    Value(T),
}

impl<T> OptionalField<T> {
    /// The value, if it is neither absent nor `null`.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

pub(super) type Read<T> = Result<T, &'static str>;

/// The required field `name`, parsed by `read`.
pub(super) fn required<'a, T>(
    fields: &'a Map<String, Value>,
    name: &str,
    read: impl Fn(&'a Value) -> Read<T>,
) -> Read<T> {
    match fields.get(name) {
        None => Err("This field is required."),
        Some(Value::Null) => Err("This field may not be null."),
        Some(value) => read(value),
    }
}

/// The optional field `name`, parsed by `read`.
pub(super) fn optional<'a, T>(
    fields: &'a Map<String, Value>,
    name: &'static str,
    errors: &mut FieldErrors,
    read: impl Fn(&'a Value) -> Read<T>,
) -> OptionalField<T> {
    match fields.get(name) {
        None => OptionalField::Absent,
        Some(Value::Null) => OptionalField::Null,
        Some(value) => match read(value) {
            Ok(value) => OptionalField::Value(value),
            Err(message) => {
                errors.add(name, message);
                OptionalField::Absent
            }
        },
    }
}

pub(super) fn text(value: &Value) -> Read<&str> {
    let text = value.as_str().ok_or("Not a valid string.")?;
    if text.contains('\0') { Err("Null characters are not allowed.") } else { Ok(text) }
}

pub(super) fn non_blank_text(value: &Value) -> Read<&str> {
    let text = text(value)?;
    if text.trim().is_empty() { Err("This field may not be blank.") } else { Ok(text) }
}

pub(super) fn boolean(value: &Value) -> Read<bool> {
    value.as_bool().ok_or("Must be a valid boolean.")
}

/// A number, or its digits as a string, as forms send them.
pub(super) fn integer(value: &Value) -> Read<i64> {
    let number = match value {
        Value::String(digits) => digits.trim().parse().ok(),
        value => value.as_i64(),
    };
    number.ok_or("A valid integer is required.")
}
