//! Outlier videos of a keyword.

use super::parse_keyword;
use chrono::{DateTime, Utc};
use common::{
    error::FieldErrors,
    http::{
        CsvRows, Field,
        filters::{LengthFilter, parse_category, parse_days, parse_length, parse_subscribers},
    },
    outliers::{Outlier, OutlierFilter},
    time::OffsetTime,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const DEFAULT_DAYS: i16 = 28;

/// The parameters of `keywords/outliers/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct KeywordOutliersParams {
    /// One keyword; not blank. Case, width and spaces do not matter.
    #[param(value_type = String, example = "먹방", max_length = 100, pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    keyword: Field<String>,
    /// Videos uploaded in the last 7, 14, 28 or 90 days; by default 28.
    #[param(value_type = Option<i64>, example = 28)]
    days: Field<i64>,
    /// YouTube category id.
    #[param(value_type = Option<i16>, example = 24, minimum = 1)]
    category: Field<i64>,
    /// `shorts` or `long`; by default both.
    #[param(value_type = Option<LengthFilter>, example = "long")]
    length: Field<String>,
    /// Only channels with 0.3 to 3 times this number of subscribers.
    #[param(value_type = Option<i64>, example = 10_000, minimum = 0)]
    subscribers: Field<i64>,
    /// Only channels with at least this number of subscribers.
    #[param(value_type = Option<i64>, example = 1_000, minimum = 0)]
    min_subscribers: Field<i64>,
    /// Only channels with at most this number of subscribers.
    #[param(value_type = Option<i64>, example = 50_000, minimum = 0)]
    max_subscribers: Field<i64>,
}

impl KeywordOutliersParams {
    /// The keyword as requested with its key, and the filter.
    pub(crate) fn validate(self) -> Result<((String, String), OutlierFilter), FieldErrors> {
        let mut errors = FieldErrors::default();
        let keyword = parse_keyword(self.keyword, &mut errors);
        let filter = OutlierFilter {
            days: parse_days(self.days, DEFAULT_DAYS, &mut errors).into(),
            category: parse_category(self.category, &mut errors),
            length: parse_length(self.length, &mut errors),
            subscribers: parse_subscribers(
                [self.subscribers, self.min_subscribers, self.max_subscribers],
                &mut errors,
            ),
            ..OutlierFilter::default()
        };
        match keyword {
            Some(keyword) if errors.is_empty() => Ok((keyword, filter)),
            _ => Err(errors),
        }
    }
}

/// Outlier videos of a keyword.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeywordOutliersResponse {
    /// The keyword, as requested.
    #[schema(example = "먹방")]
    keyword: String,
    /// The length of the window, in days.
    #[schema(example = 28)]
    days: i64,
    /// Its start, in Seoul.
    #[schema(value_type = String, example = "2026-11-21T10:21:48+09:00")]
    from: OffsetTime,
    /// The number of videos with the keyword itself, not only a longer one, of the newest 1,000, among
    /// which outliers are searched.
    #[schema(example = 412)]
    videos: usize,
    /// Up to 200, by `ratio_shrunk`.
    results: Vec<Outlier>,
}

impl KeywordOutliersResponse {
    pub(crate) fn new(
        keyword: String,
        (days, from): (i64, DateTime<Utc>),
        videos: usize,
        results: Vec<Outlier>,
    ) -> Self {
        Self { keyword, days, from: OffsetTime(from), videos, results }
    }
}

impl CsvRows for KeywordOutliersResponse {
    fn rows(&self) -> impl Iterator<Item = impl Serialize> {
        self.results.iter()
    }
}
