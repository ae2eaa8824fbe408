//! The settings of a collector: `[collector]` in `defaults.toml`.

use crate::{
    key_file::{KeyFileError, read_key_file},
    source::Source,
};
use chrono::TimeDelta;
use common::settings::Millis;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use std::path::PathBuf;
use youtube::{Config, Limits};

/// The minimum interval between two checks of a source.
const MIN_INTERVAL: TimeDelta = TimeDelta::minutes(1);

/// The maximum of `backfill_days`: YouTube is younger.
const MAX_BACKFILL_DAYS: u32 = 36_500;

/// Maximum number of pages of 50 uploads that are read of a new channel.
pub(crate) const MAX_UPLOAD_PAGES: usize = 4;

/// Maximum number of pages of 50 videos that are read of a chart.
pub(crate) const MAX_CHART_PAGES: usize = 4;

/// `[collector]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CollectorSettings {
    /// Path of a file with the API key. Without it nothing is collected.
    pub key_file: Option<PathBuf>,
    /// Base URL of the YouTube Data API v3.
    pub api_url: String,
    /// URL of channel feeds.
    pub feed_url: String,
    /// The data is from a simulator, not from YouTube; every page says so.
    pub is_simulated: bool,
    /// Daily quota units of the YouTube Data API.
    pub daily_units: u32,
    /// Calls of `search.list` per day.
    pub daily_searches: u32,
    /// Calls of `videos:batchGetStats` per day.
    pub daily_batch_stats: u32,
    /// Interval at which the feed of a channel is read, at least a minute.
    pub feed_interval_ms: Millis,
    /// Interval at which a chart is read, at least a minute.
    pub chart_interval_ms: Millis,
    /// Interval at which a search is repeated, at least a minute.
    pub search_interval_ms: Millis,
    /// Days after which stored counts are deleted; 0 keeps them. The terms of YouTube allow 30 days.
    pub retention_days: u32,
    /// Age in days up to which uploads of a new channel are read.
    pub backfill_days: u32,
}

impl CollectorSettings {
    /// The API key; `None` if `key_file` is not set.
    pub fn key(&self) -> Result<Option<SecretString>, KeyFileError> {
        self.key_file.as_deref().map(read_key_file).transpose()
    }

    /// Name of the data source in messages.
    pub const fn api_name(&self) -> &'static str {
        if self.is_simulated { "the simulator" } else { "YouTube" }
    }

    /// The configuration of the API client.
    pub fn client(&self) -> Config {
        Config {
            api_url: self.api_url.clone(),
            feed_url: self.feed_url.clone(),
            ..Config::default()
        }
    }

    /// The daily limits of the ledger.
    pub const fn limits(&self) -> Limits {
        Limits {
            units: self.daily_units,
            search: self.daily_searches,
            batch_stats: self.daily_batch_stats,
        }
    }

    /// How long counts are kept; `None` without a limit.
    pub(crate) fn retention(&self) -> Option<TimeDelta> {
        let days = Some(self.retention_days).filter(|days| *days > 0)?;
        Some(TimeDelta::days(days.into()))
    }

    /// Interval between two checks of a source.
    pub(crate) fn interval_of(&self, source: &Source) -> TimeDelta {
        let interval = match source {
            Source::Channel(_) => self.feed_interval_ms,
            Source::Chart { .. } => self.chart_interval_ms,
            Source::Search(_) => self.search_interval_ms,
        };
        TimeDelta::from_std(interval.duration()).unwrap_or(TimeDelta::MAX).max(MIN_INTERVAL)
    }

    pub(crate) fn backfill(&self) -> TimeDelta {
        TimeDelta::days(self.backfill_days.min(MAX_BACKFILL_DAYS).into())
    }
}
