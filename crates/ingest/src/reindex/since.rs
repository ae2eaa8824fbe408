//! `--since`: a time, a day, or how long ago.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::time::start_of_day;

/// The moment from which on changes are brought over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// This moment.
    At(DateTime<Utc>),
    /// So long ago.
    Ago(TimeDelta),
}

impl Since {
    /// The moment, seen from `now`.
    pub fn moment(self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::At(moment) => moment,
            Self::Ago(span) => now.checked_sub_signed(span).unwrap_or(DateTime::UNIX_EPOCH),
        }
    }
}

/// Reads `2026-11-21T10:00:00+09:00`, `2026-11-21` (the start of that day in Seoul), or
/// `90m`, `2h`, `3d`.
pub fn parse_since(text: &str) -> Result<Since, String> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(Since::At(moment.to_utc()));
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Ok(Since::At(start_of_day(day)));
    }
    let span = text.char_indices().last().and_then(|(end, unit)| {
        let number = text[..end].parse::<u32>().ok()?.into();
        match unit {
            'm' => TimeDelta::try_minutes(number),
            'h' => TimeDelta::try_hours(number),
            'd' => TimeDelta::try_days(number),
            _ => None,
        }
    });
    span.map(Since::Ago).ok_or_else(|| {
        "neither a time (2026-11-21T10:00:00+09:00) nor a day (2026-11-21) nor a span (90m, 2h, 3d)"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_accepts_timestamp_day_and_duration() {
        let at = |text: &str| Ok(Since::At(text.parse().unwrap()));
        assert_eq!(parse_since("2026-11-21T10:00:00+09:00"), at("2026-11-21T01:00:00Z"));
        assert_eq!(parse_since("2026-11-21"), at("2026-11-20T15:00:00Z"));
        assert_eq!(parse_since("90m"), Ok(Since::Ago(TimeDelta::minutes(90))));
        assert_eq!(parse_since("3d"), Ok(Since::Ago(TimeDelta::days(3))));
    }

    #[test]
    fn since_with_invalid_text_is_rejected() {
        for text in ["", "h", "-3d", "3w", "yesterday", "2026-13-01", "3시"] {
            assert!(parse_since(text).is_err(), "{text}");
        }
    }
}
