//! Charts of videos by gained views.

use crate::{domain::ChartFilter, queries::rollup::ChartRow};
use chrono::{DateTime, Utc};
use common::{
    Error,
    error::FieldErrors,
    http::{
        CsvRows, Field, PageLinks,
        filters::{LengthFilter, ListPage, parse_category, parse_length, parse_list_page},
    },
    time::OffsetTime,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The parameters of `videos/chart/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChartParams {
    /// YouTube category id.
    #[param(value_type = Option<i16>, example = 24, minimum = 1, maximum = 32_767)]
    category: Field<i64>,
    /// `shorts` or `long`; by default both.
    #[param(value_type = Option<LengthFilter>, example = "long")]
    length: Field<String>,
    /// The page number, from 1.
    #[param(value_type = Option<i64>, example = 1, minimum = 1)]
    page: Field<String>,
}

impl ChartParams {
    pub(crate) fn validate(self) -> Result<(ChartFilter, ListPage), Error> {
        let mut errors = FieldErrors::default();
        let filter = ChartFilter {
            category: parse_category(self.category, &mut errors),
            length: parse_length(self.length, &mut errors),
        };
        errors.into_result()?;
        Ok((filter, parse_list_page(self.page)?))
    }
}

/// A page of the chart.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChartResponse {
    /// The changes until then are included, in Seoul; null before the first computation.
    #[schema(value_type = Option<String>, example = "2026-11-21T10:21:48+09:00")]
    updated_at: Option<OffsetTime>,
    /// The number of videos on all pages, at most 200.
    #[schema(example = 200)]
    count: i64,
    /// URL of the next page.
    #[schema(example = "http://localhost:8080/api/videos/chart/?page=2")]
    next: Option<String>,
    /// URL of the previous page.
    #[schema(example = json!(null))]
    previous: Option<String>,
    /// Up to 20, by `gained_24h`. CSV contains the rows of all pages.
    results: Vec<ChartVideo>,
}

/// A video of the chart.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChartVideo {
    /// From 1.
    #[schema(example = 1)]
    rank: i64,
    /// Database id (`idx`).
    #[schema(example = 17)]
    idx: i32,
    /// YouTube video id.
    #[schema(example = "uq5LClQN3cE")]
    video_id: String,
    /// The title.
    #[schema(example = "혼자 먹는 저녁")]
    title: String,
    /// Thumbnail URL.
    thumbnail_url: Option<String>,
    /// Database id of the channel.
    #[schema(example = 12)]
    channel_idx: Option<i32>,
    /// The channel's name.
    #[schema(example = "오늘의 먹방")]
    channel_name: Option<String>,
    /// The channel's subscribers.
    #[schema(example = 48_000)]
    subscribers: Option<i32>,
    /// `subscribers` is an estimate made from views.
    #[schema(example = false)]
    subscriber_estimated: bool,
    /// When it was uploaded, in Seoul.
    #[schema(value_type = String, example = "2026-11-21T10:21:48+09:00")]
    upload_time: OffsetTime,
    /// `shorts`, `long`, or `unknown`: not classified.
    #[schema(example = "long")]
    length: String,
    /// The YouTube category id.
    #[schema(example = 24)]
    category: Option<i16>,
    /// The views at the last observation.
    #[schema(example = 61_000)]
    views: Option<i64>,
    /// The views gained in the 24 hours before `observed_at`.
    #[schema(example = 21_000)]
    gained_24h: i64,
    /// The last observation, in Seoul, at most 48 hours before the newest of all videos.
    #[schema(value_type = Option<String>, example = "2026-11-21T10:21:48+09:00")]
    observed_at: Option<OffsetTime>,
}

impl ChartVideo {
    fn new(rank: i64, row: ChartRow) -> Self {
        Self {
            rank,
            idx: row.idx,
            video_id: row.video_id,
            title: row.title,
            thumbnail_url: row.thumbnail_url,
            channel_idx: row.channel_idx,
            channel_name: row.channel_name,
            subscribers: row.subscribers,
            subscriber_estimated: row.subscriber_estimated.unwrap_or(false),
            upload_time: OffsetTime(row.upload_time),
            length: row.length,
            category: row.category,
            views: row.views,
            gained_24h: row.gained_24h.unwrap_or(0),
            observed_at: row.observed_at.map(OffsetTime),
        }
    }
}

impl ChartResponse {
    /// `count` is the number of rows on all pages.
    pub(crate) fn new(
        updated_at: Option<DateTime<Utc>>,
        (links, page, count): (&PageLinks, ListPage, i64),
        rows: Vec<ChartRow>,
    ) -> Self {
        let link = |number| links.url(number);
        let ranks = page.offset() + 1..;
        Self {
            updated_at: updated_at.map(OffsetTime),
            count,
            next: page.next(count).map(link),
            previous: page.previous().map(link),
            results: ranks.zip(rows).map(|(rank, row)| ChartVideo::new(rank, row)).collect(),
        }
    }
}

impl CsvRows for ChartResponse {
    fn rows(&self) -> impl Iterator<Item = impl Serialize> {
        self.results.iter()
    }
}
