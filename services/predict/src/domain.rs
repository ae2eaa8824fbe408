//! The rules of predictions and recommendations, free of I/O.

use chrono::{Days, NaiveDate};
use common::{
    error::FieldErrors,
    keywords::validate_keyword,
    prediction::{DAYS, UploadTime},
};

/// The most keywords of one kind.
const MAX_KEYWORDS: usize = 20;

/// How far ahead a video can be planned, in days.
const HORIZON: u64 = 366;

/// The day YouTube began: nothing was uploaded earlier.
const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2005, 2, 14) {
    Some(day) => day,
    None => unreachable!(),
};

/// The days of a prediction that is made on the day `today`: from the next one on.
pub(crate) fn days(today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    today.iter_days().skip(1).take(DAYS)
}

/// When a video is to be published, or why that cannot be; seen from the day `today`.
pub(crate) fn upload_time(text: &str, today: NaiveDate) -> Result<UploadTime, &'static str> {
    let upload = UploadTime::parse(text.trim()).ok_or(
        "Date has wrong format. Use one of these formats instead: YYYY-MM-DD, \
         YYYY-MM-DDThh:mm[:ss][+HH:MM|-HH:MM|Z].",
    )?;
    if upload.day < FIRST_DAY {
        return Err("Ensure this date is not before 2005-02-14.");
    }
    let last = today.checked_add_days(Days::new(HORIZON)).unwrap_or(NaiveDate::MAX);
    if upload.day > last {
        return Err("Ensure this date is no more than a year from now.");
    }
    Ok(upload)
}

/// Keywords parted by spaces, each once; errors are added to those of the field `name`.
pub(crate) fn keywords(text: &str, name: &'static str, errors: &mut FieldErrors) -> Vec<String> {
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
    fn a_prediction_begins_tomorrow_and_covers_31_days() {
        let days: Vec<NaiveDate> = days(day("2026-11-24")).collect();
        assert_eq!((days.len(), days[0], days[30]), (31, day("2026-11-25"), day("2026-12-25")));
        assert!(self::days(NaiveDate::MAX).count() < 31);
    }

    #[test]
    fn an_upload_is_between_the_beginning_of_youtube_and_a_year_ahead() {
        let today = day("2026-11-24");
        for text in ["2005-02-14", "2026-11-24", " 2026-11-24T10:00 ", "2027-11-25"] {
            assert!(upload_time(text, today).is_ok(), "{text}");
        }
        for text in ["2005-02-13", "2027-11-26", "9999-12-31", "-2026-01-01", "20261124", ""] {
            assert!(upload_time(text, today).is_err(), "{text}");
        }
    }

    #[test]
    fn keywords_are_parted_by_spaces_and_each_counts_once() {
        let mut errors = FieldErrors::default();
        let found = keywords(" 먹방\u{3000}일상  먹방 ", "keyword_string", &mut errors);
        assert_eq!(found, ["먹방", "일상"]);
        assert!(errors.is_empty());
        keywords(&"a".repeat(101), "keyword_string", &mut errors);
        assert!(errors.has("keyword_string"));
        let many: Vec<String> = (0..21).map(|number| number.to_string()).collect();
        keywords(&many.join(" "), "must_keyword", &mut errors);
        assert!(errors.has("must_keyword"));
    }

    proptest! {
        #[test]
        fn no_date_is_more_than_refused(text in "\\PC{0,30}") {
            upload_time(&text, day("2026-11-24")).ok();
        }
    }
}
