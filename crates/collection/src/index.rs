//! Search documents of changed videos.

use chrono::{DateTime, TimeDelta, Utc};
use common::settings::CommonSettings;
use ingest::{
    load::MAX_COMMIT_DELAY,
    progress::NoProgress,
    reindex::{ReindexError, Since, reindex},
};

/// How far the first update looks back, to include changes of a killed process.
const INITIAL_LOOKBACK: TimeDelta = TimeDelta::hours(2);

/// Indexes what changed since the last update.
#[derive(Default)]
pub(crate) struct IndexUpdates {
    last: Option<DateTime<Utc>>,
}

impl IndexUpdates {
    /// The first update includes the changes since `since`.
    pub(crate) fn since(since: DateTime<Utc>) -> Self {
        Self { last: Some(since + MAX_COMMIT_DELAY) }
    }

    /// Updates the index, or builds it if there is none, unless another process is doing so. Times
    /// are those of the database, also in a simulation.
    pub(crate) async fn update(&mut self, settings: &CommonSettings) -> Result<u64, ReindexError> {
        let now = Utc::now();
        let since = self.last.map_or(now - INITIAL_LOOKBACK, |last| last - MAX_COMMIT_DELAY);
        let mut updated = reindex(settings, Some(Since::At(since)), &NoProgress).await;
        if matches!(updated, Err(ReindexError::NoIndex)) {
            updated = reindex(settings, None, &NoProgress).await;
        }
        match updated {
            Ok(summary) => {
                self.last = Some(now);
                Ok(summary.documents)
            }
            Err(ReindexError::Locked) => Ok(0),
            Err(error) => Err(error),
        }
    }
}
