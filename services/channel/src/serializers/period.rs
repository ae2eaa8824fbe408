//! `channel_period_data/<idx>/`

use super::{ChannelVideo, ChannelVideos, Pie};
use crate::{
    domain::{Period, parse_day},
    queries::postgres::SubscribersRow,
};
use chrono::NaiveDate;
use common::{
    error::FieldErrors,
    http::Query,
    serializers::{Word, WordMap},
    time::SeoulTime,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// The parameters of `channel_period_data/<idx>/`: both or none.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document's form of what `period` reads")]
pub(crate) struct PeriodParams {
    /// The first day, in Seoul.
    #[param(example = "2026-11-01")]
    start: Option<NaiveDate>,
    /// The last day, in Seoul: itself included.
    #[param(example = "2026-11-21")]
    end: Option<NaiveDate>,
}

impl PeriodParams {
    /// The period that is asked for, or none; or what is wrong with each date.
    pub(crate) fn period(query: &Query) -> Result<Option<Period>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let start = day(query, "start", &mut errors);
        let end = day(query, "end", &mut errors);
        let given = |name| query.text(name) != Ok(None);
        let missing = "Both dates are needed, or none.";
        match (given("start"), given("end")) {
            (true, false) => errors.add("end", missing),
            (false, true) => errors.add("start", missing),
            _ => {}
        }
        let (Some(start), Some(end)) = (start, end) else {
            return if errors.is_empty() { Ok(None) } else { Err(errors) };
        };
        let period = Period::new(start, end);
        if period.is_none() {
            errors.add("start", "Must not be after the end.");
        }
        if errors.is_empty() { Ok(period) } else { Err(errors) }
    }
}

fn day(query: &Query, name: &'static str, errors: &mut FieldErrors) -> Option<NaiveDate> {
    let found = match query.text(name) {
        Ok(None) => return None,
        Ok(Some(text)) => parse_day(text),
        Err(_) => None,
    };
    if found.is_none() {
        errors.add(name, "Date has wrong format. Use YYYY-MM-DD.");
    }
    found
}

/// With a period: its fastest growing videos and their keywords. Without: the subscribers of
/// the last 14 days.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum PeriodResponse {
    /// With a period.
    Period(PeriodData),
    /// Without.
    Subscribers(Vec<SubscriberCount>),
}

/// Videos and keywords of a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeriodData {
    video: ChannelVideos,
    keyword: Pie,
    wordmap: WordMap,
}

/// Subscribers at one time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubscriberCount {
    /// When they were counted, in Seoul.
    #[schema(value_type = String, example = "2026-11-21T10:21:48")]
    check_time: SeoulTime,
    /// The count, as text.
    #[schema(example = "28400000")]
    subscriber_num: String,
}

impl PeriodResponse {
    /// The fastest growing videos of a period of the channel `name`, and its keywords.
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

    fn wrong(query: &str) -> Vec<String> {
        let errors = PeriodParams::period(&Query::parse(query)).unwrap_err();
        errors.0.keys().map(ToString::to_string).collect()
    }

    #[test]
    fn both_dates_are_needed_or_none() {
        for query in ["", "other=1"] {
            assert_eq!(PeriodParams::period(&Query::parse(query)), Ok(None), "{query}");
        }
        assert_eq!(wrong("start=2026-11-01"), ["end"]);
        assert_eq!(wrong("end=2026-11-01"), ["start"]);
        assert_eq!(wrong("start=&end="), ["end", "start"]);
    }

    #[test]
    fn each_bad_date_is_named() {
        assert_eq!(wrong("start=2026-11-31&end=2026-12-01"), ["start"]);
        assert_eq!(wrong("start=2026-11-30&end=tomorrow"), ["end"]);
        assert_eq!(wrong("start=%FF&end=%00"), ["end", "start"]);
        assert_eq!(wrong("start=2026-12-02&end=2026-12-01"), ["start"]);
        assert_eq!(wrong("start=bad"), ["end", "start"]);
    }
}
