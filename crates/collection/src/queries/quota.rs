//! Units reserved per day and bucket.

use common::db::Statement;
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use youtube::{Bucket, Cost, PacificDay};

/// A limit that was raised since YouTube reported the quota as used up is tried.
const RESERVE: &str = "
    INSERT INTO collector_quota AS quota (day, bucket, used, daily_limit)
    SELECT $1, $2, $3, $4 WHERE $3 <= $4
    ON CONFLICT (day, bucket) DO UPDATE
    SET used = quota.used + $3, daily_limit = $4, exhausted = false
    WHERE (NOT quota.exhausted OR quota.daily_limit < $4) AND quota.used + $3 <= $4";

const MARK_EXHAUSTED: &str = "
    INSERT INTO collector_quota (day, bucket, used, daily_limit, exhausted)
    VALUES ($1, $2, 0, $3, true)
    ON CONFLICT (day, bucket) DO UPDATE SET exhausted = true, daily_limit = $3";

/// The usage of a bucket.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct UsageRow {
    /// The name of the bucket.
    #[diesel(sql_type = sql_types::Text)]
    pub bucket: String,
    /// Reserved units.
    #[diesel(sql_type = sql_types::Integer)]
    pub used: i32,
    /// The limit at the last reservation.
    #[diesel(sql_type = sql_types::Integer)]
    pub daily_limit: i32,
    /// YouTube reported that the quota is used up.
    #[diesel(sql_type = sql_types::Bool)]
    pub exhausted: bool,
}

/// Reserves the cost of a request; returns false if the limit does not allow it.
pub(crate) async fn reserve(
    mut connection: &AsyncPgConnection,
    day: PacificDay,
    cost: Cost,
    limit: u32,
) -> QueryResult<bool> {
    let reserved = Statement::new(RESERVE)
        .bind::<sql_types::Date, _>(day.date())
        .bind::<sql_types::Text, _>(cost.bucket.name())
        .bind::<sql_types::Integer, _>(integer(cost.units))
        .bind::<sql_types::Integer, _>(integer(limit))
        .execute(&mut connection)
        .await?;
    Ok(reserved == 1)
}

/// Records that YouTube reported the quota as used up.
pub(crate) async fn mark_exhausted(
    mut connection: &AsyncPgConnection,
    day: PacificDay,
    bucket: Bucket,
    limit: u32,
) -> QueryResult<()> {
    Statement::new(MARK_EXHAUSTED)
        .bind::<sql_types::Date, _>(day.date())
        .bind::<sql_types::Text, _>(bucket.name())
        .bind::<sql_types::Integer, _>(integer(limit))
        .execute(&mut connection)
        .await
        .map(drop)
}

fn integer(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The usage of each bucket that was used on a day.
pub async fn list_usage(
    mut connection: &AsyncPgConnection,
    day: PacificDay,
) -> QueryResult<Vec<UsageRow>> {
    Statement::new(
        "SELECT bucket, used, daily_limit, exhausted FROM collector_quota WHERE day = $1",
    )
    .bind::<sql_types::Date, _>(day.date())
    .load(&mut connection)
    .await
}
