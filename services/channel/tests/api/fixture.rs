//! Test service and accessors of responses.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::time::seoul_day;
use test_support::{Reply, TestDatabase, TestService};

pub const LIST: &str = "/api/youtuber_search/channel_list/";
pub const PERIOD: &str = "/api/youtuber_search/channel_period_data/";

/// A service with an isolated database.
pub struct TestContext {
    pub service: TestService,
    pub database: TestDatabase,
}

impl TestContext {
    /// The rows of `fixture.sql`.
    pub async fn new() -> Self {
        Self::with(include_str!("fixture.sql"), &[]).await
    }

    /// The rows of the statements in `fixture`, and environment variables.
    pub async fn with(fixture: &str, settings: &[(&str, &str)]) -> Self {
        let database = TestDatabase::create().await;
        database.fill(fixture).await;
        let settings = [&[database.setting()], settings].concat();
        let service = TestService::start("channel", channel::service, &settings);
        Self { service, database }
    }

    /// Sends a request to `channel_list/`, followed by `suffix` (a query or `<idx>/`).
    pub async fn list(&self, suffix: &str) -> Reply {
        self.service.get(&format!("{LIST}{suffix}")).await
    }

    /// Requests a period, in days ago.
    pub async fn period(&self, channel: i32, start: i64, end: i64) -> Reply {
        let (start, end) = (day(start), day(end));
        self.service.get(&format!("{PERIOD}{channel}/?start={start}&end={end}")).await
    }
}

/// The day in Seoul `days_ago` days ago.
pub fn day(days_ago: i64) -> NaiveDate {
    seoul_day(Utc::now()) - TimeDelta::days(days_ago)
}

/// The snapshot of a response, with `<host>` for the address of the service.
pub fn snapshot(reply: &Reply) -> String {
    let text = reply.snapshot();
    let Some(start) = text.find("http://127.0.0.1:") else {
        return text;
    };
    let end = text[start..].find("/api").map_or(text.len(), |length| start + length);
    let address = text[start..end].to_owned();
    text.replace(&address, "<host>")
}

/// The `idx` of listed channels or videos.
pub fn ids(list: &serde_json::Value) -> Vec<i64> {
    let entries = list.as_array().expect("a list");
    entries.iter().filter_map(|entry| entry["idx"].as_i64()).collect()
}

/// A timestamp literal.
pub fn sql_timestamp(time: DateTime<Utc>) -> String {
    format!("'{}'", time.to_rfc3339())
}
