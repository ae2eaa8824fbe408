//! Rows and the search index together: `createtrend seed --at-start`, `createtrend import`.

use crate::{
    import::{ImportError, ImportOptions, ImportSummary, complete_interrupted, import},
    load::LoadError,
    pending::pending_work,
    progress::Progress,
    reindex::{ReindexError, ReindexSummary, index_exists, reindex, reindex_pending},
    rollup::refresh_loaded,
    seed::{SeedError, SeedSummary, seed},
};
use chrono::Utc;
use common::{search::SearchError, settings::CommonSettings};
use futures_util::{FutureExt, future::BoxFuture};

/// Bootstrapping failed.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    /// The demo data cannot be generated.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The derived columns of an interrupted import cannot be computed.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The pending work of an interrupted import cannot be read.
    #[error(transparent)]
    Pending(#[from] LoadError),
    /// The index cannot be built.
    #[error(transparent)]
    Reindex(#[from] ReindexError),
    /// The index cannot be looked up.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// The rows are stored, but the search index lacks them.
#[derive(Debug, thiserror::Error)]
#[error("the rows are stored, but the search index is not updated: {0}; run `createtrend reindex`")]
pub struct IndexError(#[from] ReindexError);

/// The outcome of an import, and that of the index update after it.
pub type ImportOutcome = (ImportSummary, Result<ReindexSummary, IndexError>);

/// Seeds a demo of `scale` videos, unless `scale` is 0 or the database holds other videos. Then
/// completes an interrupted import, and builds the index if it is missing or incomplete, or if the
/// demo has changed.
pub fn bootstrap<'a>(
    scale: u32,
    settings: &'a CommonSettings,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<(), BootstrapError>> {
    async move {
        let mut changed = false;
        if scale > 0 {
            match seed(scale, &settings.postgres, Utc::now(), progress).await {
                Ok(summary) => {
                    changed = summary != SeedSummary { scale, ..SeedSummary::default() };
                    progress.message(&summary.to_string());
                }
                Err(SeedError::OtherVideos) => {
                    progress.message("the database contains videos: no demo data is added");
                }
                Err(error) => return Err(error.into()),
            }
        }
        complete_interrupted(&settings.postgres, progress).await?;
        let pending = pending_work(&settings.postgres).await?;
        if changed || pending.index_since.is_some() || !index_exists(settings).await? {
            let summary = reindex(settings, None, progress).await?;
            progress.message(&format!("{}: {} documents", summary.index, summary.documents));
        }
        Ok(())
    }
    .boxed()
}

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
