//! Attempts under rate limits, shared by all replicas.

use crate::domain::{RateLimit, RateLimitKey};
use chrono::{DateTime, Utc};
use common::db::{Statement, schema::auth_throttle};
use diesel::{
    ExpressionMethods, IntoSql, OptionalExtension, QueryDsl, QueryResult, QueryableByName,
    dsl::case_when, sql_types,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use std::time::Duration;
use tokio::try_join;

/// Maximum number of expired keys deleted per call.
const PRUNE_BATCH: i64 = 100;

/// `Retry-After` of an attempt that collided with a concurrent one.
const MIN_RETRY_AFTER: Duration = Duration::from_secs(1);

/// A recorded attempt; counts as a failure until it is refunded.
#[derive(Debug)]
pub(crate) struct Attempt {
    key: RateLimitKey,
    blocked_until: DateTime<Utc>,
    counted: bool,
    /// Whether its key has no other attempt that has not expired.
    pub is_first: bool,
}

#[derive(Debug)]
pub(crate) enum AttemptResult {
    Allowed(Attempt),
    /// The key is blocked for this duration; the attempt does not count.
    Blocked(Duration),
}

/// Which attempts of a key count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CountingMode {
    Always,
    /// Counts only if the limit is already reached.
    BeyondLimit,
}

#[derive(QueryableByName)]
struct AttemptRow {
    #[diesel(sql_type = sql_types::Bool)]
    recorded: bool,
    #[diesel(sql_type = sql_types::Integer)]
    failures: i32,
    #[diesel(sql_type = sql_types::Timestamptz)]
    blocked_until: DateTime<Utc>,
}

/// Records an attempt as a failure before its outcome is known, so that concurrent attempts
/// cannot exceed the limit.
pub(crate) async fn record_attempt(
    mut connection: &AsyncPgConnection,
    key: RateLimitKey,
    limit: &RateLimit,
    counting: CountingMode,
    now: DateTime<Utc>,
) -> QueryResult<AttemptResult> {
    let millis = |delay: &Duration| i64::try_from(delay.as_millis()).unwrap_or(i64::MAX);
    let delays: Vec<i64> = limit.delays().iter().map(millis).collect();
    let free_attempts = i32::try_from(limit.free_attempts()).unwrap_or(i32::MAX);
    let always = counting == CountingMode::Always;
    let row: Option<AttemptRow> = Statement::new(include_str!("record_attempt.sql"))
        .bind::<sql_types::Text, _>(&key.0)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Timestamptz, _>(now - limit.reset_after())
        .bind::<sql_types::Integer, _>(free_attempts)
        .bind::<sql_types::Array<sql_types::BigInt>, _>(delays)
        .bind::<sql_types::Bool, _>(always)
        .get_result(&mut connection)
        .await
        .optional()?;
    Ok(match row {
        Some(AttemptRow { recorded: true, failures, blocked_until }) => {
            AttemptResult::Allowed(Attempt {
                key,
                blocked_until,
                counted: always || failures >= free_attempts,
                is_first: always && failures == 1,
            })
        }
        Some(AttemptRow { blocked_until, .. }) => {
            AttemptResult::Blocked((blocked_until - now).to_std().unwrap_or(MIN_RETRY_AFTER))
        }
        // A concurrent attempt inserted the key after the snapshot of this statement.
        None => AttemptResult::Blocked(MIN_RETRY_AFTER),
    })
}

/// Subtracts an attempt from its key and ends the block that it caused.
pub(crate) async fn refund_attempt(
    connection: &AsyncPgConnection,
    attempt: &Attempt,
) -> QueryResult<()> {
    if !attempt.counted {
        return Ok(());
    }
    let blocked_until = auth_throttle::blocked_until;
    let unblocked = DateTime::UNIX_EPOCH.into_sql::<sql_types::Timestamptz>();
    let is_own_block = blocked_until.eq(attempt.blocked_until);
    let key = auth_throttle::table.find(&attempt.key.0);
    let refund = diesel::update(key).filter(auth_throttle::failures.gt(0)).set((
        auth_throttle::failures.eq(auth_throttle::failures - 1),
        blocked_until.eq(case_when(is_own_block, unblocked).otherwise(blocked_until)),
    ));
    let delete = diesel::delete(key.filter(auth_throttle::failures.eq(0)));
    let (mut first, mut second) = (connection, connection);
    try_join!(refund.execute(&mut first), delete.execute(&mut second)).map(drop)
}

/// Deletes all attempts of the key of `attempt`.
pub(crate) async fn reset_attempts(
    mut connection: &AsyncPgConnection,
    attempt: &Attempt,
) -> QueryResult<usize> {
    diesel::delete(auth_throttle::table.find(&attempt.key.0)).execute(&mut connection).await
}

/// Deletes a batch of the keys without an attempt since `before`.
pub(crate) async fn prune_attempts(
    mut connection: &AsyncPgConnection,
    before: DateTime<Utc>,
) -> QueryResult<usize> {
    Statement::new(include_str!("prune_attempts.sql"))
        .bind::<sql_types::Timestamptz, _>(before)
        .bind::<sql_types::BigInt, _>(PRUNE_BATCH)
        .execute(&mut connection)
        .await
}

#[cfg(test)]
mod tests;
