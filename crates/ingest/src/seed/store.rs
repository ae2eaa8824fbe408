//! Queries on stored demo data.

use super::{
    SeedError,
    ids::{CHANNEL_ID_PATTERN, VIDEO_ID_PATTERN, video_id},
    schedule::FIRST_UPLOAD,
};
use crate::load::{LoadError, Session};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use common::db::ADVANCE_DATA_VERSION;
use std::collections::HashSet;
use tokio_postgres::GenericClient;

/// Whether there are videos that are not demo data.
pub(super) async fn has_other_videos(session: &Session) -> Result<bool, LoadError> {
    let statement = "SELECT EXISTS (SELECT FROM video WHERE video_id !~ $1)";
    Ok(session.query_one(statement, &[&VIDEO_ID_PATTERN]).await?.get(0))
}

/// The demo's reference time: the hour of the first seeding, shifted with all times.
pub(super) async fn stored_reference_time(
    session: &Session,
) -> Result<Option<DateTime<Utc>>, LoadError> {
    let statement = "SELECT upload_time FROM video WHERE video_id = $1";
    let first = session.query_opt(statement, &[&video_id(0)]).await?;
    Ok(first.map(|row| row.get::<_, DateTime<Utc>>(0) + FIRST_UPLOAD))
}

/// The reference time of a new demo.
pub(super) fn new_reference_time(now: DateTime<Utc>) -> DateTime<Utc> {
    now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now)
}

/// Shifts all times of the demo by whole days in one transaction, so that `reference` is less
/// than a day before `now`. Returns the number of days.
pub(super) async fn shift_to(
    session: &mut Session,
    reference: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<i64, SeedError> {
    let days = (now - reference).num_days();
    if days <= 0 {
        return Ok(0);
    }
    let transaction = session.transaction().await?;
    let shift = i32::try_from(days).unwrap_or(i32::MAX);
    for statement in [
        "UPDATE video SET upload_time = upload_time + make_interval(hours => 24 * $1)",
        "UPDATE video_views SET check_time = check_time + make_interval(hours => 24 * $1)",
        "UPDATE video_likes SET check_time = check_time + make_interval(hours => 24 * $1)",
    ] {
        transaction.execute(statement, &[&shift]).await?;
    }
    for table in ["channel_subscriber", "channel_views"] {
        let statement = format!(
            "UPDATE {table} SET check_time = check_time + make_interval(hours => 24 * $1) \
             WHERE channel_idx IN (SELECT idx FROM channel WHERE channel_id ~ $2)"
        );
        transaction.execute(&statement, &[&shift, &CHANNEL_ID_PATTERN]).await?;
    }
    transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
    transaction.commit().await?;
    Ok(days)
}

/// The numbers in `chunk` whose videos are not stored.
pub(super) async fn find_missing(
    client: &impl GenericClient,
    chunk: std::ops::Range<u32>,
) -> Result<Vec<u32>, SeedError> {
    let ids: Vec<String> = chunk.clone().map(video_id).collect();
    let statement = "SELECT video_id FROM video WHERE video_id = ANY ($1)";
    let stored = client.query(statement, &[&ids]).await?;
    let stored: HashSet<&str> = stored.iter().map(|row| row.get(0)).collect();
    let is_missing = |(_, id): &(u32, &String)| !stored.contains(id.as_str());
    Ok(chunk.zip(&ids).filter(is_missing).map(|(number, _)| number).collect())
}
