//! Loading the trending data set.

use super::{
    ImportOptions,
    assemble::assemble,
    error::ImportError,
    portions::{Portion, read},
    reports::Reports,
    shift::stored_uploads,
    video_row::VideoRow,
};
use crate::{
    load::{Loaded, Session, load},
    progress::{Progress, Unit},
};
use chrono::{DateTime, TimeDelta, Utc};

const MARK_TOUCHED: &str = include_str!("sql/mark_touched.sql");

/// What was read and loaded.
#[derive(Debug, Default)]
pub(super) struct VideosLoaded {
    /// Good rows.
    pub rows: u64,
    /// Good rows with a text that was too long.
    pub shortened: u64,
    /// Rows that were missing.
    pub loaded: Loaded,
    /// The newest observation, after the shift.
    pub newest: Option<DateTime<Utc>>,
}

/// Loads the files of `options`, a batch a transaction.
pub(super) async fn load_videos(
    session: &mut Session,
    options: &ImportOptions,
    shift: TimeDelta,
    bytes: u64,
    reports: &mut Reports<'_>,
    progress: &Progress,
) -> Result<VideosLoaded, ImportError> {
    let mut task = progress.start("importing videos", Unit::Bytes, bytes);
    let mut portions = read::<VideoRow>(options.files.clone(), options.batch_rows);
    let mut sum = VideosLoaded::default();
    while let Some(portion) = portions.recv().await {
        let Portion { file, rows, reports: found, position } = portion?;
        for (line, reasons) in found {
            reports.add(&file, line, &reasons)?;
        }
        sum.rows += rows.len() as u64;
        sum.shortened += rows.iter().filter(|row| row.shortened).count() as u64;
        let (loaded, newest) = load_rows(session, rows, shift).await?;
        sum.loaded += loaded;
        sum.newest = sum.newest.max(newest);
        task.reach(position);
    }
    task.finish();
    Ok(sum)
}

async fn load_rows(
    session: &mut Session,
    rows: Vec<VideoRow>,
    shift: TimeDelta,
) -> Result<(Loaded, Option<DateTime<Utc>>), ImportError> {
    if rows.is_empty() {
        return Ok((Loaded::default(), None));
    }
    let transaction = session.transaction().await?;
    let stored = stored_uploads(&transaction, &rows).await?;
    let batch = assemble(rows, &stored, shift);
    let loaded = load(&transaction, &batch).await?;
    transaction.batch_execute(MARK_TOUCHED).await?;
    transaction.commit().await?;
    Ok((loaded, batch.views.iter().map(|views| views.check_time).max()))
}
