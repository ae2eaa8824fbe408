//! Outlier videos, and the parameters that select them.

use super::rounded;
use crate::{
    error::FieldErrors,
    http::{
        Field,
        filters::{
            LengthFilter, WindowDays, parse_category, parse_days, parse_length, parse_subscribers,
        },
    },
    queries::outliers::{OutlierFilter, OutlierRow},
    time::OffsetTime,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const DEFAULT_DAYS: i16 = 28;

/// A comparison with fewer videos is marked.
const SMALL_SAMPLE: i16 = 5;

/// The parameters that lists of outlier videos share.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OutlierParams {
    /// Videos uploaded in the last 7, 14, 28 or 90 days; by default 28.
    #[param(value_type = Option<WindowDays>, inline, example = 28)]
    days: Field<i64>,
    /// YouTube category id.
    #[param(value_type = Option<i16>, minimum = 1, maximum = 32_767)]
    category: Field<i64>,
    /// `shorts` or `long`; by default both.
    #[param(value_type = Option<LengthFilter>)]
    length: Field<String>,
    /// Only channels with 0.3 to 3 times this number of subscribers.
    #[param(value_type = Option<i64>, minimum = 0)]
    subscribers: Field<i64>,
    /// Only channels with at least this number of subscribers.
    #[param(value_type = Option<i64>, minimum = 0)]
    min_subscribers: Field<i64>,
    /// Only channels with at most this number of subscribers.
    #[param(value_type = Option<i64>, minimum = 0)]
    max_subscribers: Field<i64>,
}

impl OutlierParams {
    /// The filter, without channel and videos; invalid parameters are added to `errors`.
    pub fn validate(self, errors: &mut FieldErrors) -> OutlierFilter {
        let subscribers = [self.subscribers, self.min_subscribers, self.max_subscribers];
        OutlierFilter {
            days: parse_days(self.days, DEFAULT_DAYS, errors).into(),
            category: parse_category(self.category, errors),
            length: parse_length(self.length, errors),
            subscribers: parse_subscribers(subscribers, errors),
            ..OutlierFilter::default()
        }
    }
}

/// A video compared with the channel's earlier videos of the same length at the same age.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Outlier {
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
    channel_idx: i32,
    /// The channel's name.
    #[schema(example = "오늘의 먹방")]
    channel_name: Option<String>,
    /// The channel's subscribers.
    #[schema(example = 48_000)]
    subscribers: i32,
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
    /// The age at which it is compared: 1, 2, 3, 7, 14 or 28.
    #[schema(example = 7)]
    age_days: i16,
    /// The views at that age, interpolated between two observations.
    #[schema(example = 52_000)]
    views_at_age: i64,
    /// The median of the earlier videos at that age.
    #[schema(example = 5_200.0)]
    expected_views: f64,
    /// Multiple of the expected views: `views_at_age` ÷ `expected_views`.
    #[schema(example = 10.0)]
    ratio: f64,
    /// The ratio, nearer to 1 the fewer videos it is compared with.
    #[schema(example = 7.02)]
    ratio_shrunk: f64,
    /// The number of earlier videos, 3 to 30.
    #[schema(example = 11)]
    sample: i16,
    /// Whether `sample` is below five.
    #[schema(example = false)]
    is_small_sample: bool,
}

impl From<OutlierRow> for Outlier {
    fn from(row: OutlierRow) -> Self {
        Self {
            idx: row.idx,
            video_id: row.video_id,
            title: row.title,
            thumbnail_url: row.thumbnail_url,
            channel_idx: row.channel_idx,
            channel_name: row.channel_name,
            subscribers: row.subscribers,
            subscriber_estimated: row.subscriber_estimated,
            upload_time: OffsetTime(row.upload_time),
            length: row.length,
            category: row.category,
            views: row.views,
            age_days: row.age_days,
            views_at_age: row.views_at_age,
            expected_views: rounded(row.expected_views),
            ratio: rounded(row.ratio),
            ratio_shrunk: rounded(row.ratio_shrunk),
            sample: row.sample,
            is_small_sample: row.sample < SMALL_SAMPLE,
        }
    }
}
