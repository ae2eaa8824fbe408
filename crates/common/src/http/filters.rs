//! Parameters that several lists share.

use super::{Field, ListFormat, Page};
use crate::{Error, error::FieldErrors};
use serde::Deserialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type},
};

/// A page of a list.
pub type ListPage = Page<20>;

/// The rows of a list on all pages, and of a CSV file.
pub const MAX_LIST_ROWS: i64 = 200;

/// The lengths of windows in days.
const DAYS: [i16; 4] = [7, 14, 28, 90];

/// `shorts` or `long`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum LengthFilter {
    /// Shorts.
    Shorts,
    /// All other videos.
    Long,
}

impl LengthFilter {
    /// The value of columns named `length`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shorts => "shorts",
            Self::Long => "long",
        }
    }
}

/// A range of subscribers, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubscriberRange {
    /// The least number.
    pub min: i64,
    /// The greatest number; `None` if there is no limit.
    pub max: Option<i64>,
}

/// The schema of [`parse_days`].
pub struct WindowDays;

impl ToSchema for WindowDays {}

impl PartialSchema for WindowDays {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::Int64);
        let schema = ObjectBuilder::new().schema_type(Type::Integer).format(Some(format));
        schema.enum_values(Some(DAYS)).into()
    }
}

/// The parameter `days`: 7, 14, 28 or 90.
pub fn parse_days(field: Field<i64>, default: i16, errors: &mut FieldErrors) -> i16 {
    let known = |days: i64| {
        let days = i16::try_from(days).ok().filter(|days| DAYS.contains(days));
        days.ok_or("Must be 7, 14, 28 or 90.")
    };
    field.and_then(known).optional("days", errors).unwrap_or(default)
}

/// The parameter `length`.
pub fn parse_length(field: Field<String>, errors: &mut FieldErrors) -> Option<LengthFilter> {
    let parse = |text: String| match text.as_str() {
        "shorts" => Ok(LengthFilter::Shorts),
        "long" => Ok(LengthFilter::Long),
        _ => Err("Must be shorts or long."),
    };
    field.and_then(parse).optional("length", errors)
}

/// The parameter `category`: a positive YouTube category id.
pub fn parse_category(field: Field<i64>, errors: &mut FieldErrors) -> Option<i16> {
    let message = "A valid YouTube category id is required.";
    let parse =
        |number: i64| i16::try_from(number).ok().filter(|number| *number > 0).ok_or(message);
    field.and_then(parse).optional("category", errors)
}

/// The range of 0.3 to 3 times `subscribers`, or from `min_subscribers` to `max_subscribers`; all
/// are at least 0.
pub fn parse_subscribers(
    [subscribers, min, max]: [Field<i64>; 3],
    errors: &mut FieldErrors,
) -> Option<SubscriberRange> {
    let not_negative = |number: i64| {
        if number >= 0 {
            Ok(number)
        } else {
            Err("Ensure this value is greater than or equal to 0.")
        }
    };
    let size = subscribers.and_then(not_negative).optional("subscribers", errors);
    let min = min.and_then(not_negative).optional("min_subscribers", errors);
    let max = max.and_then(not_negative).optional("max_subscribers", errors);
    if size.is_some() && (min.is_some() || max.is_some()) {
        errors.add("subscribers", "Cannot be combined with min_subscribers or max_subscribers.");
    }
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        errors.add("min_subscribers", "Must not exceed max_subscribers.");
    }
    match (size, min, max) {
        (Some(size), ..) => Some(SubscriberRange {
            min: size.saturating_mul(3).div_euclid(10),
            max: Some(size.saturating_mul(3)),
        }),
        (None, None, None) => None,
        (None, min, max) => Some(SubscriberRange { min: min.unwrap_or(0), max }),
    }
}

/// The parameter `page`; an invalid one is not found.
pub fn parse_page<const N: i64>(field: Field<String>) -> Result<Page<N>, Error> {
    let page = match field {
        Field::Missing => Some(Page::FIRST),
        Field::Value(text) => Page::parse(&text),
        Field::Null | Field::Invalid(_) => None,
    };
    page.ok_or_else(invalid_page)
}

/// As [`parse_page`]; a page beyond [`MAX_LIST_ROWS`] is not found either.
pub fn parse_list_page(field: Field<String>) -> Result<ListPage, Error> {
    let page: ListPage = parse_page(field)?;
    if page.offset() < MAX_LIST_ROWS { Ok(page) } else { Err(invalid_page()) }
}

/// The rows of a page, or all of them for CSV. A page after the last one is not found.
pub fn select_rows<T: Clone>(
    format: ListFormat,
    page: ListPage,
    rows: &[T],
) -> Result<Vec<T>, Error> {
    let shown = match format {
        ListFormat::Json => page.rows(rows),
        ListFormat::Csv => rows.to_vec(),
    };
    if shown.is_empty() && page != ListPage::FIRST { Err(invalid_page()) } else { Ok(shown) }
}

/// The error of a page that does not exist.
pub fn invalid_page() -> Error {
    Error::NotFound("Invalid page.".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subscribers_select_channels_of_a_similar_size() {
        let range = |fields| {
            let mut errors = FieldErrors::default();
            (parse_subscribers(fields, &mut errors), errors.0.into_keys().collect::<Vec<_>>())
        };
        let (none, value) = (|| Field::Missing, Field::Value);
        assert_eq!(range([none(), none(), none()]), (None, Vec::new()));
        let similar = Some(SubscriberRange { min: 300, max: Some(3_000) });
        assert_eq!(range([value(1_000), none(), none()]), (similar, Vec::new()));
        let least = Some(SubscriberRange { min: 5, max: None });
        assert_eq!(range([none(), value(5), none()]), (least, Vec::new()));
        assert_eq!(range([value(1), value(2), none()]).1, ["subscribers"]);
        assert_eq!(range([none(), value(3), value(2)]).1, ["min_subscribers"]);
        assert_eq!(range([value(-1), none(), none()]).1, ["subscribers"]);
        assert_eq!(range([value(0), none(), none()]).1, [""; 0]);
    }

    #[test]
    fn days_outside_the_known_windows_are_rejected() {
        let mut errors = FieldErrors::default();
        assert_eq!(parse_days(Field::Missing, 28, &mut errors), 28);
        assert_eq!(parse_days(Field::Value(90), 28, &mut errors), 90);
        assert!(errors.is_empty());
        parse_days(Field::Value(65_543), 28, &mut errors);
        assert_eq!(errors.0.into_keys().collect::<Vec<_>>(), ["days"]);
    }

    #[test]
    fn page_past_the_end_of_the_list_is_not_found() {
        assert_eq!(parse_list_page(Field::Value("10".to_owned())).unwrap().offset(), 180);
        assert!(parse_list_page(Field::Value("11".to_owned())).is_err());
    }
}
