//! Values of options.

use chrono::{Datelike, NaiveDate};
use ingest::files::YOUTUBE_START;

/// Parses a number of days.
pub(crate) fn parse_age(text: &str) -> Result<f64, String> {
    let age = text.parse().ok().filter(|age| (0.25..=3650.0).contains(age));
    age.ok_or_else(|| "expected a number of days from 0.25 to 3650".to_owned())
}

pub(crate) fn parse_separator(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'"' => Ok(*byte),
        _ => Err("expected one character such as , ; or |, or tab".to_owned()),
    }
}

/// Parses a day such as `2026-11-21`.
pub(crate) fn parse_day(text: &str) -> Result<NaiveDate, String> {
    let numbers: Vec<Option<u32>> = text.split('-').map(|part| part.parse().ok()).collect();
    let [Some(year), Some(month), Some(day)] = numbers[..] else {
        return Err("expected year-month-day, as 2026-11-21".to_owned());
    };
    let first_year = YOUTUBE_START.year();
    let year = i32::try_from(year).unwrap_or(i32::MAX);
    if !(first_year..10_000).contains(&year) {
        return Err(format!("expected year-month-day with a year from {first_year} on"));
    }
    if !(1..=12).contains(&month) {
        return Err(format!("there is no month {month}; expected year-month-day, as 2026-11-21"));
    }
    NaiveDate::from_ymd_opt(year, month, day)
        .ok_or_else(|| format!("month {month} of {year} has no day {day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_day_is_rejected_with_cause() {
        assert_eq!(parse_day("2026-11-21"), Ok(NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()));
        for (text, cause) in [
            ("2026-13-01", "there is no month 13"),
            ("2026-02-30", "month 2 of 2026 has no day 30"),
            ("1998-01-01", "a year from 2005 on"),
            ("21.11.2026", "expected year-month-day"),
            ("yesterday", "expected year-month-day"),
            ("26-11-21", "a year from 2005 on"),
        ] {
            let error = parse_day(text).unwrap_err();
            assert!(error.contains(cause), "{text}: {error}");
        }
    }
}
