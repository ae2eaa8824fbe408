//! The shift of times of an import.

use super::{
    ImportOptions,
    assemble::{Uploads, shift_of},
    chunks::read,
    error::ImportError,
    inputs::ImportFiles,
};
use crate::{
    load::StoredIds,
    observation::VideoObservation,
    progress::{Progress, Unit},
};
use chrono::TimeDelta;
use common::time::seoul_day;
use tokio_postgres::{GenericClient, Row};

/// The shift of all times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    /// A whole number of days.
    pub by: TimeDelta,
    /// Taken from videos that are stored already.
    pub kept: bool,
}

/// The shift of `--shift-to-now`.
///
/// The newest day of all files becomes today; times are never moved back. If a video of the files is stored already, the
/// shift of the first such video is used again, so that repeating an import on another day does
/// not mix two shifts.
pub(super) async fn choose_shift(
    client: &impl GenericClient,
    options: &ImportOptions,
    files: &ImportFiles,
    progress: &dyn Progress,
) -> Result<Shift, ImportError> {
    if !options.shift_to_now {
        return Ok(Shift { by: TimeDelta::zero(), kept: false });
    }
    let mut task = progress.start("determining the newest day", Unit::Bytes, files.video_bytes());
    let mut chunks = read::<VideoObservation>(files.videos.clone(), options.batch_rows);
    let mut newest = None;
    while let Some(chunk) = chunks.recv().await {
        let chunk = chunk?;
        let ids = chunk.rows.iter().map(|row| row.video_id.as_str());
        let stored = stored_videos(client, ids).await?.uploads;
        let shift_of =
            |row: &VideoObservation| shift_of(*stored.get(&row.video_id)?, row.published);
        let kept = chunk.rows.iter().filter_map(shift_of).find(|by| *by >= TimeDelta::zero());
        if let Some(by) = kept {
            return Ok(Shift { by, kept: true });
        }
        let days = chunk.rows.iter().map(|row| seoul_day(row.observed));
        newest = newest.max(days.max());
        task.set_position(chunk.position);
    }
    task.finish();
    let by = newest.map_or(TimeDelta::zero(), |newest| seoul_day(options.now) - newest);
    Ok(Shift { by: by.max(TimeDelta::zero()), kept: false })
}

/// The stored videos among some observations.
pub(super) struct StoredVideos {
    /// Upload times by YouTube id.
    pub uploads: Uploads,
    /// Primary keys by YouTube id.
    pub ids: StoredIds,
}

/// Finds the videos `ids` that are stored.
pub(super) async fn stored_videos(
    client: &impl GenericClient,
    ids: impl Iterator<Item = &str>,
) -> Result<StoredVideos, ImportError> {
    let ids: Vec<&str> = ids.collect();
    let statement =
        "SELECT video_id, usable_time(upload_time), idx FROM video WHERE video_id = ANY ($1)";
    let stored = client.query(statement, &[&ids]).await?;
    let upload = |row: &Row| Some((row.get(0), row.get::<_, Option<_>>(1)?));
    let uploads = stored.iter().filter_map(upload).collect();
    let stored_ids = stored.iter().map(|row| (row.get(0), row.get(2))).collect();
    Ok(StoredVideos { uploads, ids: stored_ids })
}
