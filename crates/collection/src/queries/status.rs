//! The state of the collection, for metrics and operators.

use crate::settings::{MAX_CHART_PAGES, MAX_UPLOAD_PAGES};
use chrono::{DateTime, Utc};
use common::db::Statement;
use diesel::{OptionalExtension, QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use youtube::{Limits, MAX_IDS};

const FIND_BACKLOG: &str = "
    SELECT count(*) AS due, min(next_check_at) AS oldest
    FROM collector_video
    WHERE next_check_at <= $1 AND removed_at IS NULL";

const LIST_SOURCE_KINDS: &str = "
    SELECT kind, count(*) AS sources, max(last_success_at) AS last_success_at,
        count(*) FILTER (WHERE failures > 0) AS failing
    FROM collector_source
    GROUP BY kind
    ORDER BY kind";

const RECORD_PROBLEM: &str = "
    INSERT INTO data_source (name, is_simulated, stored_at, problem)
    VALUES ('collector', $1, NULL, $2)
    ON CONFLICT (name) DO UPDATE SET problem = $2
    WHERE data_source.problem IS DISTINCT FROM $2";

const FIND_DUE_WORK: &str = "
    SELECT
        count(*) FILTER (WHERE kind = 'channel') AS feeds,
        count(*) FILTER (WHERE kind = 'channel' AND last_success_at IS NULL) AS playlists,
        count(*) FILTER (WHERE kind = 'chart') AS charts,
        count(*) FILTER (WHERE kind = 'search') AS searches,
        (SELECT count(*) FROM collector_video
            WHERE next_check_at <= $1 AND removed_at IS NULL AND texts_at <= $2) AS videos,
        (SELECT count(*) FROM collector_video
            WHERE next_check_at <= $1 AND removed_at IS NULL AND texts_at > $2) AS counts,
        (SELECT count(*) FROM collector_channel WHERE next_check_at <= $1) AS channels
    FROM collector_source
    WHERE next_check_at <= $1";

/// Work that is due.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct DueWork {
    /// Channels whose feed is read.
    #[diesel(sql_type = sql_types::BigInt)]
    pub feeds: i64,
    /// Channels whose playlist of uploads is read, because they are new.
    #[diesel(sql_type = sql_types::BigInt)]
    pub playlists: i64,
    /// Charts whose videos are read.
    #[diesel(sql_type = sql_types::BigInt)]
    pub charts: i64,
    /// Searches that are repeated.
    #[diesel(sql_type = sql_types::BigInt)]
    pub searches: i64,
    /// Videos whose details and counts are read.
    #[diesel(sql_type = sql_types::BigInt)]
    pub videos: i64,
    /// Videos whose counts are read.
    #[diesel(sql_type = sql_types::BigInt)]
    pub counts: i64,
    /// Channels whose statistics are read.
    #[diesel(sql_type = sql_types::BigInt)]
    pub channels: i64,
}

impl DueWork {
    /// The maximum cost of the work in each bucket.
    pub fn max_cost(&self) -> Limits {
        let batches = |rows: i64| rows.unsigned_abs().div_ceil(MAX_IDS as u64);
        let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let pages = self.playlists.unsigned_abs() * MAX_UPLOAD_PAGES as u64
            + self.charts.unsigned_abs() * MAX_CHART_PAGES as u64;
        Limits {
            units: number(pages + batches(self.videos) + batches(self.channels)),
            search: number(self.searches.unsigned_abs()),
            batch_stats: number(batches(self.counts)),
        }
    }
}

/// Videos that wait for their check.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Backlog {
    /// Number of due videos.
    #[diesel(sql_type = sql_types::BigInt)]
    pub due: i64,
    /// Due time of the most overdue video.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Timestamptz>)]
    pub oldest: Option<DateTime<Utc>>,
}

/// The state of the sources of one kind.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct SourceKindStatus {
    /// See [`crate::Source::kind`].
    #[diesel(sql_type = sql_types::Text)]
    pub kind: String,
    /// Number of sources of this kind.
    #[diesel(sql_type = sql_types::BigInt)]
    pub sources: i64,
    /// The last successful check of any.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Timestamptz>)]
    pub last_success_at: Option<DateTime<Utc>>,
    /// Number of sources whose last check failed.
    #[diesel(sql_type = sql_types::BigInt)]
    pub failing: i64,
}

#[derive(QueryableByName)]
struct ProblemRow {
    #[diesel(sql_type = sql_types::Text)]
    problem: String,
}

/// Records why nothing can be collected, or that there is no problem.
pub(crate) async fn record_problem(
    mut connection: &AsyncPgConnection,
    is_simulated: bool,
    problem: Option<&str>,
) -> QueryResult<()> {
    Statement::new(RECORD_PROBLEM)
        .bind::<sql_types::Bool, _>(is_simulated)
        .bind::<sql_types::Nullable<sql_types::Text>, _>(problem)
        .execute(&mut connection)
        .await
        .map(drop)
}

/// The recorded reason why nothing can be collected.
pub(crate) async fn find_problem(
    mut connection: &AsyncPgConnection,
) -> QueryResult<Option<String>> {
    let problem =
        "SELECT problem FROM data_source WHERE name = 'collector' AND problem IS NOT NULL";
    let row: Option<ProblemRow> =
        Statement::new(problem).get_result(&mut connection).await.optional()?;
    Ok(row.map(|row| row.problem))
}

/// Videos that are due at `now`.
pub async fn find_backlog(
    mut connection: &AsyncPgConnection,
    now: DateTime<Utc>,
) -> QueryResult<Backlog> {
    let late = Statement::new(FIND_BACKLOG).bind::<sql_types::Timestamptz, _>(now);
    late.get_result(&mut connection).await
}

/// The work that is due at `now`; details are read if they were not since `details_since`.
pub(crate) async fn find_due_work(
    mut connection: &AsyncPgConnection,
    now: DateTime<Utc>,
    details_since: DateTime<Utc>,
) -> QueryResult<DueWork> {
    Statement::new(FIND_DUE_WORK)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Timestamptz, _>(details_since)
        .get_result(&mut connection)
        .await
}

/// The state of each kind of source.
pub async fn list_source_kinds(
    mut connection: &AsyncPgConnection,
) -> QueryResult<Vec<SourceKindStatus>> {
    Statement::new(LIST_SOURCE_KINDS).load(&mut connection).await
}
