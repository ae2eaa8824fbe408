//! The collector: its connections, settings and state, and what an error means for further work.

use crate::{
    clock::Clock,
    error::CollectError,
    index::IndexUpdates,
    ledger::QuotaLedger,
    metrics::Metrics,
    queries::{
        quota::{UsageRow, list_usage},
        status::{self, SourceKindStatus},
    },
    rollups,
    round::{CollectionRound, Failure},
    settings::CollectorSettings,
    simulator_clock::SimulatorClock,
    status::ApiStatus,
};
use chrono::{DateTime, TimeDelta, Utc};
use common::{db::Pool, http::Dependency, search::SearchClient, settings::CommonSettings};
use futures_util::{FutureExt, future::LocalBoxFuture};
use ingest::{
    import::{ImportError, Writer},
    pending::mark_index_pending,
    reindex::ReindexError,
};
use prometheus::core::Collector as Metric;
use std::sync::Arc;
use tokio::sync::{Mutex, MutexGuard, OnceCell};
use youtube::{Action, Client, PacificDay, next_reset};

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
        })
    }

    /// A collector for a command. A simulator's clock is read once.
    pub fn for_command(
        common: &CommonSettings,
        settings: CollectorSettings,
    ) -> LocalBoxFuture<'_, Result<Self, CollectError>> {
        async move {
            if !settings.is_simulated || settings.key_file.is_none() {
                return Self::new(common, settings, Clock::system());
            }
            let simulator = SimulatorClock::new(&settings.api_url);
            simulator.read().await.map_err(CollectError::Simulator)?;
            Self::new(common, settings, simulator.clock())
        }
        .boxed_local()
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

    /// The quota that was used today.
    pub fn usage(&self) -> LocalBoxFuture<'_, Result<Vec<UsageRow>, CollectError>> {
        async move {
            let connection = self.pool.get().await?;
            Ok(list_usage(&connection, PacificDay::of(self.now())).await?)
        }
        .boxed_local()
    }

    /// The state of each kind of source.
    pub fn kinds(&self) -> LocalBoxFuture<'_, Result<Vec<SourceKindStatus>, CollectError>> {
        async move {
            let connection = self.pool.get().await?;
            Ok(status::list_source_kinds(&connection).await?)
        }
        .boxed_local()
    }

    /// Why the collectors cannot collect, as the last of them has recorded it.
    pub fn problem(&self) -> LocalBoxFuture<'_, Result<Option<String>, CollectError>> {
        async move {
            let connection = self.pool.get().await?;
            Ok(status::find_problem(&connection).await?)
        }
        .boxed_local()
    }

    /// Records that changes from now on are to be indexed, also after this process was killed.
    /// Returns the start of the changes that are not indexed.
    pub fn mark_index_pending(&self) -> LocalBoxFuture<'_, Result<DateTime<Utc>, CollectError>> {
        async move { Ok(mark_index_pending(&self.common.postgres).await?) }.boxed_local()
    }

    /// Refreshes the rollups, and indexes what changed since `since`. Returns the number of
    /// documents.
    pub fn update_index(
        &self,
        since: DateTime<Utc>,
    ) -> LocalBoxFuture<'_, Result<u64, ReindexError>> {
        async move {
            rollups::refresh_videos(&self.common.postgres).await?;
            IndexUpdates::since(since).update(&self.common).await
        }
        .boxed_local()
    }

    /// The connection that stores observations.
    pub(crate) async fn writer(&self) -> Result<MutexGuard<'_, Writer>, CollectError> {
        let connect = async || {
            let writer = Writer::connect(&self.common.postgres, self.settings.is_simulated).await?;
            Ok::<_, CollectError>(Mutex::new(writer))
        };
        Ok(self.writer.get_or_try_init(connect).await?.lock().await)
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
            CollectError::Write(ImportError::MixedData { .. }) => {
                return self.halt(error.to_string(), now);
            }
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
