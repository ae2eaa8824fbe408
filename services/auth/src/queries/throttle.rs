//! Counting tries, for all replicas together.

use crate::domain::{Key, Rule};
use chrono::{DateTime, Utc};
use common::db::{Statement, schema::auth_throttle};
use diesel::{
    ExpressionMethods, IntoSql, OptionalExtension, QueryDsl, QueryResult, QueryableByName,
    dsl::case_when, sql_types,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use std::time::Duration;

/// So many keys that are forgotten are removed at a time.
const PRUNED: i64 = 100;

/// What is said to whoever must wait for a try of somebody else at this very moment.
const A_MOMENT: Duration = Duration::from_secs(1);

/// A try that is counted as a failure until it is given back.
#[derive(Debug)]
pub(crate) struct Attempt {
    key: Key,
    blocked_until: DateTime<Utc>,
}

/// What became of a try.
#[derive(Debug)]
pub(crate) enum Counted {
    /// It may be made.
    Allowed(Attempt),
    /// It must wait so long; it is not counted.
    Refused(Duration),
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = sql_types::Bool)]
    counted: bool,
    #[diesel(sql_type = sql_types::Timestamptz)]
    blocked_until: DateTime<Utc>,
}

/// Counts one more try as a failure, before it is known whether it is one: of many at the
/// same time none slips through.
pub(crate) async fn count_try(
    mut connection: &AsyncPgConnection,
    key: Key,
    rule: &Rule,
    now: DateTime<Utc>,
) -> QueryResult<Counted> {
    let millis = |delay: &Duration| i64::try_from(delay.as_millis()).unwrap_or(i64::MAX);
    let delays: Vec<i64> = rule.delays().iter().map(millis).collect();
    let row: Option<Row> = Statement::new(include_str!("count_try.sql"))
        .bind::<sql_types::Text, _>(&key.0)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Timestamptz, _>(now - rule.forget())
        .bind::<sql_types::Integer, _>(i32::try_from(rule.free()).unwrap_or(i32::MAX))
        .bind::<sql_types::Array<sql_types::BigInt>, _>(delays)
        .get_result(&mut connection)
        .await
        .optional()?;
    Ok(match row {
        Some(Row { counted: true, blocked_until }) => {
            Counted::Allowed(Attempt { key, blocked_until })
        }
        Some(Row { blocked_until, .. }) => {
            Counted::Refused((blocked_until - now).to_std().unwrap_or(A_MOMENT))
        }
        // The key was not there yet when the statement began.
        None => Counted::Refused(A_MOMENT),
    })
}

/// Takes back that a try was counted, and the wait after it.
pub(crate) async fn give_back(
    mut connection: &AsyncPgConnection,
    attempt: &Attempt,
) -> QueryResult<usize> {
    let blocked_until = auth_throttle::blocked_until;
    let long_ago = DateTime::UNIX_EPOCH.into_sql::<sql_types::Timestamptz>();
    let own = blocked_until.eq(attempt.blocked_until);
    let waiting = case_when(own, long_ago).otherwise(blocked_until);
    diesel::update(auth_throttle::table.find(&attempt.key.0))
        .filter(auth_throttle::failures.gt(0))
        .set((
            auth_throttle::failures.eq(auth_throttle::failures - 1),
            auth_throttle::blocked_until.eq(waiting),
        ))
        .execute(&mut connection)
        .await
}

/// Forgets all tries of the key of this one.
pub(crate) async fn forget(
    mut connection: &AsyncPgConnection,
    attempt: &Attempt,
) -> QueryResult<usize> {
    diesel::delete(auth_throttle::table.find(&attempt.key.0)).execute(&mut connection).await
}

/// Removes some of the keys not tried since this moment, unless somebody else does.
pub(crate) async fn prune_tries(
    mut connection: &AsyncPgConnection,
    before: DateTime<Utc>,
) -> QueryResult<usize> {
    Statement::new(include_str!("prune_tries.sql"))
        .bind::<sql_types::Timestamptz, _>(before)
        .bind::<sql_types::BigInt, _>(PRUNED)
        .execute(&mut connection)
        .await
}

#[cfg(test)]
#[path = "throttle_tests.rs"]
mod tests;
