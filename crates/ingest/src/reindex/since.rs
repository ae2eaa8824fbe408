//! The argument `--since`: a timestamp, a date or a duration.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::time::start_of_day;

/// The start of the changes that are indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// A point in time.
    At(DateTime<Utc>),
    /// A duration before the start of the command.
    Ago(TimeDelta),
}

impl Since {
    /// The point in time; a duration counts back from `now`.
    pub fn timestamp(self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::At(timestamp) => timestamp,
            Self::Ago(duration) => now.checked_sub_signed(duration).unwrap_or(DateTime::UNIX_EPOCH),
        }
    }
}

/// Parses `2026-11-21T10:00:00+09:00`, `2026-11-21` (the start of that day in Seoul), or
/// `90m`, `2h`, `3d`.
pub fn parse_since(text: &str) -> Result<Since, String> {
    if let Ok(timestamp) = DateTime::parse_from_rfc3339(text) {
        return Ok(Since::At(timestamp.to_utc()));
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Ok(Since::At(start_of_day(day)));
    }
    let duration = text.char_indices().last().and_then(|(end, unit)| {
        let number = text[..end].parse::<u32>().ok()?.into();
        match unit {
            'm' => TimeDelta::try_minutes(number),
            'h' => TimeDelta::try_hours(number),
            'd' => TimeDelta::try_days(number),
            _ => None,
        }
    });
    duration.map(Since::Ago).ok_or_else(|| {
        "expected a timestamp (2026-11-21T10:00:00+09:00), a date (2026-11-21) or a duration (90m, 2h, \
         3d)"
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
