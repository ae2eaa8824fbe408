//! The schedule of videos.

use chrono::{DateTime, Utc};
use common::db::Statement;
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use youtube::VideoId;

/// Checks in a row without a result after which a video or a channel counts as removed.
pub(crate) const MAX_MISSES: i32 = 3;

const RELEASE: &str =
    "UPDATE collector_video SET claimed_until = '-infinity' WHERE video_id = ANY ($1)";

/// A claimed video.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub(crate) struct VideoRow {
    #[diesel(sql_type = sql_types::Text)]
    pub video_id: String,
    #[diesel(sql_type = sql_types::Timestamptz)]
    pub published_at: DateTime<Utc>,
    #[diesel(sql_type = sql_types::Integer)]
    pub misses: i32,
    /// The table `video` contains it.
    #[diesel(sql_type = sql_types::Bool)]
    pub is_stored: bool,
    /// Title, description, tags and properties are recent.
    #[diesel(sql_type = sql_types::Bool)]
    pub has_details: bool,
}

/// When a video is checked next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NextCheck {
    pub video_id: String,
    pub published_at: DateTime<Utc>,
    pub at: DateTime<Utc>,
    /// Checks in a row in which YouTube did not return it.
    pub misses: i32,
    /// Title, description, tags and properties were stored.
    pub has_details: bool,
}

/// Adds videos that are not tracked or were removed; they are due immediately. After one more miss, a
/// removed video is removed again. Returns the number of added videos.
pub(crate) async fn track_videos(
    mut connection: &AsyncPgConnection,
    videos: &[(VideoId, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let ids: Vec<&str> = videos.iter().map(|(id, _)| id.as_str()).collect();
    let published: Vec<_> = videos.iter().map(|(_, published)| *published).collect();
    Statement::new(include_str!("track_videos.sql"))
        .bind::<sql_types::Array<sql_types::Text>, _>(ids)
        .bind::<sql_types::Array<sql_types::Timestamptz>, _>(published)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Integer, _>(MAX_MISSES)
        .execute(&mut connection)
        .await
}

/// The time, the end and the size of a claim.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claim {
    pub now: DateTime<Utc>,
    /// The end of the claim, if the process does not end it before.
    pub until: DateTime<Utc>,
    pub limit: i64,
}

/// Claims due videos, or only stored ones. Details are recent if they were read after
/// `details_since`.
pub(crate) async fn claim_videos(
    mut connection: &AsyncPgConnection,
    claim: Claim,
    only_stored: bool,
    details_since: DateTime<Utc>,
) -> QueryResult<Vec<VideoRow>> {
    Statement::new(include_str!("claim_videos.sql"))
        .bind::<sql_types::Timestamptz, _>(claim.now)
        .bind::<sql_types::Timestamptz, _>(claim.until)
        .bind::<sql_types::BigInt, _>(claim.limit)
        .bind::<sql_types::Bool, _>(only_stored)
        .bind::<sql_types::Timestamptz, _>(details_since)
        .load(&mut connection)
        .await
}

/// Ends the claim of checked videos.
pub(crate) async fn schedule_videos(
    mut connection: &AsyncPgConnection,
    checks: &[NextCheck],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let ids: Vec<&str> = checks.iter().map(|check| check.video_id.as_str()).collect();
    let published: Vec<_> = checks.iter().map(|check| check.published_at).collect();
    let next: Vec<_> = checks.iter().map(|check| check.at).collect();
    let misses: Vec<_> = checks.iter().map(|check| check.misses).collect();
    let details: Vec<_> = checks.iter().map(|check| check.has_details).collect();
    Statement::new(include_str!("schedule_videos.sql"))
        .bind::<sql_types::Array<sql_types::Text>, _>(ids)
        .bind::<sql_types::Array<sql_types::Timestamptz>, _>(published)
        .bind::<sql_types::Array<sql_types::Timestamptz>, _>(next)
        .bind::<sql_types::Array<sql_types::Integer>, _>(misses)
        .bind::<sql_types::Array<sql_types::Bool>, _>(details)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Integer, _>(MAX_MISSES)
        .execute(&mut connection)
        .await
        .map(drop)
}

/// Lists tracked videos after `last`, by id.
pub(crate) async fn list_tracked_videos(
    mut connection: &AsyncPgConnection,
    last: &str,
    limit: i64,
) -> QueryResult<Vec<String>> {
    let statement = "SELECT video_id FROM collector_video WHERE video_id > $1
        ORDER BY video_id LIMIT $2";
    let rows: Vec<TrackedRow> = Statement::new(statement)
        .bind::<sql_types::Text, _>(last)
        .bind::<sql_types::BigInt, _>(limit)
        .load(&mut connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.video_id).collect())
}

#[derive(QueryableByName)]
struct TrackedRow {
    #[diesel(sql_type = sql_types::Text)]
    video_id: String,
}

/// Ends the claim of videos that were not checked.
pub(crate) async fn release_videos(
    mut connection: &AsyncPgConnection,
    ids: &[&str],
) -> QueryResult<()> {
    Statement::new(RELEASE)
        .bind::<sql_types::Array<sql_types::Text>, _>(ids)
        .execute(&mut connection)
        .await
        .map(drop)
}
