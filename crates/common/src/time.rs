//! Days and times as clients see them: Asia/Seoul, nine hours ahead of UTC, without
//! daylight saving since 1988.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use serde::{Serialize, Serializer};
use std::str::FromStr;

/// The name of the time zone, for Elasticsearch and PostgreSQL.
pub const SEOUL_NAME: &str = "Asia/Seoul";

/// The time zone as a fixed offset.
pub const SEOUL: FixedOffset = match FixedOffset::east_opt(9 * 3600) {
    Some(offset) => offset,
    None => unreachable!(),
};

/// The earliest usable stored time, year 1; earlier ones and `-infinity` count as unknown.
pub const EARLIEST_TIME: DateTime<Utc> = time(-62_135_596_800);

/// In August 2026 YouTube changed what counts as a view, on a day that differs between videos: views
/// before and after this month are not compared. Its start in Seoul.
pub const COUNTING_CHANGE_FROM: DateTime<Utc> = time(1_785_510_000);

/// The end of that month in Seoul.
pub const COUNTING_CHANGE_UNTIL: DateTime<Utc> = time(1_788_188_400);

/// The latest usable stored time; later ones and `infinity` count as unknown. The end of the
/// year 9999: ISO 8601 and Elasticsearch have four digits for a year.
pub const LATEST_TIME: DateTime<Utc> = time(253_402_214_400);

const fn time(seconds: i64) -> DateTime<Utc> {
    match DateTime::from_timestamp(seconds, 0) {
        Some(time) => time,
        None => unreachable!(),
    }
}

/// Seconds of a day.
pub const SECONDS_PER_DAY: i32 = 86_400;

/// The duration in days, with fractions.
pub fn in_days(duration: TimeDelta) -> f64 {
    duration.as_seconds_f64() / f64::from(SECONDS_PER_DAY)
}

/// Whether all views from `from` to `until` were counted the same way, so that their
/// difference is growth.
pub fn are_views_comparable(from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
    until < COUNTING_CHANGE_FROM || from >= COUNTING_CHANGE_UNTIL
}

/// A timestamp as clients see it: Seoul time in seconds, without an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeoulTime(pub DateTime<Utc>);

impl Serialize for SeoulTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.with_timezone(&SEOUL).format("%Y-%m-%dT%H:%M:%S"))
    }
}

/// A timestamp of the routes that the Django API did not have: Seoul time in seconds with its
/// offset (RFC 3339).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OffsetTime(pub DateTime<Utc>);

impl Serialize for OffsetTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.with_timezone(&SEOUL).format("%Y-%m-%dT%H:%M:%S%:z"))
    }
}

/// The length of the periods of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
}

impl Interval {
    /// `day` or `week`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    /// The number of days.
    pub const fn days(self) -> u64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
        }
    }

    /// The first day of the period that contains `day`.
    pub fn first_day(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => day,
            Self::Week => monday_of(day),
        }
    }
}

/// Parses the name; the error is the message of a field.
impl FromStr for Interval {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "day" => Ok(Self::Day),
            "week" => Ok(Self::Week),
            _ => Err("Must be day or week."),
        }
    }
}

/// The Monday of the week that contains `day`.
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).checked_first_day().unwrap_or(day)
}

/// The day in Seoul.
pub fn seoul_day(time: DateTime<Utc>) -> NaiveDate {
    time.with_timezone(&SEOUL).date_naive()
}

/// The start of a day in Seoul.
pub fn start_of_day(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN);
    local.and_utc() - TimeDelta::seconds(i64::from(SEOUL.local_minus_utc()))
}

/// The start of the day in Seoul that was `days` days before the day of `now`.
pub fn days_ago(now: DateTime<Utc>, days: u64) -> DateTime<Utc> {
    let today = seoul_day(now);
    start_of_day(today.checked_sub_days(Days::new(days)).unwrap_or(today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_are_not_comparable_across_august_2026() {
        let (start, end) = (COUNTING_CHANGE_FROM, COUNTING_CHANGE_UNTIL);
        assert_eq!(start.with_timezone(&SEOUL).to_string(), "2026-08-01 00:00:00 +09:00");
        assert_eq!(end.with_timezone(&SEOUL).to_string(), "2026-09-01 00:00:00 +09:00");
        let second = TimeDelta::seconds(1);
        assert!(are_views_comparable(EARLIEST_TIME, start - second));
        assert!(are_views_comparable(end, LATEST_TIME));
        assert!(!are_views_comparable(start - second, end));
        assert!(!are_views_comparable(start, start) && !are_views_comparable(end - second, end));
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn seoul_day_starts_at_15_00_utc() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        assert_eq!(seoul_day(utc("2026-11-20T15:30:00Z")), day);
        assert_eq!(seoul_day(utc("2026-11-21T14:30:00Z")), day);
        assert_eq!(seoul_day(utc("2026-11-21T15:00:00Z")), day.succ_opt().unwrap());
    }

    #[test]
    fn timestamp_is_serialized_in_seoul_time() {
        let shown = serde_json::to_string(&SeoulTime(utc("2026-11-21T15:00:00.987Z")));
        assert_eq!(shown.unwrap(), "\"2026-11-22T00:00:00\"");
        let shown = serde_json::to_string(&OffsetTime(utc("2026-11-21T15:00:00.987Z")));
        assert_eq!(shown.unwrap(), "\"2026-11-22T00:00:00+09:00\"");
    }

    #[test]
    fn usable_times_have_four_digit_years_in_seoul() {
        assert_eq!(EARLIEST_TIME, utc("0001-01-01T00:00:00Z"));
        assert_eq!(LATEST_TIME, utc("9999-12-31T00:00:00Z"));
        let shown = serde_json::to_string(&SeoulTime(LATEST_TIME)).unwrap();
        assert_eq!(shown, "\"9999-12-31T09:00:00\"");
    }

    #[test]
    fn days_ago_returns_start_of_day_in_seoul() {
        let now = utc("2026-11-21T01:00:00Z");
        assert_eq!(days_ago(now, 0), utc("2026-11-20T15:00:00Z"));
        assert_eq!(days_ago(now, 7), utc("2026-11-13T15:00:00Z"));
    }
}
