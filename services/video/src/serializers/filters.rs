//! Parameters that several lists of videos share.

use crate::domain::{LengthFilter, ListPage, MAX_ROWS, SubscriberRange};
use common::{Error, error::FieldErrors, http::Field};

/// The days of a window.
const DAYS: [i64; 4] = [7, 14, 28, 90];
const DEFAULT_DAYS: i64 = 28;

pub(crate) fn parse_days(field: Field<i64>, errors: &mut FieldErrors) -> i64 {
    let known = |days: i64| {
        if DAYS.contains(&days) { Ok(days) } else { Err("Must be 7, 14, 28 or 90.") }
    };
    field.and_then(known).optional("days", errors).unwrap_or(DEFAULT_DAYS)
}

pub(crate) fn parse_length(field: Field<String>, errors: &mut FieldErrors) -> Option<LengthFilter> {
    let parse = |text: String| match text.as_str() {
        "shorts" => Ok(LengthFilter::Shorts),
        "long" => Ok(LengthFilter::Long),
        _ => Err("Must be shorts or long."),
    };
    field.and_then(parse).optional("length", errors)
}

pub(crate) fn parse_category(field: Field<i64>, errors: &mut FieldErrors) -> Option<i16> {
    let message = "Must be a number of a YouTube category.";
    let parse =
        |number: i64| i16::try_from(number).ok().filter(|number| *number > 0).ok_or(message);
    field.and_then(parse).optional("category", errors)
}

/// An `idx`.
pub(crate) fn parse_idx(
    field: Field<i64>,
    name: &'static str,
    errors: &mut FieldErrors,
) -> Option<i32> {
    let parse =
        |number: i64| i32::try_from(number).ok().filter(|idx| *idx >= 0).ok_or("Must be an idx.");
    field.and_then(parse).optional(name, errors)
}

/// The range of 0.3 to 3 times `subscribers`, or from `min` to `max`.
pub(crate) fn parse_subscribers(
    [subscribers, min, max]: [Field<i64>; 3],
    errors: &mut FieldErrors,
) -> Option<SubscriberRange> {
    let positive = |number: i64| {
        if number >= 0 { Ok(number) } else { Err("Must be at least 0.") }
    };
    let size = subscribers.and_then(positive).optional("subscribers", errors);
    let min = min.and_then(positive).optional("min_subscribers", errors);
    let max = max.and_then(positive).optional("max_subscribers", errors);
    if size.is_some() && (min.is_some() || max.is_some()) {
        errors.add("subscribers", "Cannot be combined with min_subscribers or max_subscribers.");
    }
    if let (Some(least), Some(most)) = (min, max)
        && least > most
    {
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

/// The page; an invalid one is not found, as in the list of channels.
pub(crate) fn parse_page(field: Field<String>) -> Result<ListPage, Error> {
    let page = match field {
        Field::Missing => Some(ListPage::FIRST),
        Field::Value(text) => ListPage::parse(&text),
        Field::Null | Field::Invalid(_) => None,
    };
    page.filter(|page| *page == ListPage::FIRST || page.offset() < MAX_ROWS)
        .ok_or_else(invalid_page)
}

/// The error of a page that does not exist.
pub(crate) fn invalid_page() -> Error {
    Error::NotFound("Invalid page.".into())
}

/// The rows of a page.
pub(crate) fn page_of<T: Clone>(rows: &[T], page: ListPage) -> Vec<T> {
    let start = usize::try_from(page.offset()).unwrap_or(usize::MAX).min(rows.len());
    let end = start.saturating_add(usize::try_from(ListPage::SIZE).unwrap_or(0)).min(rows.len());
    rows.get(start..end).unwrap_or_default().to_vec()
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
        let own = Some(SubscriberRange { min: 300, max: Some(3_000) });
        assert_eq!(range([value(1_000), none(), none()]), (own, Vec::new()));
        let least = Some(SubscriberRange { min: 5, max: None });
        assert_eq!(range([none(), value(5), none()]), (least, Vec::new()));
        assert_eq!(range([value(1), value(2), none()]).1, ["subscribers"]);
        assert_eq!(range([none(), value(3), value(2)]).1, ["min_subscribers"]);
        assert_eq!(range([value(-1), none(), none()]).1, ["subscribers"]);
    }

    #[test]
    fn page_past_the_bound_of_the_list_is_not_found() {
        assert_eq!(parse_page(Field::Value("10".to_owned())).unwrap().offset(), 180);
        assert!(parse_page(Field::Value("11".to_owned())).is_err());
        let rows: Vec<i64> = (0..45).collect();
        assert_eq!(page_of(&rows, ListPage::parse("3").unwrap()), [40, 41, 42, 43, 44]);
        assert_eq!(page_of(&rows, ListPage::parse("4").unwrap()), [0_i64; 0]);
    }
}
