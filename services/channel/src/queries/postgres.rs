//! PostgreSQL queries. Concurrent statements on a shared connection are pipelined: one round trip.

use crate::domain::{NameFilter, Page};
use chrono::{DateTime, Utc};
use common::{
    db::{
        Statement, StoredTime,
        schema::{channel, channel_subscriber, video, video_keyword_new, video_views},
    },
    models::Channel,
    time::{EARLIEST_TIME, LATEST_TIME},
};
use diesel::{
    ExpressionMethods, OptionalExtension, PgSortExpressionMethods, QueryDsl, QueryResult,
    Queryable, QueryableByName, Selectable, SelectableHelper,
    pg::Pg,
    sql_types::{Array, BigInt, Integer, Nullable, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use std::ops::Range;

/// A channel found by its name.
#[derive(Debug, QueryableByName)]
pub(crate) struct NameMatch {
    #[diesel(sql_type = Integer)]
    pub idx: i32,
    /// Number of matches on all pages.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

#[derive(Debug, QueryableByName)]
pub(crate) struct ChannelStatsRow {
    #[diesel(sql_type = Integer)]
    pub idx: i32,
    #[diesel(sql_type = BigInt)]
    pub video_counts: i64,
    #[diesel(sql_type = Array<Nullable<Text>>)]
    /// Thumbnail URLs of the two newest videos.
    pub recent_videos: Vec<Option<String>>,
    #[diesel(sql_type = Nullable<BigInt>)]
    /// Latest observation.
    pub view_count: Option<i64>,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = video, check_for_backend(Pg))]
pub(crate) struct VideoRow {
    pub idx: i32,
    pub video_name: String,
    pub video_description: Option<String>,
    pub video_id: String,
    #[diesel(deserialize_as = StoredTime)]
    pub upload_time: Option<DateTime<Utc>>,
    pub processed: Option<bool>,
    pub thumbnail_url: Option<String>,
    pub thumbnail_processed: Option<bool>,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = video_views, check_for_backend(Pg))]
pub(crate) struct ViewsRow {
    pub video_idx: i32,
    pub check_time: DateTime<Utc>,
    pub views: i64,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = video_keyword_new, check_for_backend(Pg))]
pub(crate) struct KeywordRow {
    pub video_idx: i32,
    pub keyword: String,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = channel_subscriber, check_for_backend(Pg))]
pub(crate) struct SubscribersRow {
    pub check_time: DateTime<Utc>,
    pub subscriber_num: String,
}

/// Searches a page of the channels whose name contains a text, largest first.
pub(crate) async fn search_channels_by_name(
    connection: &AsyncPgConnection,
    name: &NameFilter,
    page: Page,
) -> QueryResult<Vec<NameMatch>> {
    Statement::new(include_str!("channels_by_name.sql"))
        .bind::<Text, _>(&name.raw)
        .bind::<Text, _>(&name.composed)
        .bind::<BigInt, _>(Page::SIZE)
        .bind::<BigInt, _>(page.offset())
        .load(&mut &*connection)
        .await
}

/// Lists the `idx` of the channels on a page, largest first.
pub(crate) async fn list_largest(
    connection: &AsyncPgConnection,
    page: Page,
) -> QueryResult<Vec<i32>> {
    channel::table
        .order((channel::subscriber_num.desc(), channel::idx))
        .limit(Page::SIZE)
        .offset(page.offset())
        .select(channel::idx)
        .load(&mut &*connection)
        .await
}

pub(crate) async fn count_channels(connection: &AsyncPgConnection) -> QueryResult<i64> {
    channel::table.count().get_result(&mut &*connection).await
}

/// Lists channels in any order.
pub(crate) async fn list_channels(
    connection: &AsyncPgConnection,
    channels: &[i32],
) -> QueryResult<Vec<Channel>> {
    let query = channel::table.filter(channel::idx.eq_any(channels));
    query.select(Channel::as_select()).load(&mut &*connection).await
}

/// Lists number of videos, thumbnails and views of channels, in any order.
pub(crate) async fn list_channel_stats(
    connection: &AsyncPgConnection,
    channels: &[i32],
) -> QueryResult<Vec<ChannelStatsRow>> {
    Statement::new(include_str!("channel_stats.sql"))
        .bind::<Array<Integer>, _>(channels)
        .load(&mut &*connection)
        .await
}

pub(crate) async fn find_channel(
    connection: &AsyncPgConnection,
    idx: i32,
) -> QueryResult<Option<Channel>> {
    let query = channel::table.find(idx).select(Channel::as_select());
    query.first(&mut &*connection).await.optional()
}

/// Lists the `idx` of a channel's most viewed videos.
pub(crate) async fn list_most_viewed(
    connection: &AsyncPgConnection,
    channel: i32,
    limit: i64,
) -> QueryResult<Vec<i32>> {
    video::table
        .filter(video::channel_idx.eq(channel))
        .order((video::views.desc().nulls_last(), video::idx))
        .limit(limit)
        .select(video::idx)
        .load(&mut &*connection)
        .await
}

/// Lists the `idx` of a channel's newest videos.
pub(crate) async fn list_newest(
    connection: &AsyncPgConnection,
    channel: i32,
    limit: i64,
) -> QueryResult<Vec<i32>> {
    video::table
        .filter(video::channel_idx.eq(channel))
        .filter(video::upload_time.le(LATEST_TIME))
        .order((video::upload_time.desc(), video::idx))
        .limit(limit)
        .select(video::idx)
        .load(&mut &*connection)
        .await
}

/// Lists the `idx` of a channel's fastest growing videos that were uploaded in a range of time.
pub(crate) async fn list_fastest_growing(
    connection: &AsyncPgConnection,
    channel: i32,
    uploaded: Range<DateTime<Utc>>,
    limit: i64,
) -> QueryResult<Vec<i32>> {
    video::table
        .filter(video::channel_idx.eq(channel))
        .filter(video::upload_time.ge(uploaded.start))
        .filter(video::upload_time.lt(uploaded.end))
        .order((video::views_growth.desc().nulls_last(), video::idx))
        .limit(limit)
        .select(video::idx)
        .load(&mut &*connection)
        .await
}

/// Lists videos in any order.
pub(crate) async fn list_videos(
    connection: &AsyncPgConnection,
    videos: &[i32],
) -> QueryResult<Vec<VideoRow>> {
    let query = video::table.filter(video::idx.eq_any(videos));
    query.select(VideoRow::as_select()).load(&mut &*connection).await
}

/// Lists the view counts of videos, oldest first.
pub(crate) async fn list_views(
    connection: &AsyncPgConnection,
    videos: &[i32],
) -> QueryResult<Vec<ViewsRow>> {
    video_views::table
        .filter(video_views::video_idx.eq_any(videos))
        .filter(video_views::check_time.between(EARLIEST_TIME, LATEST_TIME))
        .order((video_views::check_time, video_views::idx))
        .select(ViewsRow::as_select())
        .load(&mut &*connection)
        .await
}

/// Lists the tags of videos, in the order of each video's tags.
pub(crate) async fn list_keywords(
    connection: &AsyncPgConnection,
    videos: &[i32],
) -> QueryResult<Vec<KeywordRow>> {
    video_keyword_new::table
        .filter(video_keyword_new::video_idx.eq_any(videos))
        .order(video_keyword_new::idx)
        .select(KeywordRow::as_select())
        .load(&mut &*connection)
        .await
}

/// Lists a channel's subscriber counts since a time, oldest first.
pub(crate) async fn list_subscribers(
    connection: &AsyncPgConnection,
    channel: i32,
    since: DateTime<Utc>,
) -> QueryResult<Vec<SubscribersRow>> {
    channel_subscriber::table
        .filter(channel_subscriber::channel_idx.eq(channel))
        .filter(channel_subscriber::check_time.between(since, LATEST_TIME))
        .order((channel_subscriber::check_time, channel_subscriber::idx))
        .select(SubscribersRow::as_select())
        .load(&mut &*connection)
        .await
}

/// Finds the latest subscriber count.
pub(crate) async fn find_latest_subscribers(
    connection: &AsyncPgConnection,
    channel: i32,
) -> QueryResult<Option<String>> {
    channel_subscriber::table
        .filter(channel_subscriber::channel_idx.eq(channel))
        .filter(channel_subscriber::check_time.le(LATEST_TIME))
        .order((channel_subscriber::check_time.desc(), channel_subscriber::idx.desc()))
        .select(channel_subscriber::subscriber_num)
        .first(&mut &*connection)
        .await
        .optional()
}
