//! The loops of a collector: rounds of due work, and maintenance of what was stored.

use crate::{
    collector::Collector,
    error::CollectError,
    index::IndexUpdates,
    queries::{quota::list_usage, status},
    rollups,
    round::CollectionRound,
};
use chrono::TimeDelta;
use futures_util::{FutureExt, future::LocalBoxFuture, join};
use std::{
    mem::take,
    time::{Duration, Instant},
};
use tokio::{select, time::sleep};
use tokio_util::sync::CancellationToken;
use youtube::PacificDay;

/// Pause after a round without due work.
const IDLE_DELAY: Duration = Duration::from_secs(5);

/// Pause after a round with an error.
const ERROR_DELAY: Duration = Duration::from_secs(15);

/// Interval of the log lines that count what was collected.
const LOG_INTERVAL: Duration = Duration::from_mins(10);

/// Interval of the deletion of expired data, on the clock of the collection.
const DELETION_INTERVAL: TimeDelta = TimeDelta::hours(6);

/// Interval of index updates and of metrics from the tables.
const UPDATE_INTERVAL: Duration = Duration::from_secs(20);

impl Collector {
    /// Collects until shutdown, updates the search index and the counts of keywords, and deletes
    /// expired data.
    pub fn run(&self, shutdown: CancellationToken) -> LocalBoxFuture<'_, ()> {
        async move {
            join!(
                self.collect(&shutdown),
                self.run_maintenance(&shutdown),
                rollups::count_keywords(
                    &self.common.postgres,
                    &self.metrics,
                    || self.now(),
                    &shutdown
                )
            );
            tracing::info!("stopped collecting");
        }
        .boxed_local()
    }

    async fn collect(&self, shutdown: &CancellationToken) {
        let (mut total, mut since) = (CollectionRound::default(), Instant::now());
        while !shutdown.is_cancelled() {
            let round = self.run_round().await;
            let pause = match &round {
                round if !round.failed_kinds.is_empty() => Some(ERROR_DELAY),
                round if round.is_idle() => Some(IDLE_DELAY),
                _ => None,
            };
            total += round;
            if since.elapsed() >= LOG_INTERVAL {
                let CollectionRound { sources, videos, channels, failures, .. } = take(&mut total);
                tracing::info!(
                    sources,
                    videos,
                    channels,
                    failures = failures.len(),
                    "checked in the last {} minutes",
                    since.elapsed().as_secs() / 60
                );
                since = Instant::now();
            }
            let Some(pause) = pause else { continue };
            select! {
                () = shutdown.cancelled() => {}
                () = sleep(pause) => {}
            }
        }
    }

    /// Updates rollups, the search index and the status, and deletes expired data.
    async fn run_maintenance(&self, shutdown: &CancellationToken) {
        let mut updates = IndexUpdates::default();
        let mut next_deletion = self.clock.now();
        // Clears the problem of a process with another key.
        self.update_status().await;
        loop {
            select! {
                () = shutdown.cancelled() => return,
                () = sleep(UPDATE_INTERVAL) => {}
            }
            let now = self.clock.now();
            if now >= next_deletion {
                next_deletion = now + DELETION_INTERVAL;
                if let Err(error) = self.delete_expired().await {
                    self.metrics.count_error(error.kind());
                    tracing::warn!("cannot delete expired data: {error}");
                }
            }
            if let Err(error) = rollups::refresh_videos(&self.common.postgres).await {
                self.metrics.count_error("rollup");
                tracing::warn!("cannot refresh the rollups of videos: {error}");
            }
            if let Err(error) = updates.update(&self.common).await {
                self.metrics.count_error("index");
                tracing::warn!("cannot update the search index: {error}");
            }
            self.update_status().await;
        }
    }

    /// Updates the metrics and the recorded problem; logs an error.
    async fn update_status(&self) {
        if let Err(error) = self.record_status().await {
            tracing::warn!("cannot update the status of the collection: {error}");
        }
    }

    /// Updates the metrics from the tables, and records for other services why nothing can be
    /// collected.
    async fn record_status(&self) -> Result<(), CollectError> {
        let now = self.clock.now();
        let connection = self.pool.get().await?;
        let problem = self.status.check().err();
        status::record_problem(&connection, self.settings.is_simulated, problem.as_deref()).await?;
        let usage = list_usage(&connection, PacificDay::of(now)).await?;
        let late = status::find_backlog(&connection, now).await?;
        let kinds = status::list_source_kinds(&connection).await?;
        self.metrics.set_status(&usage, &late, &kinds, now);
        Ok(())
    }
}
