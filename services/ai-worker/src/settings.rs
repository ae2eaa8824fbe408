//! The service's own settings: `[ai_worker]` in `defaults.toml`.

use common::settings::{List, Millis};
use schemars::JsonSchema;
use serde::Deserialize;

/// `[ai_worker]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkerSettings {
    /// Maximum number of concurrent jobs per worker from each of its two queues.
    pub max_concurrent: u16,
    /// Timeout of a job.
    pub job_timeout_ms: Millis,
    /// Deliveries without an acknowledgement after which a job is dead-lettered.
    pub max_deliveries: u32,
    /// Thumbnails of planned videos.
    pub thumbnails: ThumbnailSettings,
}

/// `[ai_worker.thumbnails]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThumbnailSettings {
    /// Allowed hosts, including their subdomains.
    pub hosts: List<String>,
    /// Timeout for fetching one.
    pub fetch_timeout_ms: Millis,
    /// Maximum number that are decoded concurrently.
    pub max_concurrent: usize,
}
