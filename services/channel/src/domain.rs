//! The rules of channels, free of I/O.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use common::time::start_of_day;
use unicode_normalization::UnicodeNormalization;

/// How many channels a page has.
pub(crate) const PAGE_SIZE: i64 = 10;

/// A page of the list: from 1 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page(i64);

impl Page {
    /// The first page.
    pub(crate) const FIRST: Self = Self(1);

    /// The page a client names.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let number = text.trim().parse().ok()?;
        // So large that nothing computed from it overflows.
        (1..=i64::MAX / PAGE_SIZE).contains(&number).then_some(Self(number))
    }

    /// Its number.
    pub(crate) const fn number(self) -> i64 {
        self.0
    }

    /// How many channels stand before it.
    pub(crate) const fn offset(self) -> i64 {
        (self.0 - 1) * PAGE_SIZE
    }

    /// The number of the page before.
    pub(crate) const fn previous(self) -> Option<i64> {
        if self.0 > 1 { Some(self.0 - 1) } else { None }
    }

    /// The number of the page after, among `count` channels.
    pub(crate) const fn next(self, count: i64) -> Option<i64> {
        if self.offset() + PAGE_SIZE < count { Some(self.0 + 1) } else { None }
    }
}

/// Views for each subscriber, to one decimal; 0 of a channel without subscribers.
pub(crate) fn popularity(views: i64, subscribers: i32) -> f64 {
    if subscribers <= 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "what is lost is far behind the first decimal")]
    let exact = views as f64 / f64::from(subscribers);
    // Printing rounds the exact value of the number; arithmetic on tenths would not.
    format!("{exact:.1}").parse().unwrap_or(exact)
}

/// A part of a channel's name, looked for letter by letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamePart {
    /// As it is typed.
    pub typed: String,
    /// Composed, because names are: a decomposed Hangul syllable is other letters.
    pub composed: String,
}

impl NamePart {
    /// The part that a client types.
    pub(crate) fn new(typed: &str) -> Self {
        Self { typed: typed.to_owned(), composed: typed.nfc().collect() }
    }
}

/// Whole days in Seoul, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    start: NaiveDate,
    end: NaiveDate,
}

impl Period {
    /// From one day to another; `None` if the second comes before the first.
    pub(crate) fn new(start: NaiveDate, end: NaiveDate) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// The numbers of its first and its last day, counted since the year 1.
    pub(crate) fn days(self) -> (i32, i32) {
        (self.start.num_days_from_ce(), self.end.num_days_from_ce())
    }

    /// Its first moment, and the first moment after it.
    pub(crate) fn bounds(self) -> (DateTime<Utc>, DateTime<Utc>) {
        let after = self.end.checked_add_days(Days::new(1)).unwrap_or(self.end);
        (start_of_day(self.start), start_of_day(after))
    }
}

/// The day that a text like `2026-11-21` names.
pub(crate) fn parse_day(text: &str) -> Option<NaiveDate> {
    let shape = text.bytes().map(|byte| if byte.is_ascii_digit() { b'9' } else { byte });
    if !shape.eq(*b"9999-99-99") {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pages_are_numbers_from_one_on() {
        assert_eq!(Page::parse("1"), Some(Page::FIRST));
        assert_eq!(Page::parse(" 12 ").map(Page::offset), Some(110));
        for text in ["", "0", "-1", "1.5", "last", "９", "9223372036854775807", "1e3"] {
            assert_eq!(Page::parse(text), None, "{text}");
        }
    }

    #[test]
    fn pages_lead_to_the_ones_beside_them() {
        assert_eq!(
            (Page(2).previous(), Page(2).next(20), Page(2).next(21)),
            (Some(1), None, Some(3))
        );
    }

    #[test]
    fn popularity_has_one_decimal() {
        assert_eq!(popularity(1, 3).to_string(), "0.3");
        assert_eq!(popularity(2_000, 1_000).to_string(), "2");
        // Ties go to the even digit, as they did.
        assert_eq!(popularity(1, 4).to_string(), "0.2");
        assert_eq!(popularity(3, 4).to_string(), "0.8");
    }

    #[test]
    fn without_subscribers_there_is_no_popularity() {
        assert_eq!(popularity(1_000, 0).to_string(), "0");
        assert_eq!(popularity(1_000, -1).to_string(), "0");
    }

    #[test]
    fn a_part_of_a_name_is_looked_for_as_it_is_typed_and_composed() {
        let decomposed: String = "먹방".nfd().collect();
        let part = NamePart::new(&decomposed);
        assert_eq!((part.typed, part.composed.as_str()), (decomposed, "먹방"));
    }

    #[test]
    fn a_period_holds_its_last_day() {
        let day = |text| parse_day(text).unwrap();
        let period = Period::new(day("2026-11-21"), day("2026-11-21")).unwrap();
        let (from, until) = period.bounds();
        assert_eq!(from, "2026-11-20T15:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(until, "2026-11-21T15:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(Period::new(day("2026-11-22"), day("2026-11-21")), None);
    }

    #[test]
    fn only_whole_dates_are_days() {
        for text in ["2026-11-31", "2026-1-1", "26-01-01", "2026-11-21 ", "+026-11-21", "today"] {
            assert_eq!(parse_day(text), None, "{text}");
        }
        assert!(parse_day("0000-01-01").is_some() && parse_day("9999-12-31").is_some());
    }

    proptest! {
        #[test]
        fn every_channel_is_on_exactly_one_page(count in 0_i64..200) {
            let next = |page: &Page| page.next(count).map(Page);
            let pages = std::iter::successors(Some(Page::FIRST), next);
            let shown: i64 = pages.map(|page| PAGE_SIZE.min(count - page.offset())).sum();
            prop_assert_eq!(shown, count);
        }
    }
}
