//! The pending work of an import: derived columns and the search index.

use super::{ImportError, ImportOptions, ImportSummary, derive::derive, import};
use crate::{
    data_source,
    load::{LoadError, Session},
    progress::Progress,
    reindex::{ReindexError, ReindexSummary, reindex_pending},
    rollup::refresh_loaded,
};
use chrono::{DateTime, Utc};
use common::settings::{CommonSettings, PostgresSettings};
use futures_util::{FutureExt, future::BoxFuture};

/// Records that the index lacks the changes of this transaction. The update changes no value; it
/// prevents a running reindex from deleting the row.
pub(super) const MARK_INDEX_PENDING: &str =
    "INSERT INTO pending_index (id, since) VALUES (1, now())
    ON CONFLICT (id) DO UPDATE SET since = pending_index.since";
const FIND_INDEX_PENDING: &str = "SELECT since FROM pending_index";
const COUNT_PENDING_DERIVATION: &str = "SELECT count(*) FROM pending_derivation";

/// The rows are stored, but the search index lacks them.
#[derive(Debug, thiserror::Error)]
#[error("the rows are stored, but the search index is not updated: {0}; run `createtrend reindex`")]
pub struct IndexError(#[from] ReindexError);

/// The pending work of an interrupted import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingWork {
    /// Videos without derived columns.
    pub videos: i64,
    /// The time since which changed videos may be missing from the index.
    pub index_since: Option<DateTime<Utc>>,
    /// The files of the last import were not read to their end, although it has stored rows.
    pub is_incomplete: bool,
    /// An import or a seed is running.
    pub is_running: bool,
}

/// The outcome of an import, and that of the index update after it.
pub type ImportOutcome = (ImportSummary, Result<ReindexSummary, IndexError>);

/// Imports the files of `options`, refreshes the rollups, and updates the search index, which
/// invalidates cached responses of the services.
pub fn import_and_index<'a>(
    options: &'a ImportOptions,
    settings: &'a CommonSettings,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<ImportOutcome, ImportError>> {
    async move {
        let summary = import(options, &settings.postgres, progress).await?;
        refresh_loaded(&settings.postgres, Utc::now(), progress).await?;
        Ok((summary, reindex_pending(settings, progress).await.map_err(IndexError)))
    }
    .boxed()
}

/// Records that the index lacks changes from now on, until a [`reindex`](crate::reindex::reindex())
/// since then. Returns the start of the changes that are not indexed.
pub fn mark_index_pending(
    settings: &PostgresSettings,
) -> BoxFuture<'_, Result<DateTime<Utc>, LoadError>> {
    async move {
        let session = Session::connect(settings).await?;
        session.execute(MARK_INDEX_PENDING, &[]).await?;
        Ok(session.query_one(FIND_INDEX_PENDING, &[]).await?.get(0))
    }
    .boxed()
}

/// Computes the derived columns and the rollups that an interrupted import did not. Returns whether
/// there was anything to complete.
pub fn complete_interrupted<'a>(
    settings: &'a PostgresSettings,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<bool, ImportError>> {
    async move {
        let pending = pending_work(settings).await?;
        if pending.videos > 0 {
            progress
                .message("an import was interrupted: computing the derived columns of its videos");
            let session = Session::connect_locked(settings, progress).await?;
            derive(&*session, progress).await?;
        } else if pending.index_since.is_none() {
            return Ok(false);
        }
        // An import refreshes them before it updates the index.
        refresh_loaded(settings, Utc::now(), progress).await?;
        Ok(true)
    }
    .boxed()
}

/// Finds the pending work of interrupted imports.
pub fn pending_work(settings: &PostgresSettings) -> BoxFuture<'_, Result<PendingWork, LoadError>> {
    async move {
        let session = Session::connect(settings).await?;
        let videos = session.query_one(COUNT_PENDING_DERIVATION, &[]).await?.get(0);
        let index = session.query_opt(FIND_INDEX_PENDING, &[]).await?;
        let index_since = index.map(|row| row.get(0));
        let is_incomplete = data_source::is_incomplete(&*session).await?;
        Ok(PendingWork {
            videos,
            index_since,
            is_incomplete,
            is_running: session.is_locked().await?,
        })
    }
    .boxed()
}
