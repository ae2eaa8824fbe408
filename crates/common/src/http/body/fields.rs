//! The values of a body's fields, with the old system's messages.

use crate::error::FieldErrors;
use serde_json::{Map, Value};

/// What a body says of a field that it may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given<T> {
    /// Nothing, or something that was refused.
    Absent,
    /// `null`.
    Null,
    /// A value.
    Value(T),
}

impl<T> Given<T> {
    /// The value; neither nothing nor `null` is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

pub(super) type Read<T> = Result<T, &'static str>;

/// The value of `fields` that must be there, as `read` reads it.
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

/// The value of `fields` that need not be there, as `read` reads it.
pub(super) fn optional<'a, T>(
    fields: &'a Map<String, Value>,
    name: &'static str,
    errors: &mut FieldErrors,
    read: impl Fn(&'a Value) -> Read<T>,
) -> Given<T> {
    match fields.get(name) {
        None => Given::Absent,
        Some(Value::Null) => Given::Null,
        Some(value) => match read(value) {
            Ok(value) => Given::Value(value),
            Err(message) => {
                errors.add(name, message);
                Given::Absent
            }
        },
    }
}

pub(super) fn text(value: &Value) -> Read<&str> {
    let text = value.as_str().ok_or("Not a valid string.")?;
    if text.contains('\0') { Err("Null characters are not allowed.") } else { Ok(text) }
}

/// A text that says something.
pub(super) fn unblank(value: &Value) -> Read<&str> {
    let text = text(value)?;
    if text.trim().is_empty() { Err("This field may not be blank.") } else { Ok(text) }
}

pub(super) fn boolean(value: &Value) -> Read<bool> {
    value.as_bool().ok_or("Must be a valid boolean.")
}

/// A number, or its digits: a form sends what was chosen as text.
pub(super) fn integer(value: &Value) -> Read<i64> {
    let number = match value {
        Value::String(digits) => digits.trim().parse().ok(),
        value => value.as_i64(),
    };
    number.ok_or("A valid integer is required.")
}
