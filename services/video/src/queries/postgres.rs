//! PostgreSQL queries. Concurrent statements on a shared connection are pipelined: one round trip.

use chrono::{DateTime, Utc};
use common::{
    db::schema::{channel, video, video_keyword_new, video_likes, video_views},
    models::{Channel, MAX_POPULARITY, Video, VideoKeyword, VideoLikes, VideoViews},
    time::{EARLIEST_TIME, LATEST_TIME},
};
use diesel::{
    AggregateExpressionMethods, ExpressionMethods, NullableExpressionMethods, OptionalExtension,
    QueryDsl, QueryResult, Queryable, SelectableHelper, alias,
    dsl::{avg, count_star},
    sql_types::{Double, Nullable},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use tokio::try_join;

/// A video with its related rows.
pub(crate) struct VideoRows {
    pub video: Video,
    pub channel: Option<Channel>,
    /// Newest first.
    pub likes: Vec<VideoLikes>,
    /// In the order of the video's tags.
    pub keywords: Vec<VideoKeyword>,
    /// Oldest first.
    pub views: Vec<VideoViews>,
}

/// The properties of a video from which its views are forecast.
#[derive(Debug, Queryable)]
pub(crate) struct PublishedVideoRow {
    pub uploaded_at: DateTime<Utc>,
    pub category: Option<i16>,
    pub subscriber_num: Option<i32>,
    pub hidden_subscriber: Option<bool>,
    pub subscriber_estimated: Option<bool>,
    /// YouTube's number of public videos of the channel.
    pub upload_count: Option<i64>,
    /// The number of stored videos of the channel.
    pub stored_uploads: Option<i64>,
}

/// Means over videos; `None` if no video has a value.
#[derive(Debug, Clone, Copy, Queryable)]
pub(crate) struct Averages {
    pub popularity: Option<f64>,
    pub views: Option<f64>,
}

/// Finds a video with its related rows: four statements in one round trip.
pub(crate) async fn find_video(
    connection: &AsyncPgConnection,
    idx: i32,
) -> QueryResult<Option<VideoRows>> {
    let (found, likes, keywords, views) = try_join!(
        find_video_and_channel(connection, idx),
        list_likes(connection, idx),
        list_keywords(connection, idx),
        list_views(connection, idx),
    )?;
    let rows = |(video, channel)| VideoRows { video, channel, likes, keywords, views };
    Ok(found.map(rows))
}

/// Finds the properties and the observations of a video, oldest first: two statements in one
/// round trip. A video without a usable upload time is not found.
pub(crate) async fn find_counts(
    connection: &AsyncPgConnection,
    idx: i32,
) -> QueryResult<Option<(PublishedVideoRow, Vec<VideoViews>)>> {
    let (video, views) =
        try_join!(find_published_video(connection, idx), list_views(connection, idx))?;
    Ok(video.map(|video| (video, views)))
}

/// Computes the means over all videos uploaded from `from` to `until`, both inclusive.
pub(crate) async fn find_averages(
    mut connection: &AsyncPgConnection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> QueryResult<Averages> {
    let is_usable = video::popularity.between(-MAX_POPULARITY, MAX_POPULARITY);
    let popularity = avg(video::popularity).aggregate_filter(is_usable.assume_not_null());
    // Without the cast, avg(bigint) returns `numeric`.
    let views = video::views.cast::<Nullable<Double>>();
    video::table
        .filter(video::upload_time.between(from, until))
        .select((popularity, avg(views)))
        .get_result(&mut connection)
        .await
}

async fn find_video_and_channel(
    mut connection: &AsyncPgConnection,
    idx: i32,
) -> QueryResult<Option<(Video, Option<Channel>)>> {
    video::table
        .left_join(channel::table)
        .filter(video::idx.eq(idx))
        .select((Video::as_select(), Option::<Channel>::as_select()))
        .get_result(&mut connection)
        .await
        .optional()
}

async fn find_published_video(
    mut connection: &AsyncPgConnection,
    idx: i32,
) -> QueryResult<Option<PublishedVideoRow>> {
    let other = alias!(video as other);
    let stored = other
        .filter(other.field(video::channel_idx).eq(video::channel_idx))
        .select(count_star())
        .single_value();
    video::table
        .left_join(channel::table)
        .filter(video::idx.eq(idx))
        .filter(video::upload_time.between(EARLIEST_TIME, LATEST_TIME))
        .select((
            video::upload_time.assume_not_null(),
            video::category,
            channel::subscriber_num.nullable(),
            channel::hidden_subscriber.nullable(),
            channel::subscriber_estimated.nullable(),
            channel::upload_count.nullable(),
            stored,
        ))
        .get_result(&mut connection)
        .await
        .optional()
}

async fn list_likes(mut connection: &AsyncPgConnection, idx: i32) -> QueryResult<Vec<VideoLikes>> {
    video_likes::table
        .filter(video_likes::video_idx.eq(idx))
        .filter(video_likes::check_time.between(EARLIEST_TIME, LATEST_TIME))
        .order((video_likes::check_time.desc(), video_likes::idx.desc()))
        .select(VideoLikes::as_select())
        .load(&mut connection)
        .await
}

async fn list_keywords(
    mut connection: &AsyncPgConnection,
    idx: i32,
) -> QueryResult<Vec<VideoKeyword>> {
    video_keyword_new::table
        .filter(video_keyword_new::video_idx.eq(idx))
        .order(video_keyword_new::idx)
        .select(VideoKeyword::as_select())
        .load(&mut connection)
        .await
}

async fn list_views(mut connection: &AsyncPgConnection, idx: i32) -> QueryResult<Vec<VideoViews>> {
    video_views::table
        .filter(video_views::video_idx.eq(idx))
        .filter(video_views::check_time.between(EARLIEST_TIME, LATEST_TIME))
        .order((video_views::check_time, video_views::idx))
        .select(VideoViews::as_select())
        .load(&mut connection)
        .await
}
