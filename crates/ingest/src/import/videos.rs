//! Loading observations of videos.

use super::{
    ImportJob,
    batch_builder::build_batch,
    chunks::{Chunk, read},
    error::ImportError,
    shift::Shifts,
    stored_videos::find_stored_videos,
};
use crate::{
    data_source,
    load::{Bulk, LoadCounts, ObservationGranularity, RowBatch, Session, load},
    observation::VideoObservation,
    pending::MARK_INDEX_PENDING,
    progress::Unit,
};
use chrono::{DateTime, Utc};
use tokio_postgres::{Transaction, types::ToSql};

const MARK_BATCH: &str = include_str!("sql/mark_batch.sql");
const MARK_PENDING: &str = include_str!("sql/mark_pending.sql");
const MARK_APPENDED: &str = include_str!("sql/mark_appended.sql");

#[derive(Debug, Default)]
pub(super) struct VideosLoaded {
    pub rows: u64,
    /// Valid rows with a truncated text.
    pub truncated: u64,
    pub loaded: LoadCounts,
    /// The newest observation, after the shift.
    pub newest: Option<DateTime<Utc>>,
}

/// The transactions of an import.
pub(super) enum LoadMode<'a, 'b> {
    /// One transaction per batch.
    Batches(&'a mut Session),
    /// One transaction for all batches.
    Bulk(&'a mut Bulk<'b>),
}

/// Loads the video files.
pub(super) async fn load_videos(
    mut mode: LoadMode<'_, '_>,
    job: &mut ImportJob<'_>,
) -> Result<VideosLoaded, ImportError> {
    let bytes = job.files.video_bytes();
    let mut task = job.progress.start("importing videos", Unit::Bytes, bytes);
    let mut chunks = read::<VideoObservation>(job.files.videos.clone(), job.options.batch_rows);
    let mut sum = VideosLoaded::default();
    while let Some(chunk) = chunks.recv().await {
        let chunk = chunk?;
        job.results.add(&chunk)?;
        let Chunk { rows, position, .. } = chunk;
        sum.rows += rows.len() as u64;
        sum.truncated += rows.iter().filter(|row| row.has_truncated_text).count() as u64;
        if !rows.is_empty() {
            let (mut loaded, newest) = mode.load(rows, &job.shifts).await?;
            loaded.updated_videos.retain(|id| *id <= job.last_video);
            sum.loaded += loaded;
            sum.newest = sum.newest.max(newest);
        }
        task.set_position(position);
    }
    task.finish();
    Ok(sum)
}

impl LoadMode<'_, '_> {
    /// Loads `rows`. Returns the number of inserted rows, and the newest observation.
    async fn load(
        &mut self,
        rows: Vec<VideoObservation>,
        shifts: &Shifts,
    ) -> Result<(LoadCounts, Option<DateTime<Utc>>), ImportError> {
        match self {
            Self::Batches(session) => {
                let transaction = session.transaction().await?;
                let loaded =
                    load_batch(&transaction, rows, shifts, ObservationGranularity::Day).await?;
                transaction.batch_execute(MARK_PENDING).await?;
                transaction.execute(MARK_INDEX_PENDING, &[]).await?;
                data_source::mark_incomplete(&transaction).await?;
                transaction.commit().await?;
                Ok(loaded)
            }
            Self::Bulk(bulk) => append_batch(bulk, rows, shifts).await,
        }
    }
}

/// Loads observations, and marks their videos and channels for the update of derived columns
/// ([`super::derive()`]). Returns the number of inserted rows, and the newest observation.
pub(super) async fn load_batch(
    transaction: &Transaction<'_>,
    rows: Vec<VideoObservation>,
    shifts: &Shifts,
    granularity: ObservationGranularity,
) -> Result<(LoadCounts, Option<DateTime<Utc>>), ImportError> {
    let ids = rows.iter().map(|row| row.video_id.as_str());
    let stored = find_stored_videos(transaction, ids).await?;
    let batch = build_batch(rows, &stored.uploads, shifts, granularity);
    let loaded = load(transaction, &batch).await?;
    transaction.batch_execute(MARK_BATCH).await?;
    Ok((loaded, newest(&batch)))
}

async fn append_batch(
    bulk: &mut Bulk<'_>,
    rows: Vec<VideoObservation>,
    shifts: &Shifts,
) -> Result<(LoadCounts, Option<DateTime<Utc>>), ImportError> {
    let ids = rows.iter().map(|row| row.video_id.as_str());
    let stored = find_stored_videos(bulk.transaction(), ids).await?;
    let batch = build_batch(rows, &stored.uploads, shifts, ObservationGranularity::Day);
    let newest = newest(&batch);
    let (loaded, touched) = bulk.append(batch, &stored.ids).await?;
    if !(touched.videos.is_empty() && touched.channels.is_empty()) {
        let ids = [&touched.videos, &touched.channels] as [&(dyn ToSql + Sync); 2];
        bulk.transaction().execute(MARK_APPENDED, &ids).await?;
    }
    Ok((loaded, newest))
}

fn newest(batch: &RowBatch) -> Option<DateTime<Utc>> {
    batch.views.iter().map(|views| views.check_time).max()
}
