//! The schedule of videos.

use chrono::{DateTime, Utc};
use common::db::Statement;
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use youtube::VideoId;

/// Misses after which a video is no longer checked.
pub(crate) const MAX_MISSES: i32 = 3;

const TRACK: &str = "
    INSERT INTO collector_video (video_id, published_at, next_check_at)
    SELECT video_id, published_at, $3
    FROM unnest($1::text[], $2::timestamptz[]) AS new (video_id, published_at)
    ORDER BY video_id
    ON CONFLICT (video_id) DO NOTHING";

/// The youngest first: when units are short, old videos wait.
const CLAIM: &str = "
    UPDATE collector_video SET claimed_until = $2
    WHERE video_id IN (
        SELECT video_id FROM collector_video
        WHERE next_check_at <= $1 AND claimed_until <= $1 AND removed_at IS NULL
        ORDER BY published_at DESC, video_id
        LIMIT $3
        FOR UPDATE SKIP LOCKED
    )
    RETURNING video_id, published_at, misses";

const SCHEDULE: &str = "
    INSERT INTO collector_video
        (video_id, published_at, next_check_at, claimed_until, checked_at, misses, removed_at)
    SELECT video_id, published_at, next_check_at, '-infinity', $5, misses,
        CASE WHEN misses >= $6 THEN $5 END
    FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::integer[])
        AS new (video_id, published_at, next_check_at, misses)
    ORDER BY video_id
    ON CONFLICT (video_id) DO UPDATE SET
        published_at = excluded.published_at,
        next_check_at = excluded.next_check_at,
        claimed_until = '-infinity',
        checked_at = excluded.checked_at,
        misses = excluded.misses,
        removed_at = excluded.removed_at";

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
}

/// When a video is checked next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NextCheck {
    pub video_id: String,
    pub published_at: DateTime<Utc>,
    pub at: DateTime<Utc>,
    /// Checks in a row in which YouTube did not return it.
    pub misses: i32,
}

/// Adds videos that are not tracked, due at once. Returns how many.
pub(crate) async fn track_videos(
    mut connection: &AsyncPgConnection,
    videos: &[(VideoId, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let ids: Vec<&str> = videos.iter().map(|(id, _)| id.as_str()).collect();
    let published: Vec<_> = videos.iter().map(|(_, published)| *published).collect();
    Statement::new(TRACK)
        .bind::<sql_types::Array<sql_types::Text>, _>(ids)
        .bind::<sql_types::Array<sql_types::Timestamptz>, _>(published)
        .bind::<sql_types::Timestamptz, _>(now)
        .execute(&mut connection)
        .await
}

/// Claims due videos until `until`.
pub(crate) async fn claim_videos(
    mut connection: &AsyncPgConnection,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<VideoRow>> {
    Statement::new(CLAIM)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Timestamptz, _>(until)
        .bind::<sql_types::BigInt, _>(limit)
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
    Statement::new(SCHEDULE)
        .bind::<sql_types::Array<sql_types::Text>, _>(ids)
        .bind::<sql_types::Array<sql_types::Timestamptz>, _>(published)
        .bind::<sql_types::Array<sql_types::Timestamptz>, _>(next)
        .bind::<sql_types::Array<sql_types::Integer>, _>(misses)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Integer, _>(MAX_MISSES)
        .execute(&mut connection)
        .await
        .map(drop)
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
