//! The service's own settings: `[predict]` in `defaults.toml`.

use common::settings::Millis;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[predict]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PredictSettings {
    /// Timeout for the reply of an AI server.
    pub reply_timeout_ms: Millis,
    /// Whether jobs are sent to `ai-worker` without dedicated queues.
    pub direct_jobs: bool,
    /// Maximum number of concurrent predictions.
    pub max_concurrent: usize,
    /// Maximum total size of the request bodies and jobs of concurrent predictions, in bytes.
    pub max_buffered_bytes: usize,
    /// An image in a longer data URL is sent as a JPEG of at most this size.
    pub max_image_bytes: usize,
}
