//! The work of a collector: rounds of due work, and maintenance of what was stored.

use crate::{
    collector::Collector,
    error::CollectError,
    index::IndexUpdates,
    queries::{
        quota::list_usage,
        status::{self, DueWork},
    },
    rollups,
    round::{CollectionRound, WorkKind},
    tasks,
};
use chrono::TimeDelta;
use futures_util::{FutureExt, future::LocalBoxFuture, join};
use std::{
    mem::take,
    time::{Duration, Instant},
};
use tokio::{select, time::sleep};
use tokio_util::sync::CancellationToken;
use youtube::{Bucket, PacificDay};

/// Pause after a round without due work.
const IDLE_DELAY: Duration = Duration::from_secs(5);

/// Pause after a round with an error.
const ERROR_DELAY: Duration = Duration::from_secs(15);

/// How long work in progress may take after shutdown. Claimed rows that it leaves are due again when
/// their claim has expired.
const SHUTDOWN_GRACE_PERIOD: Duration = Duration::from_secs(3);

/// Interval of the log lines that count what was collected.
const LOG_INTERVAL: Duration = Duration::from_mins(10);

/// Interval of the deletion of expired data, on the clock of the collection.
const DELETION_INTERVAL: TimeDelta = TimeDelta::hours(6);

/// Interval of index updates and of metrics from the tables.
const UPDATE_INTERVAL: Duration = Duration::from_secs(20);

impl Collector {
    /// The work that is due.
    pub fn due_work(&self) -> LocalBoxFuture<'_, Result<DueWork, CollectError>> {
        async move {
            let now = self.now();
            let connection = self.pool.get().await?;
            Ok(status::find_due_work(&connection, now, now - tasks::DETAILS_INTERVAL).await?)
        }
        .boxed_local()
    }

    /// Processes a batch of each kind of due work.
    pub fn run_round(&self) -> LocalBoxFuture<'_, CollectionRound> {
        self.run_round_without(&[])
    }

    /// Processes a batch of each kind of due work that is not in `skipped`.
    pub fn run_round_without<'a>(
        &'a self,
        skipped: &'a [WorkKind],
    ) -> LocalBoxFuture<'a, CollectionRound> {
        async move {
            let mut round = CollectionRound::default();
            let now = self.clock.now();
            let is_wanted = |kind| !skipped.contains(&kind) && self.status.may_try(kind, now);
            if self.status.is_halted(now) {
                return round;
            }
            if let Err(error) = self.check_data_kind().await {
                self.add_error("all work", &error, &mut round);
                return round;
            }
            // Feeds cost no quota; a chart or playlist that does is postponed.
            if is_wanted(WorkKind::Sources) {
                let sources = tasks::check_sources(self, &mut round).await;
                round.sources = self.apply_result(WorkKind::Sources, sources, &mut round);
            }
            if is_wanted(WorkKind::Videos) {
                let videos = tasks::check_videos(self, round.has_overdue_sources).await;
                round.videos = self.apply_result(WorkKind::Videos, videos, &mut round);
            }
            if is_wanted(WorkKind::Channels) && self.status.is_usable(Bucket::Units, now) {
                let channels = tasks::check_channels(self).await;
                round.channels = self.apply_result(WorkKind::Channels, channels, &mut round);
            }
            if is_wanted(WorkKind::Shorts) && self.status.is_usable(Bucket::Units, now) {
                let shorts = tasks::classify_shorts(self).await;
                round.shorts = self.apply_result(WorkKind::Shorts, shorts, &mut round);
            }
            round
        }
        .boxed_local()
    }

    /// Simulated and real data must not be mixed. The writer checks it again with its lock; here, no
    /// quota is used for data that cannot be stored.
    async fn check_data_kind(&self) -> Result<(), CollectError> {
        Ok(self.writer().await?.check_data_kind().await?)
    }

    /// Returns the number of processed rows; 0 after an error.
    fn apply_result(
        &self,
        kind: WorkKind,
        result: Result<usize, CollectError>,
        round: &mut CollectionRound,
    ) -> usize {
        match result {
            Ok(count) => {
                if count > 0 {
                    self.status.record_success(kind);
                }
                let is_halted = self.status.is_halted(self.clock.now());
                if count > 0 && !is_halted && self.status.resume() {
                    self.metrics.halted.set(0);
                }
                count
            }
            Err(error) => {
                if self.add_error(&kind.to_string(), &error, round) {
                    round.failed_kinds.push(kind);
                    if matches!(error, CollectError::YouTube(_)) {
                        self.status.record_failure(kind, self.clock.now());
                    }
                }
                0
            }
        }
    }

    /// Deletes removed videos and expired counts.
    pub fn delete_expired(&self) -> LocalBoxFuture<'_, Result<(), CollectError>> {
        tasks::delete_expired(self).boxed_local()
    }

    /// Collects until shutdown, updates the search index and the counts of keywords, and deletes
    /// expired data.
    pub fn run(&self, shutdown: CancellationToken) -> LocalBoxFuture<'_, ()> {
        async move {
            let work = async {
                join!(
                    self.collect(&shutdown),
                    self.run_maintenance(&shutdown),
                    rollups::count_keywords(
                        &self.common.postgres,
                        &self.metrics,
                        || self.now(),
                        &shutdown
                    )
                )
            };
            let grace_period = async {
                shutdown.cancelled().await;
                sleep(SHUTDOWN_GRACE_PERIOD).await;
            };
            select! {
                _ = work => tracing::info!("stopped collecting"),
                () = grace_period => tracing::warn!("stopped collecting before work in progress ended"),
            }
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
