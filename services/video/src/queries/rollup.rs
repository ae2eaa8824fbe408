//! Queries on the rollups of videos.

use crate::domain::ChartFilter;
use chrono::{DateTime, Utc};
use common::{
    db::schema::{channel, video, video_age_views, video_rollup},
    http::filters::MAX_LIST_ROWS,
    time::{EARLIEST_TIME, LATEST_TIME},
};
use diesel::{
    ExpressionMethods, JoinOnDsl, NullableExpressionMethods, OptionalExtension, QueryDsl,
    QueryResult, Queryable,
    dsl::{case_when, max},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

/// The views of a video at each standard age.
#[derive(Debug, Clone, Copy, Queryable)]
#[expect(clippy::struct_field_names, reason = "the names of the columns")]
pub(crate) struct AgeViewsRow {
    day_1: Option<i64>,
    day_2: Option<i64>,
    day_3: Option<i64>,
    day_7: Option<i64>,
    day_14: Option<i64>,
    day_28: Option<i64>,
}

impl AgeViewsRow {
    /// The ages in days, ascending.
    pub(crate) fn by_age(self) -> [(i16, Option<i64>); 6] {
        let Self { day_1, day_2, day_3, day_7, day_14, day_28 } = self;
        [(1, day_1), (2, day_2), (3, day_3), (7, day_7), (14, day_14), (28, day_28)]
    }
}

/// A video of the chart.
#[derive(Debug, Clone, Queryable)]
pub(crate) struct ChartRow {
    pub idx: i32,
    pub video_id: String,
    pub title: String,
    pub thumbnail_url: Option<String>,
    pub channel_idx: Option<i32>,
    pub channel_name: Option<String>,
    pub subscribers: Option<i32>,
    pub subscriber_estimated: Option<bool>,
    pub upload_time: DateTime<Utc>,
    pub length: String,
    pub category: Option<i16>,
    pub views: Option<i64>,
    pub gained_24h: Option<i64>,
    pub observed_at: Option<DateTime<Utc>>,
}

/// A video and its views at standard ages, if any are known.
#[derive(Debug, Clone, Copy, Queryable)]
pub(crate) struct VideoAgesRow {
    pub channel_idx: Option<i32>,
    /// `None` if it cannot be represented.
    pub upload_time: Option<DateTime<Utc>>,
    pub category: Option<i16>,
    pub is_short: Option<bool>,
    pub duration_seconds: Option<i32>,
    pub ages: Option<AgeViewsRow>,
}

/// Finds a video and its views at standard ages.
pub(crate) async fn find_age_views(
    connection: &AsyncPgConnection,
    idx: i32,
) -> QueryResult<Option<VideoAgesRow>> {
    let ages = (
        video_age_views::day_1,
        video_age_views::day_2,
        video_age_views::day_3,
        video_age_views::day_7,
        video_age_views::day_14,
        video_age_views::day_28,
    );
    let is_usable = video::upload_time.between(EARLIEST_TIME, LATEST_TIME);
    video::table
        .left_join(video_age_views::table.on(video_age_views::video_idx.eq(video::idx)))
        .filter(video::idx.eq(idx))
        .select((
            video::channel_idx,
            case_when(is_usable, video::upload_time),
            video::category,
            video::is_short,
            video::duration_seconds,
            ages.nullable(),
        ))
        .get_result(&mut &*connection)
        .await
        .optional()
}

/// The time until which the rollups contain all changes.
pub(crate) async fn find_updated_at(
    connection: &AsyncPgConnection,
) -> QueryResult<Option<DateTime<Utc>>> {
    video_rollup::table.select(max(video_rollup::changed_until)).get_result(&mut &*connection).await
}

/// Lists the `idx` of the videos that gained the most views in 24 hours, at most [`MAX_LIST_ROWS`].
pub(crate) async fn list_chart_ids(
    connection: &AsyncPgConnection,
    filter: ChartFilter,
) -> QueryResult<Vec<i32>> {
    let mut query = video_age_views::table
        .filter(video_age_views::gained_24h.is_not_null())
        .order((video_age_views::gained_24h.desc(), video_age_views::video_idx))
        .limit(MAX_LIST_ROWS)
        .select(video_age_views::video_idx)
        .into_boxed();
    if let Some(category) = filter.category {
        query = query.filter(video_age_views::category.eq(category));
    }
    if let Some(length) = filter.length {
        query = query.filter(video_age_views::length.eq(length.name()));
    }
    query.load(&mut &*connection).await
}

/// Lists videos of the chart in the order of `ids`.
pub(crate) async fn list_chart(
    connection: &AsyncPgConnection,
    ids: &[i32],
) -> QueryResult<Vec<ChartRow>> {
    let mut rows: Vec<ChartRow> = video_age_views::table
        .inner_join(video::table.on(video::idx.eq(video_age_views::video_idx)))
        .left_join(channel::table.on(channel::idx.nullable().eq(video_age_views::channel_idx)))
        .filter(video_age_views::video_idx.eq_any(ids))
        .select((
            video::idx,
            video::video_id,
            video::video_name,
            video::thumbnail_url,
            video_age_views::channel_idx,
            channel::channel_name.nullable(),
            channel::subscriber_num.nullable(),
            channel::subscriber_estimated.nullable(),
            video_age_views::upload_time,
            video_age_views::length,
            video_age_views::category,
            video::views,
            video_age_views::gained_24h,
            video_age_views::observed_at,
        ))
        .load(&mut &*connection)
        .await?;
    rows.sort_by_key(|row| ids.iter().position(|idx| *idx == row.idx));
    Ok(rows)
}
