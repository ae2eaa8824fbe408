//! `createtrend seed --at-start`: what stands between an empty database and a client that
//! has something to show.

use crate::{
    progress::Progress,
    reindex::{ReindexError, index_exists, reindex},
    seed::{SeedError, SeedSummary, seed},
};
use chrono::Utc;
use common::{search::SearchError, settings::CommonSettings};

/// Why a system cannot start.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    /// The demo cannot be made.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The index cannot be built.
    #[error(transparent)]
    Reindex(#[from] ReindexError),
    /// Whether there is an index cannot be found out.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// Makes a demo of `scale` videos, none if that is 0, and leaves a database with other
/// videos as it is; then builds the index if there is none, or if the demo has changed.
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
                progress.message("the database holds videos: no demo data is made");
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
