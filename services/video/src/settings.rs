//! The service's own settings: `[video]` in `defaults.toml`.

use common::settings::{CacheSettings, Millis};
use serde::Deserialize;

/// More than the one entry of the cache of means weighs.
const AVERAGES_MAX_BYTES: u64 = 65_536;

/// `[video]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VideoSettings {
    /// How long the means over all videos are fresh; 0 switches their cache off.
    pub averages_fresh_ms: Millis,
    /// How long after that they may still be given.
    pub averages_stale_ms: Millis,
}

impl VideoSettings {
    /// Of the cache of the means over all videos.
    pub(crate) fn averages(&self, common: &CacheSettings) -> CacheSettings {
        CacheSettings {
            fresh_ms: self.averages_fresh_ms,
            stale_ms: self.averages_stale_ms,
            max_bytes: AVERAGES_MAX_BYTES,
            ..common.clone()
        }
    }
}
