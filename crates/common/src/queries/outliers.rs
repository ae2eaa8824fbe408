//! Videos with far more views than their channel's earlier ones at the same age.

use crate::{
    db::schema::{channel, video, video_outlier},
    http::filters::{LengthFilter, MAX_LIST_ROWS, SubscriberRange},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    ExpressionMethods, JoinOnDsl, QueryDsl, QueryResult, Queryable, dsl::sql, sql_types::Bool,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

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

impl OutlierFilter {
    /// The earliest upload time, `now` less the days of the filter.
    pub fn uploaded_since(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - TimeDelta::days(self.days)
    }
}

/// A compared video.
#[derive(Debug, Clone, Queryable)]
pub struct OutlierRow {
    pub(crate) idx: i32,
    pub(crate) video_id: String,
    pub(crate) title: String,
    pub(crate) thumbnail_url: Option<String>,
    pub(crate) channel_idx: i32,
    pub(crate) channel_name: Option<String>,
    pub(crate) subscribers: i32,
    pub(crate) subscriber_estimated: bool,
    pub(crate) upload_time: DateTime<Utc>,
    pub(crate) length: String,
    pub(crate) category: Option<i16>,
    pub(crate) views: Option<i64>,
    pub(crate) age_days: i16,
    pub(crate) views_at_age: i64,
    pub(crate) expected_views: f64,
    pub(crate) ratio: f64,
    pub(crate) ratio_shrunk: f64,
    pub(crate) sample: i16,
}

/// Lists the `idx` of the outliers of a filter at the time `now`, highest ratio first, at most
/// [`MAX_LIST_ROWS`].
pub async fn list_outlier_ids(
    connection: &AsyncPgConnection,
    filter: &OutlierFilter,
    now: DateTime<Utc>,
) -> QueryResult<Vec<i32>> {
    // A literal: it selects the partial indexes.
    let is_outlier = sql::<Bool>("ratio_shrunk >= 2");
    let mut query = video_outlier::table
        .filter(is_outlier)
        .filter(video_outlier::upload_time.ge(filter.uploaded_since(now)))
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
) -> QueryResult<Vec<OutlierRow>> {
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
            channel::subscriber_estimated,
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
    Ok(rows)
}
