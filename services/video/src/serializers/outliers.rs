//! Outlier videos.

use super::parse_channel;
use crate::queries::rollup::{AgeViewsRow, VideoAgesRow};
use chrono::{DateTime, Utc};
use common::{
    Error,
    error::FieldErrors,
    http::{
        CsvRows, Field, PageLinks,
        filters::{ListPage, SubscriberRange, parse_list_page},
    },
    models::MAX_SHORT_SECONDS,
    queries::outliers::{OutlierFilter, OutlierRow},
    serializers::{Outlier, OutlierParams},
    time::OffsetTime,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The parameters of `videos/outliers/` besides [`OutlierParams`].
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OutlierListParams {
    /// Only videos of the channel with this id.
    #[param(value_type = Option<i32>, minimum = 0)]
    channel: Field<i64>,
    /// The page number, from 1.
    #[param(value_type = Option<i64>, example = 1, minimum = 1)]
    page: Field<String>,
}

impl OutlierListParams {
    pub(crate) fn validate(
        self,
        outliers: OutlierParams,
    ) -> Result<(OutlierFilter, ListPage), Error> {
        let mut errors = FieldErrors::default();
        let filter = outliers.validate(&mut errors);
        let channel = parse_channel(self.channel, &mut errors);
        errors.into_result()?;
        Ok((OutlierFilter { channel, ..filter }, parse_list_page(self.page)?))
    }
}

/// A page of outlier videos.
#[derive(Serialize, ToSchema)]
pub(crate) struct OutlierListResponse {
    window: Window,
    /// The range of subscribers; null without one.
    subscribers: Option<Subscribers>,
    /// The changes until then are included, in Seoul; null before the first computation.
    #[schema(value_type = Option<String>, example = "2026-11-21T10:21:48+09:00")]
    updated_at: Option<OffsetTime>,
    /// The number of videos on all pages, at most 200.
    #[schema(example = 57)]
    count: i64,
    /// URL of the next page.
    #[schema(example = "http://localhost:8080/api/videos/outliers/?page=2")]
    next: Option<String>,
    /// URL of the previous page.
    #[schema(example = json!(null))]
    previous: Option<String>,
    /// Up to 20, by `ratio_shrunk`. CSV contains the rows of all pages.
    results: Vec<Outlier>,
}

/// The time in which videos were uploaded.
#[derive(Serialize, ToSchema)]
struct Window {
    /// Its length.
    #[schema(example = 28)]
    days: i64,
    /// Its start, in Seoul.
    #[schema(value_type = String, example = "2026-11-21T10:21:48+09:00")]
    from: OffsetTime,
}

/// A range of subscribers, both ends inclusive.
#[derive(Serialize, ToSchema)]
struct Subscribers {
    /// The least number.
    #[schema(example = 3_000)]
    min: i64,
    /// The greatest number; null if there is no limit.
    #[schema(example = 30_000)]
    max: Option<i64>,
}

impl OutlierListResponse {
    /// `count` is the number of rows on all pages.
    pub(crate) fn new(
        filter: &OutlierFilter,
        (now, updated_at): (DateTime<Utc>, Option<DateTime<Utc>>),
        (links, page, count): (&PageLinks, ListPage, i64),
        rows: Vec<OutlierRow>,
    ) -> Self {
        let link = |number| links.url(number);
        let range = filter.subscribers;
        Self {
            window: Window { days: filter.days, from: OffsetTime(filter.uploaded_since(now)) },
            subscribers: range.map(|SubscriberRange { min, max }| Subscribers { min, max }),
            updated_at: updated_at.map(OffsetTime),
            count,
            next: page.next(count).map(link),
            previous: page.previous().map(link),
            results: rows.into_iter().map(Outlier::from).collect(),
        }
    }
}

impl CsvRows for OutlierListResponse {
    fn rows(&self) -> impl Iterator<Item = impl Serialize> {
        self.results.iter()
    }
}

/// The views of a video at standard ages, and their comparison with other videos.
#[derive(Serialize, ToSchema)]
pub(crate) struct VideoOutlierResponse {
    video: VideoFacts,
    /// The ages at which the views are known, ascending.
    ages: Vec<AgeViews>,
    /// Null if fewer than three earlier videos of the channel are known at one of these ages.
    outlier: Option<Outlier>,
}

/// Properties of a video.
#[derive(Serialize, ToSchema)]
struct VideoFacts {
    /// Database id of the channel.
    #[schema(example = 17)]
    channel_idx: Option<i32>,
    /// When it was uploaded, in Seoul.
    #[schema(value_type = Option<String>, example = "2026-11-21T18:00:00+09:00")]
    upload_time: Option<OffsetTime>,
    /// `shorts`, `long` or `unknown`.
    #[schema(example = "long")]
    length: &'static str,
    /// YouTube category id.
    #[schema(example = 26)]
    category: Option<i16>,
}

impl From<VideoAgesRow> for VideoFacts {
    fn from(row: VideoAgesRow) -> Self {
        let is_long = row.duration_seconds.is_some_and(|seconds| seconds > MAX_SHORT_SECONDS);
        let length = match row.is_short {
            Some(true) => "shorts",
            Some(false) => "long",
            None if is_long => "long",
            None => "unknown",
        };
        Self {
            channel_idx: row.channel_idx,
            upload_time: row.upload_time.map(OffsetTime),
            length,
            category: row.category,
        }
    }
}

/// Views at an age.
#[derive(Serialize, ToSchema)]
struct AgeViews {
    /// 1, 2, 3, 7, 14 or 28.
    #[schema(example = 7)]
    age_days: i16,
    /// Interpolated between two observations.
    #[schema(example = 52_000)]
    views: i64,
}

impl VideoOutlierResponse {
    pub(crate) fn new(video: VideoAgesRow, outlier: Option<OutlierRow>) -> Self {
        let ages = video.ages.map(AgeViewsRow::by_age).into_iter().flatten();
        let known =
            |(age_days, views): (i16, Option<i64>)| views.map(|views| AgeViews { age_days, views });
        Self {
            video: video.into(),
            ages: ages.filter_map(known).collect(),
            outlier: outlier.map(Outlier::from),
        }
    }
}
