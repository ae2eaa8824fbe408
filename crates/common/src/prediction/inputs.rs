//! Validation of the inputs of predictions and forecasts.

use super::SubscriberInput;
use crate::http::FieldValue;
use serde_json::Value;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};

/// More subscribers than any channel has.
const MAX_SUBSCRIBERS: i64 = 1_000_000_000;
/// The largest category id; YouTube's are below 50.
const MAX_CATEGORY: u16 = 999;
/// More videos than any channel has.
const MAX_UPLOADS: u32 = 10_000_000;

/// Keeps the JSON type, which the AI server of an old client depends on.
pub fn parse_subscribers(value: Value) -> Result<SubscriberInput, &'static str> {
    let is_text = value.is_string();
    let number = i64::from_value(value)?;
    match number {
        ..0 => Err("Ensure this value is greater than or equal to 0."),
        0..=MAX_SUBSCRIBERS if is_text => Ok(SubscriberInput::Digits(number.to_string())),
        0..=MAX_SUBSCRIBERS => Ok(SubscriberInput::Number(number.unsigned_abs())),
        _ => Err("Ensure this value is less than or equal to 1000000000."),
    }
}

/// Parses a YouTube category id.
pub fn parse_category(number: i64) -> Result<u16, &'static str> {
    let category = u16::try_from(number).ok().filter(|category| *category <= MAX_CATEGORY);
    category.ok_or("Ensure this value is between 0 and 999.")
}

/// Parses the number of videos of a channel.
pub fn parse_uploads(number: i64) -> Result<u32, &'static str> {
    let uploads = u32::try_from(number).ok().filter(|uploads| *uploads <= MAX_UPLOADS);
    uploads.ok_or("Ensure this value is between 0 and 10000000.")
}

/// The schema of [`parse_subscribers`].
pub fn subscribers_schema() -> Schema {
    Schema::OneOf(number_or_digits().build())
}

/// The schema of an optional [`parse_subscribers`].
pub fn optional_subscribers_schema() -> Schema {
    Schema::OneOf(number_or_digits().item(ObjectBuilder::new().schema_type(Type::Null)).build())
}

fn number_or_digits() -> OneOfBuilder {
    let number = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(0))
        .maximum(Some(MAX_SUBSCRIBERS))
        .examples([15_300]);
    let digits = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(r"^\s*(\+?0*([0-9]{1,9}|1000000000)|-0+)\s*$"))
        .examples(["15300"]);
    let description = "The channel's subscribers, as a number or as digits in a string.";
    OneOfBuilder::new().item(number).item(digits).description(Some(description))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, string::string_regex};
    use serde_json::json;

    fn digits_pattern() -> String {
        let schema = serde_json::to_value(subscribers_schema()).unwrap();
        schema["oneOf"][1]["pattern"].as_str().unwrap().trim_matches(['^', '$']).to_owned()
    }

    proptest! {
        #[test]
        fn subscribers_in_the_documented_form_are_accepted(
            text in string_regex(&digits_pattern().replace(r"\s", " ")).unwrap(),
        ) {
            prop_assume!(text.len() < 200);
            prop_assert!(parse_subscribers(json!(text)).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn subscribers_are_numbers_or_digits() {
        for valid in [json!(15_300), json!(15_300.0), json!(1_000_000_000)] {
            assert!(matches!(parse_subscribers(valid), Ok(SubscriberInput::Number(_))));
        }
        for valid in ["15300", " +15300 ", "0015300", "1000000000", "-0"] {
            let parsed = parse_subscribers(json!(valid));
            assert!(matches!(parsed, Ok(SubscriberInput::Digits(_))), "{valid}");
        }
        for invalid in [json!(-1), json!(1.5), json!("1.0"), json!("1000000001"), json!("")] {
            assert!(parse_subscribers(invalid.clone()).is_err(), "{invalid}");
        }
    }
}
