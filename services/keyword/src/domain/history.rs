//! Periods of a history: days, or weeks that start on Monday, in Seoul.

use chrono::{DateTime, Days, NaiveDate, Utc};
use common::time::{Interval, seoul_day};
use std::collections::BTreeSet;

/// The valid parameters of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HistoryFilter {
    /// As requested.
    pub keywords: Vec<String>,
    pub days: u64,
    pub unit: Interval,
}

impl HistoryFilter {
    /// A text that differs for different filters: keywords contain no null characters.
    pub(crate) fn cache_key(&self) -> String {
        format!("{} {} {}", self.days, self.unit.name(), self.keywords.join("\0"))
    }

    /// The first and the last day, from the start of a period until today.
    pub(crate) fn range(&self, now: DateTime<Utc>) -> (NaiveDate, NaiveDate) {
        let today = seoul_day(now);
        let first = today.checked_sub_days(Days::new(self.days - 1)).unwrap_or(today);
        (self.unit.first_day(first), today)
    }

    /// The periods, with their number of days that have data and whether they are over.
    pub(crate) fn periods(
        &self,
        (first, last): (NaiveDate, NaiveDate),
        days_with_data: &BTreeSet<NaiveDate>,
    ) -> Vec<(NaiveDate, usize, bool)> {
        let step = Days::new(self.unit.days());
        let starts = std::iter::successors(Some(first), |start| start.checked_add_days(step));
        let period = |start: NaiveDate| {
            let end = start.checked_add_days(step).unwrap_or(start);
            (start, days_with_data.range(start..end).count(), end <= last)
        };
        starts.take_while(|start| *start <= last).map(period).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weeks_start_on_monday_and_the_current_one_is_unfinished() {
        let filter = HistoryFilter { keywords: vec![], days: 9, unit: Interval::Week };
        // 2026-11-27 is a Friday in Seoul.
        let range = filter.range("2026-11-26T16:00:00Z".parse().unwrap());
        assert_eq!(range, (day("2026-11-16"), day("2026-11-27")));
        let data = BTreeSet::from([day("2026-11-22"), day("2026-11-23")]);
        let expected = [(day("2026-11-16"), 1, true), (day("2026-11-23"), 1, false)];
        assert_eq!(filter.periods(range, &data), expected);
    }

    #[test]
    fn today_is_unfinished_and_days_without_data_are_gaps() {
        let filter = HistoryFilter { keywords: vec![], days: 2, unit: Interval::Day };
        let range = (day("2026-11-26"), day("2026-11-27"));
        let data = BTreeSet::from([day("2026-11-27")]);
        let expected = [(day("2026-11-26"), 0, true), (day("2026-11-27"), 1, false)];
        assert_eq!(filter.periods(range, &data), expected);
    }
}
