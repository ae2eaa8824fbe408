//! The service's own settings: `[predict]` in `defaults.toml`.

use common::settings::Millis;
use serde::Deserialize;

/// `[predict]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PredictSettings {
    /// The longest wait for an AI server.
    pub wait_ms: Millis,
    /// How many predictions are in progress at a time.
    pub in_flight: usize,
    /// What the bodies of requests may weigh together until their jobs are queued.
    pub held_bytes: usize,
}
