//! An answer, as it stands in its queue.

use super::DAYS;
use serde::{Deserialize, Serialize};
use serde_json::{Number, value::RawValue};

/// What an AI server may say beside the views: see [`super::DETAILS`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Details {
    /// The lower ends of the 80 % interval, one a day.
    pub low: Vec<i64>,
    /// The upper ends, one a day.
    pub high: Vec<i64>,
    /// What moved the prediction, the strongest first.
    pub factors: Vec<Factor>,
}

/// What something known of the video did to its prediction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// What it is, such as `subscribers` or `weekday`.
    pub name: String,
    /// The factor by which it moves the views: 1.3 is 30 % more, 0.5 half of them.
    pub effect: f64,
}

impl Details {
    /// Reads the header; none where it is not one for every day.
    pub fn read(header: &[u8]) -> Option<Self> {
        let details: Self = serde_json::from_slice(header).ok()?;
        let whole = details.low.len() == DAYS && details.high.len() == DAYS;
        let sound = |factor: &Factor| factor.effect.is_finite() && factor.effect > 0.0;
        (whole && details.factors.iter().all(sound)).then_some(details)
    }
}

/// Why an answer cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// It is not a JSON array.
    #[error("the answer is no JSON array: {0}")]
    NoArray(serde_json::Error),
    /// There is not one number for each day.
    #[error("the answer has {0} entries, not {DAYS}")]
    TooShort(usize),
    /// An entry is not a number, or none of 64 bits.
    #[error("entry {0} of the answer is no number of views")]
    NoNumber(usize),
}

/// The views of each day in the body of an answer, truncated towards zero; what follows them is ignored.
pub fn read_views(body: &[u8]) -> Result<[i64; DAYS], AnswerError> {
    let entries: Vec<&RawValue> = serde_json::from_slice(body).map_err(AnswerError::NoArray)?;
    let count = entries.len();
    let entries = entries.get(..DAYS).ok_or(AnswerError::TooShort(count))?;
    let mut views = [0; DAYS];
    for (day, (entry, views)) in entries.iter().zip(&mut views).enumerate() {
        *views = truncated(entry.get()).ok_or(AnswerError::NoNumber(day))?;
    }
    Ok(views)
}

/// Beyond this a float may be none of 64 bits.
const LIMIT: f64 = 9e18;

/// The number without its fraction, as the old system made integers of floats.
fn truncated(text: &str) -> Option<i64> {
    let number: Number = serde_json::from_str(text).ok()?;
    if let Some(whole) = number.as_i64() {
        return Some(whole);
    }
    let truncated = number.as_f64()?.trunc();
    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and within bounds")]
    (truncated.abs() < LIMIT).then_some(truncated as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(numbers: &[&str]) -> Result<[i64; DAYS], AnswerError> {
        read_views(format!("[{}]", numbers.join(",")).as_bytes())
    }

    #[test]
    fn read_views_with_fractions_truncates_and_ignores_further_entries() {
        let mut numbers = vec!["7"; 33];
        numbers[..6].copy_from_slice(&["15400.7", "2e3", "-0.5", "0.999", "-15400.7", "1.5"]);
        numbers[32] = "\"more\"";
        let views = read(&numbers).unwrap();
        assert_eq!(&views[..7], &[15400, 2000, 0, 0, -15400, 1, 7]);
        assert_eq!(read(&["9007199254740993"; 31]).unwrap()[0], 9_007_199_254_740_993);
    }

    #[test]
    fn what_is_not_a_number_for_each_day_is_refused() {
        assert!(matches!(read(&["1"; 30]), Err(AnswerError::TooShort(30))));
        for wrong in ["\"1\"", "null", "[1]", "true", "1e300"] {
            assert!(matches!(read(&[wrong; 31]), Err(AnswerError::NoNumber(0))), "{wrong}");
        }
        for wrong in ["", "{}", "31", "[1,", "\"text\"", "NaN"] {
            let read = read_views(wrong.as_bytes());
            assert!(matches!(read, Err(AnswerError::NoArray(_))), "{wrong}");
        }
    }

    #[test]
    fn details_are_for_every_day_or_none() {
        let factors = vec![Factor { name: "subscribers".into(), effect: 1.5 }];
        let details = Details { low: vec![1; DAYS], high: vec![2; DAYS], factors };
        let header = serde_json::to_vec(&details).unwrap();
        assert_eq!(Details::read(&header), Some(details.clone()));
        let short = Details { low: vec![1], ..details };
        assert_eq!(Details::read(&serde_json::to_vec(&short).unwrap()), None);
        assert_eq!(Details::read(b"\xff"), None);
    }

    proptest! {
        #[test]
        fn no_answer_is_more_than_refused(body in prop::collection::vec(any::<u8>(), 0..300)) {
            read_views(&body).ok();
            Details::read(&body);
        }
    }
}
