//! The state of the collection, for metrics and operators.

use chrono::{DateTime, Utc};
use common::db::Statement;
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

const LATE: &str = "
    SELECT count(*) AS due, min(next_check_at) AS oldest
    FROM collector_video
    WHERE next_check_at <= $1 AND removed_at IS NULL";

const SUCCESSES: &str = "
    SELECT kind, count(*) AS sources, max(last_success_at) AS last_success_at,
        count(*) FILTER (WHERE failures > 0) AS failing
    FROM collector_source
    GROUP BY kind
    ORDER BY kind";

/// Videos that wait for their check.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Lateness {
    /// How many are due.
    #[diesel(sql_type = sql_types::BigInt)]
    pub due: i64,
    /// When the oldest of them was due.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Timestamptz>)]
    pub oldest: Option<DateTime<Utc>>,
}

/// The state of the sources of one kind.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct KindStatus {
    /// See [`crate::Source::kind`].
    #[diesel(sql_type = sql_types::Text)]
    pub kind: String,
    /// How many there are.
    #[diesel(sql_type = sql_types::BigInt)]
    pub sources: i64,
    /// The last successful check of any.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Timestamptz>)]
    pub last_success_at: Option<DateTime<Utc>>,
    /// How many failed in their last check.
    #[diesel(sql_type = sql_types::BigInt)]
    pub failing: i64,
}

/// Videos that are due at `now`.
pub async fn lateness(
    mut connection: &AsyncPgConnection,
    now: DateTime<Utc>,
) -> QueryResult<Lateness> {
    let late = Statement::new(LATE).bind::<sql_types::Timestamptz, _>(now);
    late.get_result(&mut connection).await
}

/// The state of each kind of source.
pub async fn list_kinds(mut connection: &AsyncPgConnection) -> QueryResult<Vec<KindStatus>> {
    Statement::new(SUCCESSES).load(&mut connection).await
}
