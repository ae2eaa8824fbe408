//! The service's own settings: `[ai_worker]` in `defaults.toml`.

use common::settings::{List, Millis};
use serde::Deserialize;

/// `[ai_worker]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkerSettings {
    /// How many jobs a worker has at a time.
    pub at_once: u16,
    /// The longest a job may take.
    pub job_ms: Millis,
    /// A job is dead-lettered after so many deliveries without an acknowledgement.
    pub tries: u32,
    /// The pictures of planned videos.
    pub thumbnails: ThumbnailSettings,
}

/// `[ai_worker.thumbnails]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThumbnailSettings {
    /// Where they are fetched from: these hosts and all below them.
    pub hosts: List<String>,
    /// The longest that fetching one may take.
    pub fetch_ms: Millis,
    /// So many are decoded at a time.
    pub at_once: usize,
}
