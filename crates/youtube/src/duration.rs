//! Durations of videos, in ISO 8601 as in `contentDetails.duration`.

use jiff::{Span, SpanRelativeTo, Unit};
use serde::{Deserialize, Deserializer, de::Error};
use std::time::Duration;

/// Parses `PT4M13S`, `P1DT2H`, `P0D` (live streams and premieres before their end). A day has 24
/// hours; months and years are rejected.
fn parse_duration(text: &str) -> Result<Duration, String> {
    let invalid = |reason: &dyn std::fmt::Display| format!("invalid duration {text:?}: {reason}");
    let span: Span = text.parse().map_err(|error: jiff::Error| invalid(&error))?;
    if span.get_years() != 0 || span.get_months() != 0 {
        return Err(invalid(&"months and years have no fixed length"));
    }
    let days_are_24_hours = SpanRelativeTo::days_are_24_hours();
    let seconds = span.total((Unit::Second, days_are_24_hours)).map_err(|error| invalid(&error))?;
    Duration::try_from_secs_f64(seconds).map_err(|error| invalid(&error))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Duration>, D::Error> {
    let text: Option<String> = Option::deserialize(from)?;
    text.map(|text| parse_duration(&text).map_err(D::Error::custom)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_of_the_api_are_parsed() {
        for (text, seconds) in [
            ("PT4M13S", 253),
            ("PT1H", 3_600),
            ("PT0S", 0),
            ("P0D", 0),
            ("P1DT2H3M4S", 93_784),
            ("P2W", 1_209_600),
            ("PT181S", 181),
        ] {
            assert_eq!(parse_duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
    }

    #[test]
    fn invalid_durations_are_named_in_the_error() {
        for text in ["", "4:13", "PT", "P1M", "P1Y", "-PT5S", "PT99999999999999999999S"] {
            let error = parse_duration(text).unwrap_err();
            assert!(error.contains("invalid duration"), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn formatted_duration_parses_to_its_seconds(hours in 0_u64..400, minutes in 0_u64..60, seconds in 0_u64..60) {
            let text = format!("P{}DT{}H{minutes}M{seconds}S", hours / 24, hours % 24);
            let expected = Duration::from_secs((hours * 60 + minutes) * 60 + seconds);
            prop_assert_eq!(parse_duration(&text), Ok(expected));
        }

        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,30}") {
            let _ = parse_duration(&text);
        }
    }
}
