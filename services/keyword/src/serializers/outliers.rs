//! Outlier videos of a keyword.

use super::parse_keyword;
use chrono::{DateTime, Utc};
use common::{
    error::FieldErrors,
    http::{CsvRows, Field},
    queries::outliers::{OutlierFilter, OutlierRow},
    serializers::{Outlier, OutlierParams},
    time::OffsetTime,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The parameters of `keywords/outliers/` besides [`OutlierParams`].
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct KeywordOutliersParams {
    /// One keyword; not blank. Case, width and spaces do not matter.
    #[param(value_type = String, example = "먹방", max_length = 100, pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    keyword: Field<String>,
}

impl KeywordOutliersParams {
    /// The keyword as requested with its key, and the filter.
    pub(crate) fn validate(
        self,
        outliers: OutlierParams,
    ) -> Result<((String, String), OutlierFilter), FieldErrors> {
        let mut errors = FieldErrors::default();
        let keyword = parse_keyword(self.keyword, &mut errors);
        let filter = outliers.validate(&mut errors);
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
        rows: Vec<OutlierRow>,
    ) -> Self {
        let results = rows.into_iter().map(Outlier::from).collect();
        Self { keyword, days, from: OffsetTime(from), videos, results }
    }
}

impl CsvRows for KeywordOutliersResponse {
    fn rows(&self) -> impl Iterator<Item = impl Serialize> {
        self.results.iter()
    }
}
