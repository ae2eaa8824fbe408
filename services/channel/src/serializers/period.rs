//! `channel_period_data/<idx>/`

use super::{ChannelVideo, ChannelVideos, Pie};
use crate::{
    domain::{Period, parse_day},
    queries::postgres::SubscribersRow,
};
use chrono::NaiveDate;
use common::{
    error::FieldErrors,
    http::Field,
    serializers::{Word, WordMap},
    time::SeoulTime,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The parameters of `channel_period_data/<idx>/`: both or none.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeriodParams {
    /// The first day, in Seoul.
    #[param(value_type = Option<NaiveDate>, example = "2026-11-01")]
    start: Field<String>,
    /// The last day, in Seoul, inclusive.
    #[param(value_type = Option<NaiveDate>, example = "2026-11-21")]
    end: Field<String>,
}

impl PeriodParams {
    /// The period, if any.
    pub(crate) fn validate(self) -> Result<Option<Period>, FieldErrors> {
        let missing = || Field::Invalid("Both dates are needed, or none.".to_owned());
        let (start, end) = match (day(&self.start), day(&self.end)) {
            (Field::Missing, Field::Missing) => return Ok(None),
            (Field::Missing, end) => (missing(), end),
            (start, Field::Missing) => (start, missing()),
            both => both,
        };
        let mut errors = FieldErrors::default();
        let (start, end) = (start.required("start", &mut errors), end.required("end", &mut errors));
        let (start, end) = start.zip(end).ok_or(errors)?;
        let period = Period::new(start, end);
        period.map(Some).ok_or_else(|| FieldErrors::single("start", "Must not be after the end."))
    }
}

fn day(field: &Field<String>) -> Field<NaiveDate> {
    let day = match field {
        Field::Missing => return Field::Missing,
        Field::Value(text) => parse_day(text),
        Field::Null | Field::Invalid(_) => None,
    };
    let invalid = || Field::Invalid("Date has wrong format. Use YYYY-MM-DD.".to_owned());
    day.map_or_else(invalid, Field::Value)
}

/// With a period: the fastest growing videos and their keywords. Without a period: the subscribers
/// of the last 14 days.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum PeriodResponse {
    /// With a period.
    Period(PeriodData),
    /// Without a period.
    Subscribers(Vec<SubscriberCount>),
}

/// Videos and keywords of a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeriodData {
    video: ChannelVideos,
    keyword: Pie,
    wordmap: WordMap,
}

/// A subscriber count.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubscriberCount {
    /// The time of the count, in Seoul.
    #[schema(value_type = String, example = "2026-11-21T10:21:48")]
    check_time: SeoulTime,
    /// The number of subscribers, as a string.
    #[schema(example = "28400000")]
    subscriber_num: String,
}

impl PeriodResponse {
    /// The response for a period of the channel `name`.
    pub(crate) fn period(
        name: Option<String>,
        videos: Vec<ChannelVideo>,
        words: Vec<Word>,
    ) -> Self {
        Self::Period(PeriodData {
            video: ChannelVideos { kind: "analysis", data: videos },
            keyword: Pie { pie: words.clone() },
            wordmap: WordMap::new(name, words),
        })
    }
}

impl From<Vec<SubscribersRow>> for PeriodResponse {
    fn from(rows: Vec<SubscribersRow>) -> Self {
        let counts = rows.into_iter().map(|row| SubscriberCount {
            check_time: SeoulTime(row.check_time),
            subscriber_num: row.subscriber_num,
        });
        Self::Subscribers(counts.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::http::Query;

    fn validate(query: &str) -> Result<Option<Period>, FieldErrors> {
        Query::<PeriodParams>::parse(query).unwrap().0.validate()
    }

    fn invalid_fields(query: &str) -> Vec<String> {
        validate(query).unwrap_err().0.keys().map(ToString::to_string).collect()
    }

    #[test]
    fn period_needs_both_dates_or_none() {
        for query in ["", "other=1"] {
            assert_eq!(validate(query), Ok(None), "{query}");
        }
        assert_eq!(invalid_fields("start=2026-11-01"), ["end"]);
        assert_eq!(invalid_fields("end=2026-11-01"), ["start"]);
        assert_eq!(invalid_fields("start=&end="), ["end", "start"]);
    }

    #[test]
    fn period_with_invalid_dates_names_each() {
        assert_eq!(invalid_fields("start=2026-11-31&end=2026-12-01"), ["start"]);
        assert_eq!(invalid_fields("start=2026-11-30&end=tomorrow"), ["end"]);
        assert_eq!(invalid_fields("start=%FF&end=%00"), ["end", "start"]);
        assert_eq!(invalid_fields("start=2026-12-02&end=2026-12-01"), ["start"]);
        assert_eq!(invalid_fields("start=bad"), ["end", "start"]);
    }
}
