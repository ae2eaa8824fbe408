//! Workers with an isolated broker and database.

use crate::client::Client;
use chrono::{Days, NaiveDate, Utc};
use common::time::seoul_day;
use std::{path::Path, time::Duration};
use test_support::{TestBroker, TestDatabase, TestGateway, TestService, wait_until};

const BINARY: &str = env!("CARGO_BIN_EXE_ai-worker");

pub struct TestContext {
    pub broker: TestBroker,
    pub database: TestDatabase,
}

impl TestContext {
    pub async fn new() -> Self {
        let broker = TestBroker::create(Duration::from_mins(10)).await;
        Self { broker, database: TestDatabase::create().await }
    }

    /// A worker in this process.
    pub fn worker(&self, settings: &[(&str, &str)]) -> TestService {
        TestService::start("ai-worker", ai_worker::service, &self.settings(settings))
    }

    /// A worker as a separate process, which a test can kill.
    pub fn process(&self, settings: &[(&str, &str)]) -> TestGateway {
        TestGateway::start("ai-worker", Path::new(BINARY), 1, &self.settings(settings))
    }

    pub async fn client(&self) -> Client {
        Client::new(self.broker.settings()).await
    }

    /// Blocks all queries of channels until the transaction of the returned client ends.
    pub async fn block_channel_queries(&self) -> tokio_postgres::Client {
        let client = self.database.client().await;
        client.batch_execute("BEGIN; LOCK TABLE channel").await.expect("a lock");
        client
    }

    /// Waits until `count` queries are blocked.
    pub async fn wait_for_blocked_queries(&self, count: i64) {
        let client = self.database.client().await;
        let blocked = "SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'";
        wait_until("queries are blocked", async || {
            let row = client.query_one(blocked, &[]).await.expect("a count");
            row.get::<_, i64>(0) == count
        })
        .await;
    }

    fn settings<'a>(&'a self, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        // Longer than queries are blocked in a test.
        let statement_timeout = ("CREATETREND_POSTGRES__STATEMENT_TIMEOUT_MS", "60000");
        [&[self.broker.setting(), self.database.setting(), statement_timeout], more].concat()
    }
}

/// The day in Seoul in `days` days.
pub fn in_days(days: u64) -> NaiveDate {
    seoul_day(Utc::now()) + Days::new(days)
}

/// The day in Seoul `days` days ago.
pub fn days_ago(days: u64) -> NaiveDate {
    seoul_day(Utc::now()) - Days::new(days)
}

/// Waits until `/metrics` of a worker has a line that ends with `line`.
pub async fn wait_for_metric(worker: &TestService, line: &str) {
    wait_until(line, async || {
        worker.get("/metrics").await.body.lines().any(|one| one.ends_with(line))
    })
    .await;
}
