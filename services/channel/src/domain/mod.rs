//! Pages, periods and derived values of channels; no I/O.

pub(crate) mod series;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use common::time::start_of_day;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A page of the list of channels.
pub(crate) type Page = common::http::Page<10>;

/// Views ÷ subscribers, rounded to one decimal; 0 without subscribers.
pub(crate) fn popularity(views: i64, subscribers: i32) -> f64 {
    if subscribers <= 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "the error is far below the first decimal")]
    let exact = views as f64 / f64::from(subscribers);
    // Formatting rounds the exact binary value; multiplying by ten first would not.
    format!("{exact:.1}").parse().unwrap_or(exact)
}

/// Maximum length of a stored name in characters.
const MAX_NAME: usize = 100;

/// A substring of channel names, matched literally in either form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NameFilter {
    /// The text of the request.
    pub raw: String,
    /// Its NFC form, as stored names are composed and clients may send decomposed Hangul.
    pub composed: String,
}

impl NameFilter {
    pub(crate) fn new(raw: &str) -> Self {
        Self { raw: raw.to_owned(), composed: raw.nfc().collect() }
    }

    /// Whether no name can contain it. The time of a search grows with the length of its text.
    pub(crate) fn is_too_long(&self) -> bool {
        self.raw.chars().count() > MAX_NAME && self.composed.chars().count() > MAX_NAME
    }
}

/// A range of whole days in Seoul, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    start: NaiveDate,
    end: NaiveDate,
}

impl Period {
    /// `None` if `end` is before `start`.
    pub(crate) fn new(start: NaiveDate, end: NaiveDate) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// First and last day, as day numbers since the year 1.
    pub(crate) fn days(self) -> (i32, i32) {
        (self.start.num_days_from_ce(), self.end.num_days_from_ce())
    }

    pub(crate) fn range(self) -> Range<DateTime<Utc>> {
        let after = self.end.checked_add_days(Days::new(1)).unwrap_or(self.end);
        start_of_day(self.start)..start_of_day(after)
    }
}

/// Parses a date in exactly the format `YYYY-MM-DD`.
pub(crate) fn parse_day(text: &str) -> Option<NaiveDate> {
    let format = text.bytes().map(|byte| if byte.is_ascii_digit() { b'9' } else { byte });
    if !format.eq(*b"9999-99-99") {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn popularity_is_rounded_to_one_decimal() {
        assert_eq!(popularity(1, 3).to_string(), "0.3");
        assert_eq!(popularity(2_000, 1_000).to_string(), "2");
        // Ties round to the even digit, as in the Django API.
        assert_eq!(popularity(1, 4).to_string(), "0.2");
        assert_eq!(popularity(3, 4).to_string(), "0.8");
    }

    #[test]
    fn popularity_without_subscribers_is_zero() {
        assert_eq!(popularity(1_000, 0).to_string(), "0");
        assert_eq!(popularity(1_000, -1).to_string(), "0");
    }

    #[test]
    fn name_filter_of_decomposed_text_has_both_forms() {
        let decomposed: String = "먹방".nfd().collect();
        let filter = NameFilter::new(&decomposed);
        assert_eq!((filter.raw, filter.composed.as_str()), (decomposed, "먹방"));
    }

    #[test]
    fn name_filter_is_too_long_if_no_stored_name_can_contain_it() {
        let decomposed: String = "먹".repeat(100).nfd().collect();
        assert!(!NameFilter::new(&decomposed).is_too_long());
        assert!(NameFilter::new(&format!("{decomposed}방")).is_too_long());
        assert!(!NameFilter::new(&"a".repeat(100)).is_too_long());
    }

    #[test]
    fn period_includes_its_last_day() {
        let day = |text| parse_day(text).unwrap();
        let period = Period::new(day("2026-11-21"), day("2026-11-21")).unwrap();
        let Range { start: from, end: until } = period.range();
        assert_eq!(from, "2026-11-20T15:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(until, "2026-11-21T15:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(Period::new(day("2026-11-22"), day("2026-11-21")), None);
    }

    #[test]
    fn date_in_another_format_is_invalid() {
        for text in ["2026-11-31", "2026-1-1", "26-01-01", "2026-11-21 ", "+026-11-21", "today"] {
            assert_eq!(parse_day(text), None, "{text}");
        }
        assert!(parse_day("0000-01-01").is_some() && parse_day("9999-12-31").is_some());
    }
}
