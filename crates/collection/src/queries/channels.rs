//! The schedule of channels.

use chrono::{DateTime, Utc};
use common::{db::Statement, models::MAX_SHORT_SECONDS};
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

const RELEASE: &str =
    "UPDATE collector_channel SET claimed_until = '-infinity' WHERE channel_id = ANY ($1)";

const LIST_TRACKED: &str = "
    SELECT channel_id FROM collector_channel
    WHERE channel_id > $1 ORDER BY channel_id LIMIT $2";

const UNTRACK_DELETED: &str = "
    DELETE FROM collector_channel AS tracked
    WHERE channel_id = ANY ($1)
        AND NOT EXISTS (SELECT FROM channel WHERE channel.channel_id = tracked.channel_id)";

/// A claimed channel.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub(crate) struct ChannelRow {
    #[diesel(sql_type = sql_types::Text)]
    pub channel_id: String,
    #[diesel(sql_type = sql_types::Integer)]
    pub misses: i32,
}

#[derive(QueryableByName)]
struct ChannelIdRow {
    #[diesel(sql_type = sql_types::Text)]
    channel_id: String,
}

/// Adds channels that are not tracked; they are due immediately.
pub(crate) async fn track_channels(
    mut connection: &AsyncPgConnection,
    ids: &[&str],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    Statement::new(include_str!("track_channels.sql"))
        .bind::<sql_types::Array<sql_types::Text>, _>(ids)
        .bind::<sql_types::Timestamptz, _>(now)
        .execute(&mut connection)
        .await
}

/// Claims due channels until `until`.
pub(crate) async fn claim_channels(
    mut connection: &AsyncPgConnection,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<ChannelRow>> {
    Statement::new(include_str!("claim_channels.sql"))
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Timestamptz, _>(until)
        .bind::<sql_types::BigInt, _>(limit)
        .load(&mut connection)
        .await
}

/// A video that can be a Short.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub(crate) struct UnclassifiedVideo {
    #[diesel(sql_type = sql_types::Text)]
    pub video_id: String,
    #[diesel(sql_type = sql_types::Timestamptz)]
    pub upload_time: DateTime<Utc>,
}

/// Claims channels with uploads since `uploaded_since` that can be Shorts and are not classified,
/// and whose Shorts were not listed since `listed_before`.
pub(crate) async fn claim_unclassified(
    mut connection: &AsyncPgConnection,
    now: DateTime<Utc>,
    listed_before: DateTime<Utc>,
    uploaded_since: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<String>> {
    let rows: Vec<ChannelIdRow> = Statement::new(include_str!("claim_unclassified.sql"))
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Timestamptz, _>(listed_before)
        .bind::<sql_types::Timestamptz, _>(uploaded_since)
        .bind::<sql_types::Integer, _>(MAX_SHORT_SECONDS)
        .bind::<sql_types::BigInt, _>(limit)
        .load(&mut connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.channel_id).collect())
}

/// Lists the uploads of a channel since `since` that can be Shorts and are not classified.
pub(crate) async fn list_unclassified(
    mut connection: &AsyncPgConnection,
    channel_id: &str,
    since: DateTime<Utc>,
) -> QueryResult<Vec<UnclassifiedVideo>> {
    Statement::new(include_str!("list_unclassified.sql"))
        .bind::<sql_types::Text, _>(channel_id)
        .bind::<sql_types::Integer, _>(MAX_SHORT_SECONDS)
        .bind::<sql_types::Timestamptz, _>(since)
        .load(&mut connection)
        .await
}

/// Ends the claim of checked channels: id, next check and misses of each.
pub(crate) async fn schedule_channels(
    mut connection: &AsyncPgConnection,
    checks: Vec<(String, DateTime<Utc>, i32)>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let ids: Vec<&str> = checks.iter().map(|(id, ..)| id.as_str()).collect();
    let next: Vec<_> = checks.iter().map(|(_, next, _)| *next).collect();
    let misses: Vec<_> = checks.iter().map(|(.., misses)| *misses).collect();
    Statement::new(include_str!("schedule_channels.sql"))
        .bind::<sql_types::Array<sql_types::Text>, _>(ids)
        .bind::<sql_types::Array<sql_types::Timestamptz>, _>(next)
        .bind::<sql_types::Array<sql_types::Integer>, _>(misses)
        .bind::<sql_types::Timestamptz, _>(now)
        .execute(&mut connection)
        .await
        .map(drop)
}

/// Ends the claim of channels that were not checked.
pub(crate) async fn release_channels(
    mut connection: &AsyncPgConnection,
    ids: &[&str],
) -> QueryResult<()> {
    Statement::new(RELEASE)
        .bind::<sql_types::Array<sql_types::Text>, _>(ids)
        .execute(&mut connection)
        .await
        .map(drop)
}

/// Lists tracked channels after `last`, by id.
pub(crate) async fn list_tracked_channels(
    mut connection: &AsyncPgConnection,
    last: &str,
    limit: i64,
) -> QueryResult<Vec<String>> {
    let rows: Vec<ChannelIdRow> = Statement::new(LIST_TRACKED)
        .bind::<sql_types::Text, _>(last)
        .bind::<sql_types::BigInt, _>(limit)
        .load(&mut connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.channel_id).collect())
}

/// Lists channels without videos that YouTube did not return in the last `misses` checks.
pub(crate) async fn list_missing(
    mut connection: &AsyncPgConnection,
    misses: i32,
) -> QueryResult<Vec<String>> {
    let rows: Vec<ChannelIdRow> = Statement::new(include_str!("list_missing.sql"))
        .bind::<sql_types::Integer, _>(misses)
        .load(&mut connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.channel_id).collect())
}

/// Stops tracking channels that are no longer stored.
pub(crate) async fn untrack_deleted(
    mut connection: &AsyncPgConnection,
    ids: &[&str],
) -> QueryResult<()> {
    Statement::new(UNTRACK_DELETED)
        .bind::<sql_types::Array<sql_types::Text>, _>(ids)
        .execute(&mut connection)
        .await
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use youtube::MAX_SHORT_DURATION;

    /// The condition of the index `video_unclassified`.
    const MIGRATION: &str =
        include_str!("../../../common/migrations/2026-11-27-000013_collector/up.sql");

    #[test]
    fn maximum_duration_of_a_short_is_equal_in_client_and_index() {
        assert_eq!(u64::try_from(MAX_SHORT_SECONDS).ok(), Some(MAX_SHORT_DURATION.as_secs()));
        let condition = format!("duration_seconds <= {MAX_SHORT_SECONDS};");
        assert!(MIGRATION.contains(&condition), "{condition}");
    }
}
