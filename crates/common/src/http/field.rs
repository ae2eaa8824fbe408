//! Fields of query strings and bodies, which report every invalid field in one response.
//!
//! Clients read a 400 response with one key per invalid field, also for a wrong type, and PUT and
//! PATCH distinguish a missing field from null. serde stops at the first error, and `garde` and
//! `validator` check values that are deserialized already: a wrong type would hide all other errors.

use crate::{error::FieldErrors, text::is_invisible};
use serde::{
    Deserialize, Deserializer,
    de::{Error, IntoDeserializer, Visitor},
    forward_to_deserialize_any,
};
use serde_json::Value;
use std::{fmt, marker::PhantomData};

/// An input field. Deserializing it does not fail, so that all fields can be validated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field<T> {
    /// Absent.
    Missing,
    /// JSON `null`.
    Null,
    /// Invalid, with the error message.
    Invalid(String),
    /// A value.
    Value(T),
}

impl<T> Field<T> {
    /// Converts or validates the value; the error of `convert` is the message of the field.
    pub fn and_then<U, E: ToString>(self, convert: impl FnOnce(T) -> Result<U, E>) -> Field<U> {
        match self {
            Self::Missing => Field::Missing,
            Self::Null => Field::Null,
            Self::Invalid(message) => Field::Invalid(message),
            Self::Value(value) => match convert(value) {
                Ok(value) => Field::Value(value),
                Err(error) => Field::Invalid(error.to_string()),
            },
        }
    }

    /// The value; without a value, adds an error to the field `name`.
    pub fn required(self, name: &'static str, errors: &mut FieldErrors) -> Option<T> {
        match self {
            Self::Missing => errors.add(name, "This field is required."),
            Self::Null => errors.add(name, "This field may not be null."),
            Self::Invalid(message) => errors.add(name, message),
            Self::Value(value) => return Some(value),
        }
        None
    }

    /// The value, if the field is neither missing nor `null`; adds an error if it is invalid.
    pub fn optional(self, name: &'static str, errors: &mut FieldErrors) -> Option<T> {
        match self {
            Self::Missing | Self::Null => None,
            field => field.required(name, errors),
        }
    }
}

impl Field<String> {
    /// Rejects a string of white space.
    pub fn not_blank(self) -> Self {
        let is_blank = |text: &str| text.trim().is_empty();
        self.and_then(
            |text| {
                if is_blank(&text) { Err("This field may not be blank.") } else { Ok(text) }
            },
        )
    }

    /// Rejects a string of white space and invisible characters, such as zero-width spaces.
    pub fn not_invisible(self) -> Self {
        self.and_then(|text| {
            if text.chars().all(is_invisible) {
                Err("This field may not be blank.")
            } else {
                Ok(text)
            }
        })
    }

    /// Rejects a string of more than `limit` characters.
    pub fn max_chars(self, limit: usize) -> Self {
        self.and_then(|text| match text.chars().count() {
            count if count <= limit => Ok(text),
            _ => Err(format!("Ensure this field has no more than {limit} characters.")),
        })
    }
}

/// The type of a field.
pub trait FieldValue: Sized {
    /// Converts a JSON value, or a query parameter as a string; the error is the message.
    fn from_value(value: Value) -> Result<Self, &'static str>;
}

impl FieldValue for Value {
    fn from_value(value: Value) -> Result<Self, &'static str> {
        Ok(value)
    }
}

impl FieldValue for String {
    fn from_value(value: Value) -> Result<Self, &'static str> {
        match value {
            Value::String(text) if text.contains('\0') => Err("Null characters are not allowed."),
            Value::String(text) => Ok(text),
            _ => Err("Not a valid string."),
        }
    }
}

impl FieldValue for bool {
    fn from_value(value: Value) -> Result<Self, &'static str> {
        value.as_bool().ok_or("Must be a valid boolean.")
    }
}

impl FieldValue for f64 {
    fn from_value(value: Value) -> Result<Self, &'static str> {
        value.as_f64().ok_or("A valid number is required.")
    }
}

impl FieldValue for i64 {
    /// HTML forms send the digits as a string. `9.0` is an integer, as in JSON Schema.
    fn from_value(value: Value) -> Result<Self, &'static str> {
        let number = match value {
            Value::String(digits) => digits.trim().parse().ok(),
            value => value.as_i64().or_else(|| value.as_f64().and_then(whole_number)),
        };
        number.ok_or("A valid integer is required.")
    }
}

/// The number as an integer, if it has no fraction and is exact.
fn whole_number(number: f64) -> Option<i64> {
    const MAX: f64 = 9_007_199_254_740_992.0;
    let is_whole = number.fract() == 0.0 && number.abs() <= MAX;
    #[expect(clippy::cast_possible_truncation, reason = "a whole number in the range of i64")]
    is_whole.then_some(number as i64)
}

impl<'de, T: FieldValue> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(FieldVisitor(PhantomData))
    }
}

struct FieldVisitor<T>(PhantomData<T>);

impl<'de, T: FieldValue> Visitor<'de> for FieldVisitor<T> {
    type Value = Field<T>;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("a field")
    }

    fn visit_none<E>(self) -> Result<Field<T>, E> {
        Ok(Field::Missing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Field<T>, D::Error> {
        Ok(match Value::deserialize(deserializer) {
            Ok(Value::Null) => Field::Null,
            Ok(value) => {
                T::from_value(value).map_or_else(|m| Field::Invalid(m.into()), Field::Value)
            }
            Err(error) => Field::Invalid(error.to_string()),
        })
    }
}

/// A value of the input, or why it cannot be decoded. Unlike for `serde_json`, `null` is not
/// the same as a missing field.
pub(super) struct RawField(pub Result<Value, &'static str>);

impl<'de> Deserializer<'de> for RawField {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.0.map_err(Error::custom)?.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

impl IntoDeserializer<'_, serde_json::Error> for RawField {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Json;

    #[derive(Debug, Deserialize)]
    #[serde(bound(deserialize = "T: FieldValue"))]
    struct Body<T> {
        a: Field<T>,
    }

    fn parse<T: FieldValue>(body: &str) -> Field<T> {
        Json::<Body<T>>::parse(body.as_bytes()).unwrap().0.a
    }

    fn invalid<T>(message: &str) -> Field<T> {
        Field::Invalid(message.to_owned())
    }

    #[test]
    fn missing_and_null_fields_differ() {
        for (body, field) in [("{}", Field::Missing), (r#"{"a":null}"#, Field::Null)] {
            assert_eq!(parse::<String>(body), field);
            assert_eq!(field.optional("a", &mut FieldErrors::default()), None);
        }
        let (missing, null) = (Field::<i64>::Missing, Field::<i64>::Null);
        let mut errors = FieldErrors::default();
        assert_eq!(
            (missing.required("a", &mut errors), null.required("b", &mut errors)),
            (None, None)
        );
        let messages: Vec<String> = errors.0.into_values().flatten().collect();
        assert_eq!(messages, ["This field is required.", "This field may not be null."]);
    }

    #[test]
    fn string_field_rejects_other_types_and_null_characters() {
        assert_eq!(parse(r#"{"a":" b "}"#), Field::Value(" b ".to_owned()));
        for body in [r#"{"a":1}"#, r#"{"a":["b"]}"#, r#"{"a":{}}"#] {
            assert_eq!(parse::<String>(body), invalid("Not a valid string."), "{body}");
        }
        let null = invalid("Null characters are not allowed.");
        assert_eq!(parse::<String>(r#"{"a":"\u0000"}"#), null);
    }

    #[test]
    fn string_limits_reject_blank_and_long_strings() {
        let text = |text: &str| Field::Value(text.to_owned());
        assert_eq!(text(" b ").not_blank(), text(" b "));
        for blank in ["", " ", "\u{3000}"] {
            assert_eq!(text(blank).not_blank(), invalid("This field may not be blank."));
        }
        for invisible in ["", " ", "\u{200b}", "\u{3164} \u{feff}", "\u{2800}\u{e0020}"] {
            let field = text(invisible).not_invisible();
            assert_eq!(field, invalid("This field may not be blank."), "{invisible:?}");
        }
        assert_eq!(text("\u{200b}b").not_invisible(), text("\u{200b}b"));
        assert_eq!(text("먹방").max_chars(2), text("먹방"));
        let message = "Ensure this field has no more than 1 characters.";
        assert_eq!(text("먹방").max_chars(1), invalid(message));
    }

    #[test]
    fn boolean_field_rejects_other_types() {
        assert_eq!(parse(r#"{"a":false}"#), Field::Value(false));
        for body in [r#"{"a":"true"}"#, r#"{"a":1}"#, r#"{"a":[]}"#] {
            assert_eq!(parse::<bool>(body), invalid("Must be a valid boolean."), "{body}");
        }
    }

    #[test]
    fn integer_field_accepts_digits_in_a_string() {
        for (value, number) in
            [("9", 9), ("9.0", 9), ("\" 9\"", 9), ("99999999999", 99_999_999_999)]
        {
            assert_eq!(parse(&format!("{{\"a\":{value}}}")), Field::Value(number));
        }
        for value in
            ["1.5", "1e300", "\"1.0\"", "\"\"", "\"one\"", "true", "99999999999999999999", "[1]"]
        {
            let field = parse::<i64>(&format!("{{\"a\":{value}}}"));
            assert_eq!(field, invalid("A valid integer is required."), "{value}");
        }
    }
}
