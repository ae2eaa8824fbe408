//! Sources and their checks.

use crate::source::{InvalidSource, Source};
use chrono::{DateTime, Utc};
use common::db::Statement;
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use std::collections::HashSet;
use youtube::{CacheValidators, ChannelId};

/// Due immediately, also on the clock of a simulator.
const INSERT: &str = "
    INSERT INTO collector_source (kind, value, title, added_at, next_check_at)
    VALUES ($1, $2, $3, $4, 'epoch')
    ON CONFLICT (kind, value) DO UPDATE SET title = coalesce($3, collector_source.title)
    RETURNING xmax = 0 AS is_new";

const INSERT_CHANNELS: &str = "
    INSERT INTO collector_source (kind, value, title, added_at, next_check_at)
    SELECT 'channel', n.value, n.title, $3, 'epoch' FROM unnest($1, $2) n (value, title)
    ON CONFLICT (kind, value) DO UPDATE SET title = coalesce(excluded.title, collector_source.title)
    RETURNING xmax = 0 AS is_new";

const LIST_SOURCES: &str = "
    SELECT id, kind, value, title, next_check_at, last_success_at, failures, last_error, etag,
        last_modified
    FROM collector_source
    ORDER BY kind, value";

/// The longest due first, so that no source starves.
const CLAIM_DUE_SOURCES: &str = "
    UPDATE collector_source SET claimed_until = $2
    WHERE id IN (
        SELECT id FROM collector_source
        WHERE next_check_at <= $1 AND claimed_until <= $1
        ORDER BY next_check_at, id
        LIMIT $3
        FOR UPDATE SKIP LOCKED
    )
    RETURNING id, kind, value, title, next_check_at, last_success_at, failures, last_error, etag,
        last_modified";

const SUCCEED: &str = "
    UPDATE collector_source
    SET claimed_until = '-infinity', last_success_at = $2, next_check_at = $3, failures = 0,
        last_error = NULL, title = coalesce($4, title), etag = $5, last_modified = $6
    WHERE id = $1";

const FAIL: &str = "
    UPDATE collector_source
    SET claimed_until = '-infinity', next_check_at = $2, failures = failures + 1, last_error = $3
    WHERE id = $1";

const POSTPONE: &str = "
    UPDATE collector_source
    SET claimed_until = '-infinity', next_check_at = $2, last_error = $3
    WHERE id = $1";

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct SourceRow {
    /// Primary key.
    #[diesel(sql_type = sql_types::Integer)]
    pub id: i32,
    /// See [`Source::kind`].
    #[diesel(sql_type = sql_types::Text)]
    pub kind: String,
    /// See [`Source::value`].
    #[diesel(sql_type = sql_types::Text)]
    pub value: String,
    /// The name of the channel.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    pub title: Option<String>,
    /// When it is due.
    #[diesel(sql_type = sql_types::Timestamptz)]
    pub next_check_at: DateTime<Utc>,
    /// The last check that succeeded.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Timestamptz>)]
    pub last_success_at: Option<DateTime<Utc>>,
    /// Failures since then.
    #[diesel(sql_type = sql_types::Integer)]
    pub failures: i32,
    /// Why the last check failed; without a failure, why it waits for the quota.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    pub last_error: Option<String>,
    /// `ETag` of the last feed.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    pub etag: Option<String>,
    /// `Last-Modified` of the last feed.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    pub last_modified: Option<String>,
}

impl SourceRow {
    /// The source.
    pub fn source(&self) -> Result<Source, InvalidSource> {
        Source::parse(&self.kind, &self.value)
    }

    pub(crate) fn validators(&self) -> CacheValidators {
        CacheValidators { etag: self.etag.clone(), last_modified: self.last_modified.clone() }
    }
}

#[derive(QueryableByName)]
struct Inserted {
    #[diesel(sql_type = sql_types::Bool)]
    is_new: bool,
}

#[derive(QueryableByName)]
struct ChannelValue {
    #[diesel(sql_type = sql_types::Text)]
    value: String,
}

/// Adds a source, or updates its title. Returns whether it is new.
pub async fn insert_source(
    mut connection: &AsyncPgConnection,
    source: &Source,
    title: Option<&str>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let inserted: Inserted = Statement::new(INSERT)
        .bind::<sql_types::Text, _>(source.kind())
        .bind::<sql_types::Text, _>(source.value())
        .bind::<sql_types::Nullable<sql_types::Text>, _>(title)
        .bind::<sql_types::Timestamptz, _>(now)
        .get_result(&mut connection)
        .await?;
    Ok(inserted.is_new)
}

/// Adds channels, or updates their titles. Returns how many are new.
pub async fn insert_channels(
    mut connection: &AsyncPgConnection,
    channels: &[(ChannelId, Option<String>)],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let ids: Vec<&str> = channels.iter().map(|(id, _)| id.as_str()).collect();
    let titles: Vec<Option<&str>> = channels.iter().map(|(_, title)| title.as_deref()).collect();
    let inserted: Vec<Inserted> = Statement::new(INSERT_CHANNELS)
        .bind::<sql_types::Array<sql_types::Text>, _>(ids)
        .bind::<sql_types::Array<sql_types::Nullable<sql_types::Text>>, _>(titles)
        .bind::<sql_types::Timestamptz, _>(now)
        .load(&mut connection)
        .await?;
    Ok(inserted.iter().filter(|row| row.is_new).count())
}

/// The ids of the channels among the sources.
pub async fn list_source_channels(
    mut connection: &AsyncPgConnection,
) -> QueryResult<HashSet<String>> {
    let statement = "SELECT value FROM collector_source WHERE kind = 'channel'";
    let rows: Vec<ChannelValue> = Statement::new(statement).load(&mut connection).await?;
    Ok(rows.into_iter().map(|row| row.value).collect())
}

/// All sources, by kind and value.
pub async fn list_sources(mut connection: &AsyncPgConnection) -> QueryResult<Vec<SourceRow>> {
    Statement::new(LIST_SOURCES).load(&mut connection).await
}

/// Removes a source. Its videos and channels are kept. Returns whether it existed.
pub async fn delete_source(
    mut connection: &AsyncPgConnection,
    source: &Source,
) -> QueryResult<bool> {
    let deleted = Statement::new("DELETE FROM collector_source WHERE kind = $1 AND value = $2")
        .bind::<sql_types::Text, _>(source.kind())
        .bind::<sql_types::Text, _>(source.value())
        .execute(&mut connection)
        .await?;
    Ok(deleted == 1)
}

/// Claims due sources until `until`.
pub(crate) async fn claim_sources(
    mut connection: &AsyncPgConnection,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<SourceRow>> {
    Statement::new(CLAIM_DUE_SOURCES)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Timestamptz, _>(until)
        .bind::<sql_types::BigInt, _>(limit)
        .load(&mut connection)
        .await
}

/// The outcome of a check that succeeded.
#[derive(Debug, Clone)]
pub(crate) struct SuccessfulCheck {
    pub at: DateTime<Utc>,
    pub next: DateTime<Utc>,
    pub title: Option<String>,
    pub validators: CacheValidators,
}

pub(crate) async fn record_success(
    mut connection: &AsyncPgConnection,
    id: i32,
    checked: SuccessfulCheck,
) -> QueryResult<()> {
    Statement::new(SUCCEED)
        .bind::<sql_types::Integer, _>(id)
        .bind::<sql_types::Timestamptz, _>(checked.at)
        .bind::<sql_types::Timestamptz, _>(checked.next)
        .bind::<sql_types::Nullable<sql_types::Text>, _>(checked.title)
        .bind::<sql_types::Nullable<sql_types::Text>, _>(checked.validators.etag)
        .bind::<sql_types::Nullable<sql_types::Text>, _>(checked.validators.last_modified)
        .execute(&mut connection)
        .await
        .map(drop)
}

pub(crate) async fn record_failure(
    connection: &AsyncPgConnection,
    id: i32,
    next: DateTime<Utc>,
    error: &str,
) -> QueryResult<()> {
    record_unsuccessful(FAIL, connection, id, next, error).await
}

/// The quota does not allow the check, which is not a failure of the source.
pub(crate) async fn record_postponed(
    connection: &AsyncPgConnection,
    id: i32,
    next: DateTime<Utc>,
    reason: &str,
) -> QueryResult<()> {
    record_unsuccessful(POSTPONE, connection, id, next, reason).await
}

async fn record_unsuccessful(
    statement: &'static str,
    mut connection: &AsyncPgConnection,
    id: i32,
    next: DateTime<Utc>,
    reason: &str,
) -> QueryResult<()> {
    Statement::new(statement)
        .bind::<sql_types::Integer, _>(id)
        .bind::<sql_types::Timestamptz, _>(next)
        .bind::<sql_types::Text, _>(reason)
        .execute(&mut connection)
        .await
        .map(drop)
}
