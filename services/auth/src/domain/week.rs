//! Weeks of digests.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use common::time::{monday_of, start_of_day};
use std::ops::Range;

/// YouTube's first year.
const FIRST_YEAR: i32 = 2005;

/// A week in Seoul, from Monday, by the number of ISO 8601.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Week {
    monday: NaiveDate,
}

impl Week {
    /// The week of a day.
    pub(crate) fn of(day: NaiveDate) -> Self {
        Self { monday: monday_of(day) }
    }

    /// Parses `2026-W48`.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let monday = NaiveDate::parse_from_str(&format!("{text}-1"), "%G-W%V-%u");
        let week = monday.ok().map(|monday| Self { monday });
        week.filter(|week| week.to_string() == text && week.monday.year() >= FIRST_YEAR)
            .ok_or("Expected a week such as 2026-W48, from 2005.")
    }

    pub(crate) const fn monday(self) -> NaiveDate {
        self.monday
    }

    /// The week before.
    pub(crate) fn previous(self) -> Self {
        Self { monday: plus(self.monday, -7) }
    }

    /// The times at which it starts and ends.
    pub(crate) fn range(self) -> Range<DateTime<Utc>> {
        start_of_day(self.monday)..start_of_day(plus(self.monday, 7))
    }

    /// Its days that are over on `today`, and the same days of the week before; `None` if no day
    /// is over.
    pub(crate) fn periods(self, today: NaiveDate) -> Option<Periods> {
        let until = today.min(plus(self.monday, 7));
        (until > self.monday).then(|| Periods {
            from: self.monday,
            until,
            previous_from: plus(self.monday, -7),
            previous_until: plus(until, -7),
        })
    }
}

impl std::fmt::Display for Week {
    fn fmt(&self, text: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.monday.format("%G-W%V").fmt(text)
    }
}

fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(day)
}

/// Two periods of the same length; the ends are exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Periods {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub previous_from: NaiveDate,
    pub previous_until: NaiveDate,
}

impl Periods {
    /// From 1 to 7.
    pub(crate) fn days(self) -> i64 {
        (self.until - self.from).num_days()
    }

    /// The last days of both periods.
    pub(crate) fn last_days(self) -> (NaiveDate, NaiveDate) {
        (plus(self.until, -1), plus(self.previous_until, -1))
    }
}

/// What a digest covers.
#[derive(Debug, Clone)]
pub(crate) struct DigestWindow {
    pub week: Week,
    pub periods: Periods,
    /// When its alerts were created.
    pub alerts: Range<DateTime<Utc>>,
}

impl DigestWindow {
    /// A week of which a day is over on `today`, otherwise `None`.
    pub(crate) fn of_week(week: Week, today: NaiveDate) -> Option<Self> {
        let periods = week.periods(today)?;
        Some(Self { week, periods, alerts: week.range() })
    }

    /// The current week. On Mondays, the week before, with the alerts of both.
    pub(crate) fn latest(today: NaiveDate) -> Option<Self> {
        let current = Week::of(today);
        let latest = [current, current.previous()];
        let window = latest.into_iter().find_map(|week| Self::of_week(week, today))?;
        Some(Self { alerts: window.alerts.start..current.range().end, ..window })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn week_is_parsed_by_its_iso_number() {
        assert_eq!(Week::parse("2026-W48").unwrap().monday(), day("2026-11-23"));
        assert_eq!(Week::parse("2026-W53").unwrap().monday(), day("2026-12-28"));
        assert_eq!(Week::of(day("2027-01-03")).to_string(), "2026-W53");
        assert_eq!(Week::parse("2026-W01").unwrap().previous().to_string(), "2025-W52");
        for text in ["", "2026", "2026-W54", "2025-W53", "2026-W1", "2026-W48-1", "2004-W10", "W48"]
        {
            assert!(Week::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn unfinished_week_is_compared_with_the_same_days() {
        let week = Week::parse("2026-W48").unwrap();
        assert_eq!(week.periods(day("2026-11-23")), None);
        let periods = week.periods(day("2026-11-26")).unwrap();
        assert_eq!(periods.days(), 3);
        assert_eq!(periods.last_days(), (day("2026-11-25"), day("2026-11-18")));
        let complete = week.periods(day("2027-01-01")).unwrap();
        assert_eq!((complete.days(), complete.until), (7, day("2026-11-30")));
        assert_eq!(
            (complete.previous_from, complete.previous_until),
            (day("2026-11-16"), week.monday())
        );
    }

    #[test]
    fn latest_digest_on_a_monday_has_the_alerts_of_both_weeks() {
        let monday = DigestWindow::latest(day("2026-11-30")).unwrap();
        let (last, current) = (Week::of(day("2026-11-29")), Week::of(day("2026-11-30")));
        assert_eq!((monday.week, monday.periods.days()), (last, 7));
        assert_eq!(monday.alerts, last.range().start..current.range().end);
        let tuesday = DigestWindow::latest(day("2026-12-01")).unwrap();
        assert_eq!((tuesday.week, tuesday.periods.days()), (current, 1));
        assert_eq!(tuesday.alerts, current.range());
        let chosen = DigestWindow::of_week(last, day("2026-11-30")).unwrap();
        assert_eq!(chosen.alerts, last.range());
    }
}
