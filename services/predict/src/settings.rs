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
    /// How many bytes the request bodies and jobs of predictions in flight may have together.
    pub held_bytes: usize,
    /// A picture in a longer data URL is sent as a smaller JPEG.
    pub max_picture_bytes: usize,
}
