//! The timestamp formats of the data sets.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// Parses `2020-08-12T00:00:00Z` and other RFC 3339 forms, `2020-08-12 00:00:00`,
/// `2020-08-12`, and the older data set's `20.12.08`, which is year, day, month. Without
/// an offset it is UTC; a date is midnight. Years from 1970 to 2999.
pub(super) fn parse_timestamp(text: &str) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(text)
        .map(|time| time.with_timezone(&Utc))
        .ok()
        .or_else(|| Some(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok()?.and_utc()))
        .or_else(|| Some(parse_day(text)?.and_time(NaiveTime::MIN).and_utc()))?;
    (1970..3000).contains(&time.year()).then_some(time)
}

fn parse_day(text: &str) -> Option<NaiveDate> {
    let format = match text.as_bytes() {
        [_, _, _, _, b'-', _, _, b'-', _, _] => "%Y-%m-%d",
        [_, _, b'.', _, _, b'.', _, _] => "%y.%d.%m",
        _ => return None,
    };
    NaiveDate::parse_from_str(text, format).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn supported_timestamp_formats_are_parsed() {
        let day: DateTime<Utc> = "2020-08-12T00:00:00Z".parse().unwrap();
        for text in [
            "2020-08-12T00:00:00Z",
            "2020-08-12T00:00:00.000Z",
            "2020-08-12T09:00:00+09:00",
            "2020-08-12 00:00:00",
            "2020-08-12",
            "20.12.08",
        ] {
            assert_eq!(parse_timestamp(text), Some(day), "{text}");
        }
    }

    #[test]
    fn unsupported_timestamp_formats_are_rejected() {
        for text in
            ["", "2020-13-01", "20.08.13", "2020-8-1", "yesterday", "0001-01-01", "12/08/2020"]
        {
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
    }
}
