//! The schedule of channels.

use chrono::{DateTime, Utc};
use common::db::Statement;
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

const TRACK: &str = "
    INSERT INTO collector_channel (channel_id, next_check_at)
    SELECT DISTINCT channel_id, $2 FROM unnest($1::text[]) AS new (channel_id)
    ORDER BY channel_id
    ON CONFLICT (channel_id) DO NOTHING";

const CLAIM: &str = "
    UPDATE collector_channel SET claimed_until = $2
    WHERE channel_id IN (
        SELECT channel_id FROM collector_channel
        WHERE next_check_at <= $1 AND claimed_until <= $1
        ORDER BY next_check_at, channel_id
        LIMIT $3
        FOR UPDATE SKIP LOCKED
    )
    RETURNING channel_id, misses";

const SCHEDULE: &str = "
    UPDATE collector_channel AS channel
    SET next_check_at = new.next_check_at, claimed_until = '-infinity', checked_at = $4,
        misses = new.misses
    FROM unnest($1::text[], $2::timestamptz[], $3::integer[])
        AS new (channel_id, next_check_at, misses)
    WHERE channel.channel_id = new.channel_id";

const RELEASE: &str =
    "UPDATE collector_channel SET claimed_until = '-infinity' WHERE channel_id = ANY ($1)";

/// A claimed channel.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub(crate) struct ChannelRow {
    #[diesel(sql_type = sql_types::Text)]
    pub channel_id: String,
    #[diesel(sql_type = sql_types::Integer)]
    pub misses: i32,
}

/// Adds channels that are not tracked, due at once.
pub(crate) async fn track_channels(
    mut connection: &AsyncPgConnection,
    ids: &[&str],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    Statement::new(TRACK)
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
    Statement::new(CLAIM)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Timestamptz, _>(until)
        .bind::<sql_types::BigInt, _>(limit)
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
    Statement::new(SCHEDULE)
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
