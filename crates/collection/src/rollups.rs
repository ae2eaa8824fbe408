//! Rollups of collected videos.

use crate::metrics::Metrics;
use chrono::{DateTime, TimeDelta, Utc};
use common::settings::PostgresSettings;
use ingest::{
    load::LoadError,
    progress::NoProgress,
    rollup::{
        self,
        keywords::{self, RefreshScope},
    },
};
use std::time::{Duration, Instant};
use tokio::{select, time::sleep};
use tokio_util::sync::CancellationToken;

/// Minimum interval between two counts of keywords.
const MIN_COUNT_INTERVAL: Duration = Duration::from_mins(2);

/// Ratio of the pause to the duration of the preceding count.
const COUNT_INTERVAL_FACTOR: u32 = 20;

/// Refreshes the rollups of videos, unless another process is doing so.
pub(crate) async fn refresh_videos(settings: &PostgresSettings) -> Result<(), LoadError> {
    match rollup::refresh(settings, false, &NoProgress).await {
        // An import refreshes them when it ends.
        Ok(_) | Err(LoadError::Locked) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Counts keywords until shutdown, at an interval that leaves most of the time of PostgreSQL to
/// other work.
pub(crate) async fn count_keywords(
    settings: &PostgresSettings,
    metrics: &Metrics,
    now: impl Fn() -> DateTime<Utc>,
    shutdown: &CancellationToken,
) {
    let mut pause = MIN_COUNT_INTERVAL;
    loop {
        select! {
            () = shutdown.cancelled() => return,
            () = sleep(pause) => {}
        }
        let started_at = Instant::now();
        // Another replica may have counted in the meantime.
        let scope =
            RefreshScope::ChangesIfOlder(TimeDelta::from_std(pause).unwrap_or(TimeDelta::MAX));
        let counting = keywords::refresh(settings, scope, now(), &NoProgress);
        let counted = select! {
            () = shutdown.cancelled() => return,
            counted = counting => counted,
        };
        match counted {
            Ok(Some(summary)) => tracing::debug!("{summary}"),
            Ok(None) => {}
            Err(error) => {
                metrics.count_error("rollup");
                tracing::warn!("cannot count keywords: {error}");
            }
        }
        pause = MIN_COUNT_INTERVAL.max(started_at.elapsed() * COUNT_INTERVAL_FACTOR);
    }
}
