//! A context of four channels: see `fixture.sql`.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::time::seoul_day;
use test_support::{Database, Reply, TestService};

pub const LIST: &str = "/api/youtuber_search/channel_list/";
pub const PERIOD: &str = "/api/youtuber_search/channel_period_data/";

/// A service on a database of its own.
pub struct TestContext {
    pub service: TestService,
    pub database: Database,
}

impl TestContext {
    /// The four channels of `fixture.sql`.
    pub async fn of_four_channels() -> Self {
        Self::with(include_str!("fixture.sql"), &[]).await
    }

    /// What these statements make, and settings as in the environment.
    pub async fn with(fixture: &str, settings: &[(&str, &str)]) -> Self {
        let database = Database::create().await;
        database.fill(fixture).await;
        let settings = [&[database.setting()], settings].concat();
        let service = TestService::start("channel", channel::service, &settings);
        Self { service, database }
    }

    /// A page or search of the list.
    pub async fn list(&self, query: &str) -> Reply {
        self.service.get(&format!("{LIST}{query}")).await
    }

    /// The answer about the fastest growing videos from one day to another, so many days
    /// ago.
    pub async fn period(&self, channel: i32, start: i64, end: i64) -> Reply {
        let (start, end) = (day(start), day(end));
        self.service.get(&format!("{PERIOD}{channel}/?start={start}&end={end}")).await
    }
}

/// The day in Seoul so many days ago.
pub fn day(days_ago: i64) -> NaiveDate {
    seoul_day(Utc::now()) - TimeDelta::days(days_ago)
}

/// The answer as a snapshot shows it; the service's address, which differs each time, as
/// `<host>`.
pub fn snapshot(reply: &Reply) -> String {
    let text = reply.snapshot();
    let Some(start) = text.find("http://127.0.0.1:") else {
        return text;
    };
    let end = text[start..].find("/api").map_or(text.len(), |length| start + length);
    let address = text[start..end].to_owned();
    text.replace(&address, "<host>")
}

/// The numbers of these channels or videos.
pub fn numbers(list: &serde_json::Value) -> Vec<i64> {
    let entries = list.as_array().expect("a list");
    entries.iter().filter_map(|entry| entry["idx"].as_i64()).collect()
}

/// As a statement writes a moment.
pub fn sql(moment: DateTime<Utc>) -> String {
    format!("'{}'", moment.to_rfc3339())
}
