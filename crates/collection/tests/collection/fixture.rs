//! A simulator, an isolated database, and collectors that run at simulated times.

use chrono::{DateTime, TimeDelta, Utc};
use collection::{Clock, Collector, CollectorSettings, Source, queries::sources::insert_source};
use common::db::connect;
use common::settings::{CommonSettings, Millis};
use fake_youtube::{Config, FakeYoutube, Simulator};
use std::{io::Write, sync::Arc};
use tempfile::NamedTempFile;
use test_support::{TestDatabase, settings};
use youtube::{ChannelId, Limits};

/// The start of simulations: a Sunday, 12:00 in Seoul.
pub(crate) const START: &str = "2026-11-22T03:00:00Z";

/// Rounds that one instant can have; each does all work that is due, up to 5,000 videos.
const MAX_ROUNDS: usize = 200;

pub(crate) struct Fixture {
    pub server: Arc<FakeYoutube>,
    pub database: TestDatabase,
    key: NamedTempFile,
    limits: Limits,
}

impl Fixture {
    /// Starts a simulator of `channels` channels, which are all sources.
    pub(crate) async fn start(channels: u32) -> Self {
        Self::with_limits(channels, Limits::default()).await
    }

    /// The same with other quotas.
    pub(crate) async fn with_limits(channels: u32, limits: Limits) -> Self {
        let start = START.parse().expect("a time");
        let config = Config { channels, start, speed: 0.0, limits, ..Config::default() };
        let simulator = Simulator::new(config).expect("a simulator");
        let server = FakeYoutube::start(simulator, "127.0.0.1:0").expect("the server starts");
        let database = TestDatabase::create().await;
        let mut key = NamedTempFile::new().expect("a file");
        writeln!(key, "the-api-key-of-the-test").expect("the key is written");
        let fixture = Self { server: Arc::new(server), database, key, limits };
        fixture.add_sources().await;
        fixture
    }

    async fn add_sources(&self) {
        let connection = connect(self.database.settings()).await.expect("a connection");
        for channel in self.channels() {
            let source = Source::Channel(channel);
            insert_source(&connection, &source, None, self.now()).await.expect("a source");
        }
    }

    /// The channels of the simulator.
    pub(crate) fn channels(&self) -> Vec<ChannelId> {
        self.server.simulator().catalog().channel_ids().cloned().collect()
    }

    /// The simulated time.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.server.simulator().clock().now()
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        self.server.simulator().clock().advance(by);
    }

    /// A collector with the role of the service.
    pub(crate) fn collector(&self) -> Collector {
        let client = self.server.client_config();
        let minutes = |minutes: u64| Millis(minutes * 60_000);
        let own = CollectorSettings {
            key_file: Some(self.key.path().to_owned()),
            api_url: client.api_url,
            feed_url: client.feed_url,
            is_simulated: true,
            daily_units: self.limits.units,
            daily_searches: self.limits.search,
            daily_batch_stats: self.limits.batch_stats,
            feed_interval_ms: minutes(30),
            chart_interval_ms: minutes(60),
            search_interval_ms: minutes(360),
            retention_days: 30,
            backfill_days: 31,
        };
        let postgres = self.database.settings_of("collector");
        let common = CommonSettings { postgres, ..settings() };
        let server = Arc::clone(&self.server);
        let clock = Clock::new(move || server.simulator().clock().now());
        Collector::new(&common, own, clock).expect("a collector")
    }

    /// Does everything that is due, and then advances the time, until `until`.
    pub(crate) async fn simulate(
        &self,
        collector: &Collector,
        until: DateTime<Utc>,
        step: TimeDelta,
    ) {
        while self.now() < until {
            collect_due(collector).await;
            self.advance(step);
        }
        collect_due(collector).await;
    }
}

/// Runs rounds until nothing is due or usable.
pub(crate) async fn collect_due(collector: &Collector) {
    for _ in 0..MAX_ROUNDS {
        let round = collector.run_round().await;
        if round.is_idle() {
            return;
        }
    }
    panic!("work is still due after {MAX_ROUNDS} rounds");
}
