//! Videos with far more views than their channel's earlier ones at the same age: queries and their
//! response type.

use crate::{
    db::schema::{channel, video, video_outlier},
    http::filters::{LengthFilter, MAX_LIST_ROWS, SubscriberRange},
    serializers::rounded,
    time::OffsetTime,
};
use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, JoinOnDsl, QueryDsl, QueryResult, Queryable, dsl::sql, sql_types::Bool,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use utoipa::ToSchema;

/// A comparison with fewer videos is marked.
const SMALL_SAMPLE: i16 = 5;

/// A selection of outlier videos.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutlierFilter {
    /// Uploaded in the last days.
    pub days: i64,
    /// YouTube category id.
    pub category: Option<i16>,
    /// Shorts or long videos; `None`: both.
    pub length: Option<LengthFilter>,
    /// Subscribers of the channel.
    pub subscribers: Option<SubscriberRange>,
    /// The `idx` of the channel.
    pub channel: Option<i32>,
    /// Only videos with one of these `idx`.
    pub videos: Option<Vec<i32>>,
}

/// A compared video.
#[derive(Debug, Clone, Queryable)]
struct OutlierRow {
    idx: i32,
    video_id: String,
    title: String,
    thumbnail_url: Option<String>,
    channel_idx: i32,
    channel_name: Option<String>,
    subscribers: i32,
    upload_time: DateTime<Utc>,
    length: String,
    category: Option<i16>,
    views: Option<i64>,
    age_days: i16,
    views_at_age: i64,
    expected_views: f64,
    ratio: f64,
    ratio_shrunk: f64,
    sample: i16,
}

/// Lists the `idx` of the outliers of a filter that were uploaded since `from`, highest ratio first, at
/// most [`MAX_LIST_ROWS`].
pub async fn list_outlier_ids(
    connection: &AsyncPgConnection,
    filter: &OutlierFilter,
    from: DateTime<Utc>,
) -> QueryResult<Vec<i32>> {
    // A literal: it selects the partial indexes.
    let is_outlier = sql::<Bool>("ratio_shrunk >= 2");
    let mut query = video_outlier::table
        .filter(is_outlier)
        .filter(video_outlier::upload_time.ge(from))
        .order((video_outlier::ratio_shrunk.desc(), video_outlier::video_idx))
        .limit(MAX_LIST_ROWS)
        .select(video_outlier::video_idx)
        .into_boxed();
    if let Some(category) = filter.category {
        query = query.filter(video_outlier::category.eq(category));
    }
    if let Some(length) = filter.length {
        query = query.filter(video_outlier::length.eq(length.name()));
    }
    if let Some(range) = filter.subscribers {
        let [min, max] = [range.min, range.max.unwrap_or(i64::MAX)]
            .map(|subscribers| i32::try_from(subscribers).unwrap_or(i32::MAX));
        query = query.filter(video_outlier::subscribers.between(min, max));
    }
    if let Some(channel) = filter.channel {
        query = query.filter(video_outlier::channel_idx.eq(channel));
    }
    if let Some(videos) = &filter.videos {
        query = query.filter(video_outlier::video_idx.eq_any(videos));
    }
    query.load(&mut &*connection).await
}

/// Lists compared videos in the order of `ids`.
pub async fn list_outliers(
    connection: &AsyncPgConnection,
    ids: &[i32],
) -> QueryResult<Vec<Outlier>> {
    let mut rows: Vec<OutlierRow> = video_outlier::table
        .inner_join(video::table.on(video::idx.eq(video_outlier::video_idx)))
        .inner_join(channel::table.on(channel::idx.eq(video_outlier::channel_idx)))
        .filter(video_outlier::video_idx.eq_any(ids))
        .select((
            video::idx,
            video::video_id,
            video::video_name,
            video::thumbnail_url,
            video_outlier::channel_idx,
            channel::channel_name,
            video_outlier::subscribers,
            video_outlier::upload_time,
            video_outlier::length,
            video_outlier::category,
            video::views,
            video_outlier::age_days,
            video_outlier::views,
            video_outlier::expected_views,
            video_outlier::ratio,
            video_outlier::ratio_shrunk,
            video_outlier::sample,
        ))
        .load(&mut &*connection)
        .await?;
    rows.sort_by_key(|row| ids.iter().position(|idx| *idx == row.idx));
    Ok(rows.into_iter().map(Outlier::from).collect())
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
    /// There are fewer than five.
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
