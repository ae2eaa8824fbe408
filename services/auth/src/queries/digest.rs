//! The activity of watched keywords and channels, from the rollups of `ingest`.

use crate::domain::week::{Periods, Week};
use chrono::{DateTime, TimeDelta, Utc};
use common::{
    db::Statement,
    time::{days_ago, start_of_day},
};
use diesel::{
    QueryResult, QueryableByName,
    sql_types::{BigInt, Date, Double, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use std::ops::Range;

/// Maximum number of alerts and of outliers in a response.
pub(crate) const MAX_ROWS: i64 = 100;

/// Days after its upload in which an outlier creates an alert.
const OUTLIER_DAYS: u64 = 14;

/// Time after which an alert is deleted.
const ALERT_TTL: TimeDelta = TimeDelta::days(366);

/// A watched keyword.
#[derive(Debug, QueryableByName)]
pub(crate) struct WatchedKeywordRow {
    #[diesel(sql_type = Integer)]
    pub id: i32,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub note: String,
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub rising_rank: Option<i16>,
    #[diesel(sql_type = BigInt)]
    pub videos: i64,
    /// Distinct channels of each day, added up.
    #[diesel(sql_type = BigInt)]
    pub channel_days: i64,
    #[diesel(sql_type = BigInt)]
    pub views: i64,
    #[diesel(sql_type = BigInt)]
    pub previous_videos: i64,
    #[diesel(sql_type = BigInt)]
    pub previous_channel_days: i64,
    #[diesel(sql_type = BigInt)]
    pub previous_views: i64,
}

/// A watched channel.
#[derive(Debug, QueryableByName)]
pub(crate) struct WatchedChannelRow {
    #[diesel(sql_type = Integer)]
    pub id: i32,
    #[diesel(sql_type = Integer)]
    pub channel_idx: i32,
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub thumbnail_url: Option<String>,
    #[diesel(sql_type = Text)]
    pub note: String,
    #[diesel(sql_type = BigInt)]
    pub uploads: i64,
    #[diesel(sql_type = BigInt)]
    pub views: i64,
    #[diesel(sql_type = BigInt)]
    pub previous_uploads: i64,
    #[diesel(sql_type = BigInt)]
    pub previous_views: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub views_from: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub views_until: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub previous_views_from: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub previous_views_until: Option<i64>,
}

/// An outlier of a watched channel.
#[derive(Debug, Clone, QueryableByName)]
pub(crate) struct OutlierRow {
    #[diesel(sql_type = Integer)]
    pub watch_id: i32,
    #[diesel(sql_type = Integer)]
    pub idx: i32,
    #[diesel(sql_type = Text)]
    pub video_id: String,
    #[diesel(sql_type = Text)]
    pub video_name: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub thumbnail_url: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub upload_time: DateTime<Utc>,
    #[diesel(sql_type = Double)]
    pub ratio_shrunk: f64,
    #[diesel(sql_type = BigInt)]
    pub views: i64,
    #[diesel(sql_type = Double)]
    pub expected_views: f64,
}

/// An alert. Of an outlier, the columns of its video and its comparison may have become NULL.
#[derive(Debug, Clone, QueryableByName)]
pub(crate) struct AlertRow {
    #[diesel(sql_type = Uuid)]
    pub id: uuid::Uuid,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub rising_rank: Option<i16>,
    #[diesel(sql_type = Integer)]
    pub watch_id: i32,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Nullable<Integer>)]
    pub video_idx: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    pub video_id: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub video_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub thumbnail_url: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub upload_time: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Double>)]
    pub ratio_shrunk: Option<f64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub views: Option<i64>,
    #[diesel(sql_type = Nullable<Double>)]
    pub expected_views: Option<f64>,
}

/// Creates the alerts that are due, and deletes old ones.
pub(crate) async fn record_alerts(
    connection: &AsyncPgConnection,
    user_id: i32,
    week: Week,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    Statement::new(include_str!("record_alerts.sql"))
        .bind::<Integer, _>(user_id)
        .bind::<Timestamptz, _>(now)
        .bind::<Date, _>(week.monday())
        .bind::<Timestamptz, _>(days_ago(now, OUTLIER_DAYS))
        .bind::<Timestamptz, _>(now - ALERT_TTL)
        .execute(&mut &*connection)
        .await
}

/// Lists the newest `limit` alerts that were created in a range of time, newest first.
pub(crate) async fn list_alerts(
    connection: &AsyncPgConnection,
    user_id: i32,
    created: Range<DateTime<Utc>>,
    limit: i64,
) -> QueryResult<Vec<AlertRow>> {
    Statement::new(include_str!("list_alerts.sql"))
        .bind::<Integer, _>(user_id)
        .bind::<Timestamptz, _>(created.start)
        .bind::<Timestamptz, _>(created.end)
        .bind::<BigInt, _>(limit)
        .load(&mut &*connection)
        .await
}

/// Lists the watched keywords of a user with their counts.
pub(crate) async fn list_keywords(
    connection: &AsyncPgConnection,
    user_id: i32,
    periods: Periods,
) -> QueryResult<Vec<WatchedKeywordRow>> {
    Statement::new(include_str!("digest_keywords.sql"))
        .bind::<Integer, _>(user_id)
        .bind::<Date, _>(periods.from)
        .bind::<Date, _>(periods.until)
        .bind::<Date, _>(periods.previous_from)
        .bind::<Date, _>(periods.previous_until)
        .load(&mut &*connection)
        .await
}

/// Lists the watched channels of a user with their uploads and views.
pub(crate) async fn list_channels(
    connection: &AsyncPgConnection,
    user_id: i32,
    periods: Periods,
) -> QueryResult<Vec<WatchedChannelRow>> {
    Statement::new(include_str!("digest_channels.sql"))
        .bind::<Integer, _>(user_id)
        .bind::<Timestamptz, _>(start_of_day(periods.from))
        .bind::<Timestamptz, _>(start_of_day(periods.until))
        .bind::<Timestamptz, _>(start_of_day(periods.previous_from))
        .bind::<Timestamptz, _>(start_of_day(periods.previous_until))
        .load(&mut &*connection)
        .await
}

/// Lists the outliers that watched channels uploaded in the period, highest ratio first.
pub(crate) async fn list_outliers(
    connection: &AsyncPgConnection,
    user_id: i32,
    periods: Periods,
) -> QueryResult<Vec<OutlierRow>> {
    Statement::new(include_str!("digest_outliers.sql"))
        .bind::<Integer, _>(user_id)
        .bind::<Timestamptz, _>(start_of_day(periods.from))
        .bind::<Timestamptz, _>(start_of_day(periods.until))
        .bind::<BigInt, _>(MAX_ROWS)
        .load(&mut &*connection)
        .await
}
