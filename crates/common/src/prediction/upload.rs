//! The planned time of upload.

use crate::time::SEOUL;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

/// A day in Seoul with an optional time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadTime {
    /// The day.
    pub day: NaiveDate,
    /// Time of day.
    pub time: Option<NaiveTime>,
}

/// Formats without an offset, in Seoul time.
const LOCAL_FORMATS: [&str; 2] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];

impl UploadTime {
    /// Parses `2026-11-24`, or an ISO 8601 time: `2026-11-24T18:00`, with a space instead of the `T`,
    /// with seconds, with `Z` or an offset. Without an offset it is the time in Seoul.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_iso(text).or_else(|| Self::parse_iso(&text.replacen(' ', "T", 1)))
    }

    fn parse_iso(text: &str) -> Option<Self> {
        if let Some(day) = parse_day(text) {
            return Some(Self { day, time: None });
        }
        let with_offset = DateTime::parse_from_rfc3339(text)
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z"))
            .or_else(|error| {
                let local = text.strip_suffix('Z').ok_or(error)?;
                let time = NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M")?;
                Ok::<_, chrono::ParseError>(time.and_utc().fixed_offset())
            });
        let local = match with_offset {
            Ok(time) => time.with_timezone(&SEOUL).naive_local(),
            Err(_) => LOCAL_FORMATS
                .iter()
                .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?,
        };
        Some(Self { day: local.date(), time: Some(local.time()) })
    }
}

/// Exactly `YYYY-MM-DD`: chrono also accepts `2026-1-2` and spaces.
fn parse_day(text: &str) -> Option<NaiveDate> {
    let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        let UploadTime { day, time } = UploadTime::parse(text)?;
        Some(time.map_or_else(|| day.to_string(), |time| format!("{day} {time}")))
    }

    #[test]
    fn upload_time_is_parsed_in_seoul_time() {
        for (text, expected) in [
            ("2026-11-24", "2026-11-24"),
            ("2026-11-24T18:00", "2026-11-24 18:00:00"),
            ("2026-11-24T18:00:30", "2026-11-24 18:00:30"),
            ("2026-11-24 18:00:30", "2026-11-24 18:00:30"),
            ("2026-11-24 18:00", "2026-11-24 18:00:00"),
            ("2026-11-24T8:00", "2026-11-24 08:00:00"),
            ("2026-11-24T18:00:00.000Z", "2026-11-25 03:00:00"),
            ("2026-11-24T18:00:00+09:00", "2026-11-24 18:00:00"),
            ("2026-11-24T18:00+00:00", "2026-11-25 03:00:00"),
            ("2026-11-24T18:00-01:00", "2026-11-25 04:00:00"),
            ("2026-11-24T18:00Z", "2026-11-25 03:00:00"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn invalid_upload_time_is_rejected() {
        for text in
            ["", "2026-11-31", "2026-1-2", "24.11.2026", "tomorrow", "2026-11-24T25:00", "2026-11"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,40}") {
            UploadTime::parse(&text);
        }
    }
}
