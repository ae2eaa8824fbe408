//! Completion of an interrupted import.

use super::{ImportError, derive::derive};
use crate::{load::Session, pending::pending_work, progress::Progress, rollup::refresh_loaded};
use chrono::Utc;
use common::settings::PostgresSettings;
use futures_util::{FutureExt, future::BoxFuture};

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
