//! Daily and weekly series of a channel; no I/O.

use chrono::{Days, NaiveDate};
use common::time::{Interval, are_views_comparable, monday_of, start_of_day};
use std::collections::BTreeMap;

/// The longest series, in days.
pub(crate) const MAX_DAYS: u64 = 365;

/// The days of a series, both ends inclusive, the last one unfinished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayRange {
    first: NaiveDate,
    today: NaiveDate,
}

impl DayRange {
    /// The `days` days that end today.
    pub(crate) fn new(today: NaiveDate, days: u64) -> Self {
        Self { first: today - Days::new(days.saturating_sub(1)), today }
    }

    /// The first day whose counts are needed: the one before the first week.
    pub(crate) fn first_queried_day(self) -> NaiveDate {
        monday_of(self.first) - Days::new(1)
    }

    pub(crate) const fn last(self) -> NaiveDate {
        self.today
    }
}

/// Counts by day in Seoul.
pub(crate) type CountsByDay = BTreeMap<NaiveDate, i64>;

/// Daily counts of a channel, by day in Seoul.
#[derive(Debug, Default)]
pub(crate) struct DailyCounts {
    /// The last count of each day.
    pub subscribers: CountsByDay,
    /// The last count of each day.
    pub views: CountsByDay,
    pub uploads: CountsByDay,
}

/// A day or week of a series. What was not observed is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    pub first_day: NaiveDate,
    /// At the end.
    pub subscribers: Option<i64>,
    pub subscribers_gained: Option<i64>,
    /// At the end.
    pub views: Option<i64>,
    /// At least 0, because YouTube removes views; `None` across August 2026,
    /// when YouTube changed how it counts views.
    pub views_gained: Option<i64>,
    pub uploads: i64,
    /// Whether the period has ended.
    pub is_complete: bool,
}

impl DailyCounts {
    /// The points of a series, oldest first.
    pub(crate) fn points(&self, range: DayRange, interval: Interval) -> Vec<Point> {
        let (first, days) = (interval.first_day(range.first), interval.days());
        std::iter::successors(Some(first), |day| day.checked_add_days(Days::new(days)))
            .take_while(|day| *day <= range.today)
            .map(|day| self.point(day, day + Days::new(days - 1), range.today))
            .collect()
    }

    fn point(&self, first_day: NaiveDate, last_day: NaiveDate, today: NaiveDate) -> Point {
        let end = last_day.min(today);
        let before = first_day - Days::new(1);
        let at = |counts: &CountsByDay, day| counts.get(&day).copied();
        let gained = |counts| Some(at(counts, end)? - at(counts, before)?);
        let is_comparable = are_views_comparable(start_of_day(before), start_of_day(end));
        let views_gained = gained(&self.views).filter(|_| is_comparable);
        Point {
            first_day,
            subscribers: at(&self.subscribers, end),
            subscribers_gained: gained(&self.subscribers),
            views: at(&self.views, end),
            views_gained: views_gained.map(|views| views.max(0)),
            uploads: self.uploads.range(first_day..=end).map(|(_, uploads)| uploads).sum(),
            is_complete: last_day < today,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn counts(rows: &[(&str, i64)]) -> CountsByDay {
        rows.iter().map(|(text, count)| (day(text), *count)).collect()
    }

    #[test]
    fn day_without_a_count_has_no_value_and_no_difference() {
        // 2026-11-22 is a Sunday.
        let known = DailyCounts {
            subscribers: counts(&[("2026-11-19", 10), ("2026-11-20", 12), ("2026-11-22", 15)]),
            views: counts(&[("2026-11-19", 500), ("2026-11-20", 400)]),
            uploads: counts(&[("2026-11-21", 2)]),
        };
        let points = known.points(DayRange::new(day("2026-11-22"), 3), Interval::Day);
        let shown: Vec<_> = points
            .iter()
            .map(|p| {
                (p.subscribers, p.subscribers_gained, p.views_gained, p.uploads, p.is_complete)
            })
            .collect();
        assert_eq!(
            shown,
            [
                (Some(12), Some(2), Some(0), 0, true),
                (None, None, None, 2, true),
                (Some(15), None, None, 0, false),
            ]
        );
    }

    #[test]
    fn week_has_the_difference_of_two_sundays() {
        let known = DailyCounts {
            views: counts(&[("2026-11-15", 100), ("2026-11-22", 800), ("2026-11-24", 900)]),
            uploads: counts(&[("2026-11-15", 5), ("2026-11-16", 1), ("2026-11-22", 2)]),
            ..DailyCounts::default()
        };
        let range = DayRange::new(day("2026-11-24"), 5);
        assert_eq!(range.first_queried_day(), day("2026-11-15"));
        let points = known.points(range, Interval::Week);
        let shown: Vec<_> = points
            .iter()
            .map(|p| (p.first_day.to_string(), p.views, p.views_gained, p.uploads, p.is_complete))
            .collect();
        assert_eq!(
            shown,
            [
                ("2026-11-16".to_owned(), Some(800), Some(700), 3, true),
                ("2026-11-23".to_owned(), Some(900), Some(100), 0, false),
            ]
        );
    }

    #[test]
    fn views_gained_across_august_2026_are_unknown() {
        let known = DailyCounts {
            views: counts(&[
                ("2026-07-30", 1),
                ("2026-07-31", 2),
                ("2026-08-01", 3),
                ("2026-08-31", 4),
                ("2026-09-01", 5),
                ("2026-09-02", 6),
            ]),
            ..DailyCounts::default()
        };
        let points = known.points(DayRange::new(day("2026-09-02"), 60), Interval::Day);
        let gained = points.iter().filter(|point| point.views_gained.is_some());
        let days: Vec<_> = gained.map(|point| point.first_day).collect();
        assert_eq!(days, [day("2026-07-31"), day("2026-09-02")]);
    }

    #[test]
    fn series_has_every_day_and_each_week_that_overlaps() {
        let range = DayRange::new(day("2026-11-22"), MAX_DAYS);
        assert_eq!(DailyCounts::default().points(range, Interval::Day).len(), 365);
        assert_eq!(DailyCounts::default().points(range, Interval::Week).len(), 53);
    }
}
