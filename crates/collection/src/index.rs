//! Search documents of changed videos.

use chrono::{DateTime, TimeDelta, Utc};
use common::settings::CommonSettings;
use ingest::{
    progress::NoProgress,
    reindex::{ReindexError, Since, reindex},
};

/// Overlap of two updates: a transaction sets the time of its start, and commits later.
const OVERLAP: TimeDelta = TimeDelta::minutes(2);

/// Changes before the first update of a process that it indexes: those of a killed one.
const INITIAL_LOOKBACK: TimeDelta = TimeDelta::hours(2);

/// Indexes what changed since the last update.
#[derive(Default)]
pub(crate) struct IndexUpdates {
    last: Option<DateTime<Utc>>,
}

impl IndexUpdates {
    /// Updates of which the first one indexes what changed since `since`.
    pub(crate) fn since(since: DateTime<Utc>) -> Self {
        Self { last: Some(since + OVERLAP) }
    }

    /// Updates the index, or builds it if there is none, unless another process is doing so. Times
    /// are those of the database, also in a simulation.
    pub(crate) async fn update(&mut self, settings: &CommonSettings) -> Result<u64, ReindexError> {
        let now = Utc::now();
        let since = self.last.map_or(now - INITIAL_LOOKBACK, |last| last - OVERLAP);
        let mut updated = reindex(settings, Some(Since::At(since)), &NoProgress).await;
        if matches!(updated, Err(ReindexError::NoIndex)) {
            updated = reindex(settings, None, &NoProgress).await;
        }
        match updated {
            Ok(summary) => {
                self.last = Some(now);
                Ok(summary.documents)
            }
            Err(ReindexError::Busy) => Ok(0),
            Err(error) => Err(error),
        }
    }
}
