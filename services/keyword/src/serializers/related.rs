//! Related keywords.

use super::parse_keyword;
use crate::domain::RelatedKeyword;
use common::{
    error::FieldErrors,
    http::{
        CsvRows, Field,
        filters::{WindowDays, parse_days},
    },
    serializers::rounded,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const DEFAULT_DAYS: i16 = 28;

/// The parameters of `keywords/related/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RelatedParams {
    /// One keyword; not blank. Case, width and spaces do not matter.
    #[param(value_type = String, example = "먹방", max_length = 100, pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    keyword: Field<String>,
    /// The length of the window, in days: 7, 14, 28 or 90; by default 28.
    #[param(value_type = Option<WindowDays>, inline, example = 28)]
    days: Field<i64>,
}

impl RelatedParams {
    /// The keyword as requested with its key, and the days.
    pub(crate) fn validate(self) -> Result<((String, String), i16), FieldErrors> {
        let mut errors = FieldErrors::default();
        let keyword = parse_keyword(self.keyword, &mut errors);
        let days = parse_days(self.days, DEFAULT_DAYS, &mut errors);
        match keyword {
            Some(keyword) if errors.is_empty() => Ok((keyword, days)),
            _ => Err(errors),
        }
    }
}

/// Keywords that are used together with a keyword more often than by chance.
#[derive(Serialize, ToSchema)]
pub(crate) struct RelatedResponse {
    /// The keyword, as requested.
    #[schema(example = "먹방")]
    keyword: String,
    /// The length of the window, in days.
    #[schema(example = 28)]
    days: i16,
    /// The videos with the keyword, of the newest 1,000, in which others are counted.
    #[schema(example = 412)]
    videos: u64,
    /// Up to 30, by `lift`.
    results: Vec<RelatedKeywordRow>,
}

/// A related keyword.
#[derive(Serialize, ToSchema)]
struct RelatedKeywordRow {
    /// The most frequent of its spellings.
    #[schema(example = "라면")]
    keyword: String,
    /// Its share in videos with the searched keyword, divided by its share in all videos, shrunk
    /// towards 1.
    #[schema(example = 14.2)]
    lift: f64,
    /// Videos with both.
    #[schema(example = 37)]
    videos: u64,
    /// Distinct channels of these videos.
    #[schema(example = 21)]
    channels: usize,
    /// The share of the videos with the searched keyword that have it.
    #[schema(example = 0.09)]
    share: f64,
    /// The share of all videos that have it.
    #[schema(example = 0.006)]
    base_share: f64,
}

impl RelatedResponse {
    pub(crate) fn new(
        keyword: String,
        days: i16,
        videos: u64,
        related: Vec<RelatedKeyword>,
    ) -> Self {
        let row = |keyword: RelatedKeyword| RelatedKeywordRow {
            keyword: keyword.name,
            lift: rounded(keyword.lift),
            videos: keyword.cooccurrences,
            channels: keyword.channels,
            share: rounded(keyword.share),
            base_share: (keyword.base_share * 1e6).round() / 1e6,
        };
        Self { keyword, days, videos, results: related.into_iter().map(row).collect() }
    }
}

impl CsvRows for RelatedResponse {
    fn rows(&self) -> impl Iterator<Item = impl Serialize> {
        self.results.iter()
    }
}
