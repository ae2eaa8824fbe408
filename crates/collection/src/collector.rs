//! The work of a collector: rounds of due work until shutdown.

use crate::{
    clock::Clock,
    error::CollectError,
    index::IndexUpdates,
    ledger::QuotaLedger,
    metrics::Metrics,
    queries::{
        quota::{UsageRow, list_usage},
        status::{self, DueWork, SourceKindStatus},
    },
    rollups,
    round::{CollectionRound, Failure, WorkKind},
    settings::CollectorSettings,
    simulator_clock::SimulatorClock,
    status::ApiStatus,
    tasks,
};
use chrono::{DateTime, TimeDelta, Utc};
use common::{db::Pool, http::Dependency, search::SearchClient, settings::CommonSettings};
use futures_util::join;
use ingest::{
    import::{Writer, mark_index_pending},
    reindex::ReindexError,
};
use prometheus::core::Collector as Metric;
use std::{sync::Arc, time::Duration};
use tokio::{
    select,
    sync::{Mutex, MutexGuard, OnceCell},
    time::sleep,
};
use tokio_util::sync::CancellationToken;
use youtube::{Action, Bucket, Client, PacificDay, next_reset};

/// Pause after a round without due work.
const IDLE_DELAY: Duration = Duration::from_secs(5);

/// Pause after a round with an error.
const ERROR_DELAY: Duration = Duration::from_secs(15);

/// Interval of the deletion of expired data, on the clock of the collection.
const DELETION_INTERVAL: TimeDelta = TimeDelta::hours(6);

/// Interval of index updates and of metrics from the tables.
const UPDATE_INTERVAL: Duration = Duration::from_secs(20);

/// Interval at which a rejected key is tried again.
const KEY_RETRY_INTERVAL: TimeDelta = TimeDelta::minutes(10);

/// A collector. Several processes share the work.
pub struct Collector {
    pub(crate) pool: Pool,
    pub(crate) client: Client,
    pub(crate) clock: Clock,
    pub(crate) settings: CollectorSettings,
    pub(crate) metrics: Metrics,
    pub(crate) status: ApiStatus,
    pub(crate) common: CommonSettings,
    writer: OnceCell<Mutex<Writer>>,
    /// Set after the check that stored and collected data are of the same kind: simulated or real.
    data_kind_checked: OnceCell<()>,
}

impl Collector {
    /// A collector, which connects when it first needs to.
    pub fn new(
        common: &CommonSettings,
        settings: CollectorSettings,
        clock: Clock,
    ) -> Result<Self, CollectError> {
        let key = settings.key()?.ok_or(CollectError::NoKey)?;
        let pool = Pool::new(&common.postgres)?;
        let ledger = QuotaLedger::new(pool.clone(), settings.limits(), clock.clone());
        let client = Client::new(settings.client(), &key, Arc::new(ledger))?;
        let metrics = Metrics::new(&settings.limits())?;
        Ok(Self {
            pool,
            client,
            clock,
            settings,
            metrics,
            status: ApiStatus::default(),
            common: common.clone(),
            writer: OnceCell::new(),
            data_kind_checked: OnceCell::new(),
        })
    }

    /// A collector for a command. A simulator's clock is read once.
    pub async fn for_command(
        common: &CommonSettings,
        settings: CollectorSettings,
    ) -> Result<Self, CollectError> {
        if !settings.is_simulated || settings.key_file.is_none() {
            return Self::new(common, settings, Clock::system());
        }
        let simulator = SimulatorClock::new(&settings.api_url);
        simulator.read().await.map_err(CollectError::Simulator)?;
        Self::new(common, settings, simulator.clock())
    }

    /// The settings.
    pub const fn settings(&self) -> &CollectorSettings {
        &self.settings
    }

    /// The client, which reserves its requests in the ledger.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// The time of the collection.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The work that is due.
    pub async fn due_work(&self) -> Result<DueWork, CollectError> {
        let now = self.now();
        let connection = self.pool.get().await?;
        Ok(status::find_due_work(&connection, now, now - tasks::DETAILS_INTERVAL).await?)
    }

    /// The quota that was used today.
    pub async fn usage(&self) -> Result<Vec<UsageRow>, CollectError> {
        let connection = self.pool.get().await?;
        Ok(list_usage(&connection, PacificDay::of(self.now())).await?)
    }

    /// The state of each kind of source.
    pub async fn kinds(&self) -> Result<Vec<SourceKindStatus>, CollectError> {
        let connection = self.pool.get().await?;
        Ok(status::list_source_kinds(&connection).await?)
    }

    /// Why the collectors cannot collect, as the last of them has recorded it.
    pub async fn problem(&self) -> Result<Option<String>, CollectError> {
        let connection = self.pool.get().await?;
        Ok(status::find_problem(&connection).await?)
    }

    /// Records that changes from now on are to be indexed, also after this process was killed.
    /// Returns the start of the changes that are not indexed.
    pub async fn mark_index_pending(&self) -> Result<DateTime<Utc>, CollectError> {
        Ok(mark_index_pending(&self.common.postgres).await?)
    }

    /// Refreshes the rollups, and indexes what changed since `since`. Returns the number of
    /// documents.
    pub async fn update_index(&self, since: DateTime<Utc>) -> Result<u64, ReindexError> {
        rollups::refresh_videos(&self.common.postgres).await?;
        IndexUpdates::since(since).update(&self.common).await
    }

    /// Deletes removed videos and expired counts.
    pub async fn delete_expired(&self) -> Result<(), CollectError> {
        tasks::delete_expired(self).await
    }

    /// Collects until shutdown, updates the search index and the counts of keywords, and deletes
    /// expired data.
    pub async fn run(&self, shutdown: CancellationToken) {
        join!(
            self.collect(&shutdown),
            self.run_maintenance(&shutdown),
            rollups::count_keywords(&self.common.postgres, &self.metrics, || self.now(), &shutdown)
        );
        tracing::info!("stopped collecting");
    }

    async fn collect(&self, shutdown: &CancellationToken) {
        while !shutdown.is_cancelled() {
            let round = self.run_round().await;
            let pause = match round {
                round if !round.failed_kinds.is_empty() => ERROR_DELAY,
                round if round.is_idle() => IDLE_DELAY,
                _ => continue,
            };
            select! {
                () = shutdown.cancelled() => {}
                () = sleep(pause) => {}
            }
        }
    }

    /// Updates rollups, the search index and metrics, and deletes expired data.
    async fn run_maintenance(&self, shutdown: &CancellationToken) {
        let mut updates = IndexUpdates::default();
        let mut next_deletion = self.clock.now();
        // Clears the problem of a process with another key.
        self.refresh_status().await;
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
            self.refresh_status().await;
        }
    }

    async fn refresh_status(&self) {
        if let Err(error) = self.update_status().await {
            tracing::warn!("cannot update the status of the collection: {error}");
        }
    }

    /// Processes a batch of each kind of due work.
    pub async fn run_round(&self) -> CollectionRound {
        self.run_round_without(&[]).await
    }

    /// Processes a batch of each kind of due work that is not in `skipped`.
    pub async fn run_round_without(&self, skipped: &[WorkKind]) -> CollectionRound {
        let mut round = CollectionRound::default();
        let is_wanted = |kind| !skipped.contains(&kind);
        let now = self.clock.now();
        if self.status.is_halted(now) {
            return round;
        }
        if let Err(error) = self.data_kind_checked.get_or_try_init(|| self.check_data_kind()).await
        {
            self.add_error("all work", &error, &mut round);
            return round;
        }
        // Feeds cost no quota; a chart or playlist that does is postponed.
        if is_wanted(WorkKind::Sources) {
            let sources = tasks::check_sources(self, &mut round).await;
            round.sources = self.apply_result(WorkKind::Sources, sources, &mut round);
        }
        if is_wanted(WorkKind::Videos) {
            let videos = tasks::check_videos(self).await;
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

    /// Simulated and real data must not be mixed.
    async fn check_data_kind(&self) -> Result<(), CollectError> {
        let is_simulated = self.settings.is_simulated;
        let connection = self.pool.get().await?;
        if !status::is_data_mixed(&connection, is_simulated).await? {
            return Ok(());
        }
        let (stored, collected) =
            if is_simulated { ("real", "simulated") } else { ("simulated", "real") };
        Err(CollectError::MixedData { stored, collected })
    }

    /// Returns the number of processed rows; 0 after an error.
    fn apply_result(
        &self,
        kind: WorkKind,
        result: Result<usize, CollectError>,
        round: &mut CollectionRound,
    ) -> usize {
        match result {
            Ok(done) => {
                let is_halted = self.status.is_halted(self.clock.now());
                if done > 0 && !is_halted && self.status.resume() {
                    self.metrics.halted.set(0);
                }
                done
            }
            Err(error) => {
                if self.add_error(&kind.to_string(), &error, round) {
                    round.failed_kinds.push(kind);
                }
                0
            }
        }
    }

    /// Handles an error of `work`, and adds it to the results of the round. Returns whether it is a
    /// failure, not a quota that is used up.
    pub(crate) fn add_error(
        &self,
        work: &str,
        error: &CollectError,
        round: &mut CollectionRound,
    ) -> bool {
        let bucket = error.stopped_bucket();
        if let Some(bucket) = bucket {
            if self.status.is_usable(bucket, self.clock.now()) {
                round.exhausted_buckets.push(bucket);
            }
        } else {
            let (work, reason) = (work.to_owned(), error.to_string());
            round.failures.push(Failure { work, reason });
        }
        self.handle_error(work, error);
        bucket.is_none()
    }

    fn handle_error(&self, work: &str, error: &CollectError) {
        self.metrics.count_error(error.kind());
        let now = self.clock.now();
        let error = match error {
            CollectError::YouTube(error) => error,
            CollectError::MixedData { .. } => return self.halt(error.to_string(), now),
            error => {
                tracing::warn!(work, "collection task failed: {error}");
                return;
            }
        };
        match error.action() {
            Action::StopBucket(bucket) => {
                let reset = next_reset(now);
                if self.status.is_usable(bucket, now) {
                    tracing::warn!(%bucket, %reset, "quota bucket exhausted: {error}");
                }
                self.status.stop(bucket, reset);
            }
            Action::Halt => self.halt(error.to_string(), now),
            Action::Skip | Action::RetryLater => tracing::warn!(work, "request failed: {error}"),
        }
    }

    /// Stops requests until an operator has solved the problem.
    fn halt(&self, reason: String, now: DateTime<Utc>) {
        tracing::error!("collection halted: {reason}");
        self.metrics.halted.set(1);
        self.status.halt(reason, now + KEY_RETRY_INTERVAL);
    }

    /// The connection that stores observations.
    pub(crate) async fn writer(&self) -> Result<MutexGuard<'_, Writer>, CollectError> {
        let connect = async || {
            let writer = Writer::connect(&self.common.postgres, self.settings.is_simulated).await?;
            Ok::<_, CollectError>(Mutex::new(writer))
        };
        Ok(self.writer.get_or_try_init(connect).await?.lock().await)
    }

    /// Updates the metrics from the tables, and records for other services why nothing can be
    /// collected.
    async fn update_status(&self) -> Result<(), CollectError> {
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

    /// The servers that the readiness of the service depends on.
    pub fn dependencies(&self) -> Vec<Dependency> {
        let status = self.status.clone();
        let youtube = Dependency::new("youtube", move || std::future::ready(status.check()));
        let mut dependencies = vec![self.pool.writable_dependency(), youtube];
        if let Ok(search) = SearchClient::new(&self.common.elasticsearch) {
            dependencies.push(search.dependency());
        }
        dependencies
    }

    /// The collectors of `/metrics`.
    pub fn metrics(&self) -> Vec<Box<dyn Metric>> {
        self.metrics.collectors()
    }
}
