//! The reply message.

use super::DAYS;
use serde::{Deserialize, Serialize};
use serde_json::{Number, value::RawValue};

/// Optional details of a prediction: see [`super::DETAILS_HEADER`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Details {
    /// Lower bounds of the 80 % interval, one per day.
    pub low: Vec<i64>,
    /// Upper bounds, one per day.
    pub high: Vec<i64>,
    /// Factors of the prediction, the strongest first.
    pub factors: Vec<Factor>,
    /// The ratio of two predictions below which they do not differ: the spread of views that
    /// titles explain on held-out videos.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_ratio: Option<f64>,
}

/// The effect of a property of the video on its prediction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// Name, such as `subscribers` or `weekday`.
    pub name: String,
    /// Multiplier of the views: 1.3 is 30 % more, 0.5 half.
    pub effect: f64,
}

impl Details {
    /// Parses the header; `None` if it is invalid or does not cover every day.
    pub fn parse(header: &[u8]) -> Option<Self> {
        let details: Self = serde_json::from_slice(header).ok()?;
        let is_complete = details.low.len() == DAYS && details.high.len() == DAYS;
        let is_valid = |factor: &Factor| factor.effect.is_finite() && factor.effect > 0.0;
        let has_valid_ratio =
            details.min_ratio.is_none_or(|ratio| ratio.is_finite() && ratio >= 1.0);
        let is_valid = is_complete && has_valid_ratio && details.factors.iter().all(is_valid);
        is_valid.then_some(details)
    }
}

/// Maximum size of a reply in bytes: many times the size of 31 numbers.
const MAX_REPLY: usize = 64 << 10;

/// An invalid reply.
#[derive(Debug, thiserror::Error)]
pub enum ReplyError {
    /// Larger than any list of views.
    #[error("the reply has {0} bytes; at most {MAX_REPLY} are accepted")]
    TooLarge(usize),
    /// Not a JSON array.
    #[error("the reply is not a JSON array: {0}")]
    NotAnArray(serde_json::Error),
    /// Fewer entries than days.
    #[error("the reply has {0} entries instead of {DAYS}")]
    TooShort(usize),
    /// An entry is not a 64-bit number.
    #[error("entry {0} of the reply is not a view count")]
    NotANumber(usize),
}

/// Parses the views of each day, truncated towards zero; further entries are ignored.
pub fn parse_views(body: &[u8]) -> Result<[i64; DAYS], ReplyError> {
    if body.len() > MAX_REPLY {
        return Err(ReplyError::TooLarge(body.len()));
    }
    let entries: Vec<&RawValue> = serde_json::from_slice(body).map_err(ReplyError::NotAnArray)?;
    let count = entries.len();
    let entries = entries.get(..DAYS).ok_or(ReplyError::TooShort(count))?;
    let mut views = [0; DAYS];
    for (day, (entry, views)) in entries.iter().zip(&mut views).enumerate() {
        *views = truncated(entry.get()).ok_or(ReplyError::NotANumber(day))?;
    }
    Ok(views)
}

/// Larger floats may not fit into 64 bits.
const LIMIT: f64 = 9e18;

/// Truncates a number, as the Django API did.
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

    fn read(numbers: &[&str]) -> Result<[i64; DAYS], ReplyError> {
        parse_views(format!("[{}]", numbers.join(",")).as_bytes())
    }

    #[test]
    fn parse_views_truncates_fractions_and_ignores_further_entries() {
        let mut numbers = vec!["7"; 33];
        numbers[..6].copy_from_slice(&["15400.7", "2e3", "-0.5", "0.999", "-15400.7", "1.5"]);
        numbers[32] = "\"more\"";
        let views = read(&numbers).unwrap();
        assert_eq!(&views[..7], &[15400, 2000, 0, 0, -15400, 1, 7]);
        assert_eq!(read(&["9007199254740993"; 31]).unwrap()[0], 9_007_199_254_740_993);
    }

    #[test]
    fn reply_without_number_for_each_day_is_rejected() {
        assert!(matches!(read(&["1"; 30]), Err(ReplyError::TooShort(30))));
        for wrong in ["\"1\"", "null", "[1]", "true", "1e300"] {
            assert!(matches!(read(&[wrong; 31]), Err(ReplyError::NotANumber(0))), "{wrong}");
        }
        for wrong in ["", "{}", "31", "[1,", "\"text\"", "NaN"] {
            let read = parse_views(wrong.as_bytes());
            assert!(matches!(read, Err(ReplyError::NotAnArray(_))), "{wrong}");
        }
    }

    #[test]
    fn large_reply_is_rejected_before_it_is_parsed() {
        let reply = format!("[{}1]", "1,".repeat(MAX_REPLY / 2));
        assert!(matches!(parse_views(reply.as_bytes()), Err(ReplyError::TooLarge(_))));
        let reply = format!("[{}1]", "1,".repeat(1_000));
        assert_eq!(parse_views(reply.as_bytes()).unwrap(), [1; DAYS]);
    }

    #[test]
    fn details_without_every_day_are_rejected() {
        let factors = vec![Factor { name: "subscribers".into(), effect: 1.5 }];
        let (low, high) = (vec![1; DAYS], vec![2; DAYS]);
        let details = Details { low, high, factors, min_ratio: Some(2.0) };
        let header = serde_json::to_vec(&details).unwrap();
        assert_eq!(Details::parse(&header), Some(details.clone()));
        let ratio = Details { min_ratio: Some(0.5), ..details.clone() };
        assert_eq!(Details::parse(&serde_json::to_vec(&ratio).unwrap()), None);
        let short = Details { low: vec![1], ..details };
        assert_eq!(Details::parse(&serde_json::to_vec(&short).unwrap()), None);
        assert_eq!(Details::parse(b"\xff"), None);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(body in prop::collection::vec(any::<u8>(), 0..300)) {
            parse_views(&body).ok();
            Details::parse(&body);
        }
    }
}
