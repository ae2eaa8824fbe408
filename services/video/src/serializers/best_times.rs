//! Upload times compared by views.

use super::parse_channel;
use crate::{domain::BestTimesOf, queries::best_times::HourRow};
use common::{
    Error,
    error::FieldErrors,
    http::{CsvRows, Field, filters::parse_category},
    keywords::parse_keyword_key,
    serializers::rounded,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// The median of fewer videos is not shown.
const MIN_VIDEOS: i64 = 5;
const HOURS_OF_WEEK: i32 = 7 * 24;

/// The parameters of `videos/best_times/`: exactly one is required.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BestTimesParams {
    /// YouTube category id.
    #[param(value_type = Option<i16>, example = 24, minimum = 1, maximum = 32_767)]
    category: Field<i64>,
    /// A channel's id, instead of `category`.
    #[param(value_type = Option<i32>, minimum = 0)]
    channel: Field<i64>,
    /// A keyword, instead of `category`. Case, width and spaces do not matter.
    #[param(value_type = Option<String>, max_length = 100, pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    keyword: Field<String>,
}

impl BestTimesParams {
    pub(crate) fn validate(self) -> Result<BestTimesOf, Error> {
        let mut errors = FieldErrors::default();
        let category = parse_category(self.category, &mut errors);
        let channel = parse_channel(self.channel, &mut errors);
        let parse = |keyword: String| parse_keyword_key(&keyword);
        let keyword = self.keyword.and_then(parse).optional("keyword", &mut errors);
        errors.into_result()?;
        match (category, channel, keyword) {
            (Some(category), None, None) => Ok(BestTimesOf::Category(category)),
            (None, Some(channel), None) => Ok(BestTimesOf::Channel(channel)),
            (None, None, Some(keyword)) => Ok(BestTimesOf::Keyword(keyword)),
            _ => {
                Err(FieldErrors::single("category", "Expected category, channel or keyword.")
                    .into())
            }
        }
    }
}

/// The hours of a week.
#[derive(Serialize, ToSchema)]
pub(crate) struct BestTimesResponse {
    /// The number of counted videos: at most the latest 5,000 of a category or channel, and those of
    /// the last 450 days of a keyword, if an hour has five.
    #[schema(example = 1_480)]
    videos: i64,
    /// 168, from Monday 0:00 in Seoul.
    #[schema(min_items = 168, max_items = 168)]
    hours: Vec<HourOfWeek>,
}

/// An hour of the week in Seoul.
#[derive(Serialize, ToSchema)]
pub(crate) struct HourOfWeek {
    /// From 1, Monday, to 7.
    #[schema(example = 5)]
    weekday: i32,
    /// From 0 to 23.
    #[schema(example = 18)]
    hour: i32,
    /// The number of videos that were uploaded in it.
    #[schema(example = 31)]
    videos: i64,
    /// The median of their views after three days ÷ the median of the channel's earlier videos;
    /// null if there are fewer than five.
    #[schema(example = 1.12)]
    median_ratio: Option<f64>,
}

impl From<Vec<HourRow>> for BestTimesResponse {
    fn from(rows: Vec<HourRow>) -> Self {
        let videos = rows.iter().map(|row| row.videos).sum();
        let found: HashMap<_, _> = rows.iter().map(|row| (row.hour_of_week, row)).collect();
        let hours = (0..HOURS_OF_WEEK).map(|hour| {
            let row = found.get(&hour);
            let videos = row.map_or(0, |row| row.videos);
            let median = row.and_then(|row| row.median_ratio).filter(|_| videos >= MIN_VIDEOS);
            let (weekday, hour) = (hour / 24 + 1, hour % 24);
            HourOfWeek { weekday, hour, videos, median_ratio: median.map(rounded) }
        });
        Self { videos, hours: hours.collect() }
    }
}

impl CsvRows for BestTimesResponse {
    fn rows(&self) -> impl Iterator<Item = impl Serialize> {
        self.hours.iter()
    }
}
