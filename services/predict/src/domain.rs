//! Rules of predictions and recommendations, without I/O.

use chrono::{Days, NaiveDate};
use common::{
    error::FieldErrors,
    keywords::validate_keyword,
    prediction::{DAYS, UploadTime},
};

/// Maximum number of keywords per parameter.
const MAX_KEYWORDS: usize = 20;

/// Maximum number of days from today to the upload, as of the last predicted day.
const MAX_DAYS_AHEAD: u64 = DAYS as u64;

/// Maximum number of days since the upload: growth after a year is unknown.
const MAX_DAYS_AGO: u64 = 365;

/// The days of a prediction computed on the day `today`, starting with the next day.
pub(crate) fn prediction_days(today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    today.iter_days().skip(1).take(DAYS)
}

/// Parses the planned upload time; at most a year before and 31 days after `today`.
pub(crate) fn parse_upload_time(text: &str, today: NaiveDate) -> Result<UploadTime, &'static str> {
    let upload = UploadTime::parse(text.trim()).ok_or(
        "Date has wrong format. Use one of these formats instead: YYYY-MM-DD, \
         YYYY-MM-DDThh:mm[:ss][+HH:MM|-HH:MM|Z].",
    )?;
    let first = today.checked_sub_days(Days::new(MAX_DAYS_AGO)).unwrap_or(NaiveDate::MIN);
    if upload.day < first {
        return Err("Ensure this date is no more than 365 days ago.");
    }
    let last = today.checked_add_days(Days::new(MAX_DAYS_AHEAD)).unwrap_or(NaiveDate::MAX);
    if upload.day > last {
        return Err("Ensure this date is no more than 31 days from now.");
    }
    Ok(upload)
}

/// Parses whitespace-separated keywords without duplicates; adds errors of the field `name`.
pub(crate) fn parse_keywords(
    text: &str,
    name: &'static str,
    errors: &mut FieldErrors,
) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for keyword in text.split_whitespace() {
        if !found.iter().any(|known| known == keyword) {
            found.push(keyword.to_owned());
        }
    }
    if let Err(message) = found.iter().try_for_each(|keyword| validate_keyword(keyword)) {
        errors.add(name, message);
    }
    if found.len() > MAX_KEYWORDS {
        errors.add(name, "Ensure this field has no more than 20 keywords.");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn prediction_days_are_31_from_tomorrow() {
        let days: Vec<NaiveDate> = prediction_days(day("2026-11-24")).collect();
        assert_eq!((days.len(), days[0], days[30]), (31, day("2026-11-25"), day("2026-12-25")));
        assert!(prediction_days(NaiveDate::MAX).count() < 31);
    }

    #[test]
    fn upload_time_out_of_range_is_an_error() {
        let today = day("2026-11-24");
        for text in ["2025-11-24", "2026-11-24", " 2026-11-24T10:00 ", "2026-12-25"] {
            assert!(parse_upload_time(text, today).is_ok(), "{text}");
        }
        for text in
            ["2025-11-23", "2005-02-14", "2026-12-26", "9999-12-31", "-2026-01-01", "20261124", ""]
        {
            assert!(parse_upload_time(text, today).is_err(), "{text}");
        }
    }

    #[test]
    fn keywords_are_split_at_whitespace_and_deduplicated() {
        let mut errors = FieldErrors::default();
        let found = parse_keywords(" 먹방\u{3000}일상  먹방 ", "keyword_string", &mut errors);
        assert_eq!(found, ["먹방", "일상"]);
        assert!(errors.is_empty());
        parse_keywords(&"a".repeat(101), "keyword_string", &mut errors);
        assert!(errors.has("keyword_string"));
        let many: Vec<String> = (0..21).map(|number| number.to_string()).collect();
        parse_keywords(&many.join(" "), "must_keyword", &mut errors);
        assert!(errors.has("must_keyword"));
    }

    proptest! {
        #[test]
        fn upload_time_of_any_text_does_not_panic(text in "\\PC{0,30}") {
            parse_upload_time(&text, day("2026-11-24")).ok();
        }
    }
}
