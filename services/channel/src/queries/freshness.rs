//! Queries on the sources of data and on the collector's work.

use chrono::{DateTime, Utc};
use common::db::Statement;
use diesel::{
    QueryResult, QueryableByName,
    sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

const SOURCES: &str = "
    SELECT name, is_simulated, newest_observation, stored_at, problem
    FROM data_source
    ORDER BY name";

const KINDS: &str = "
    SELECT kind, count(*) AS sources, count(*) FILTER (WHERE failures > 0) AS failing,
        max(last_success_at) AS last_success_at
    FROM collector_source
    GROUP BY kind
    ORDER BY kind";

/// A bounded list: a failure of YouTube affects all sources.
const FAILING: &str = "
    SELECT kind, value, title, failures, last_success_at, last_error AS reason
    FROM collector_source
    WHERE failures > 0
    ORDER BY failures DESC, kind, value
    LIMIT 20";

const VIDEOS: &str = "
    SELECT count(*) AS tracked, count(*) FILTER (WHERE next_check_at <= now()) AS due,
        max(checked_at) AS last_checked_at
    FROM collector_video
    WHERE removed_at IS NULL";

/// The newest day in Los Angeles, the time zone of quotas.
const QUOTA: &str = "
    SELECT bucket, used, daily_limit, exhausted
    FROM collector_quota
    WHERE day = (SELECT max(day) FROM collector_quota)
    ORDER BY bucket";

#[derive(Debug, QueryableByName)]
pub(crate) struct DataSourceRow {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Bool)]
    pub is_simulated: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub newest_observation: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub stored_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    pub problem: Option<String>,
}

#[derive(Debug, QueryableByName)]
pub(crate) struct SourceKindRow {
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = BigInt)]
    pub sources: i64,
    #[diesel(sql_type = BigInt)]
    pub failing: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub last_success_at: Option<DateTime<Utc>>,
}

#[derive(Debug, QueryableByName)]
pub(crate) struct FailingSourceRow {
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub value: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub title: Option<String>,
    #[diesel(sql_type = Integer)]
    pub failures: i32,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub last_success_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
}

#[derive(Debug, QueryableByName)]
pub(crate) struct TrackedVideosRow {
    #[diesel(sql_type = BigInt)]
    pub tracked: i64,
    #[diesel(sql_type = BigInt)]
    pub due: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub last_checked_at: Option<DateTime<Utc>>,
}

#[derive(Debug, QueryableByName)]
pub(crate) struct QuotaRow {
    #[diesel(sql_type = Text)]
    pub bucket: String,
    #[diesel(sql_type = Integer)]
    pub used: i32,
    #[diesel(sql_type = Integer)]
    pub daily_limit: i32,
    #[diesel(sql_type = Bool)]
    pub exhausted: bool,
}

/// Lists where data came from.
pub(crate) async fn list_data_sources(
    connection: &AsyncPgConnection,
) -> QueryResult<Vec<DataSourceRow>> {
    Statement::new(SOURCES).load(&mut &*connection).await
}

/// Lists the kinds of sources that the collector follows.
pub(crate) async fn list_source_kinds(
    connection: &AsyncPgConnection,
) -> QueryResult<Vec<SourceKindRow>> {
    Statement::new(KINDS).load(&mut &*connection).await
}

/// Lists the sources that failed most often since their last success.
pub(crate) async fn list_failing_sources(
    connection: &AsyncPgConnection,
) -> QueryResult<Vec<FailingSourceRow>> {
    Statement::new(FAILING).load(&mut &*connection).await
}

/// Counts the videos that the collector checks.
pub(crate) async fn count_tracked_videos(
    connection: &AsyncPgConnection,
) -> QueryResult<TrackedVideosRow> {
    Statement::new(VIDEOS).get_result(&mut &*connection).await
}

/// Lists the quota that was used on the last day of collection.
pub(crate) async fn list_quota(connection: &AsyncPgConnection) -> QueryResult<Vec<QuotaRow>> {
    Statement::new(QUOTA).load(&mut &*connection).await
}
