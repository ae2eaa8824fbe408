//! `createtrend seed --at-start`: demo data and a search index for a new installation.

use crate::{
    progress::Progress,
    reindex::{ReindexError, index_exists, reindex},
    seed::{SeedError, SeedSummary, seed},
};
use chrono::Utc;
use common::{search::SearchError, settings::CommonSettings};

/// Bootstrapping failed.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    /// The demo data cannot be generated.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The index cannot be built.
    #[error(transparent)]
    Reindex(#[from] ReindexError),
    /// The index cannot be looked up.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// Seeds a demo of `scale` videos unless that is 0 or the database holds other videos; then
/// builds the index if it is missing or the demo has changed.
pub async fn bootstrap(
    scale: u32,
    settings: &CommonSettings,
    progress: &dyn Progress,
) -> Result<(), BootstrapError> {
    let mut changed = false;
    if scale > 0 {
        match seed(scale, &settings.postgres, Utc::now(), progress).await {
            Ok(summary) => {
                changed = summary != SeedSummary { scale, ..SeedSummary::default() };
                progress.message(&summary.to_string());
            }
            Err(SeedError::OtherVideos) => {
                progress.message("the database contains videos: skipping the demo data");
            }
            Err(error) => return Err(error.into()),
        }
    }
    if changed || !index_exists(settings).await? {
        let summary = reindex(settings, None, progress).await?;
        progress.message(&format!("{}: {} documents", summary.index, summary.documents));
    }
    Ok(())
}
