//! The service's own settings: `[channel]` in `defaults.toml`.

use common::settings::{CacheSettings, Millis};
use serde::Deserialize;

/// More than the one entry of the cache of counts weighs.
const COUNTS_MAX_BYTES: u64 = 65_536;

/// `[channel]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChannelSettings {
    /// How long the number of all channels is fresh; 0 switches its cache off.
    pub count_fresh_ms: Millis,
    /// How long after that it may still be given.
    pub count_stale_ms: Millis,
}

impl ChannelSettings {
    /// Of the cache of the number of all channels.
    pub(crate) fn counts(&self, common: &CacheSettings) -> CacheSettings {
        CacheSettings {
            fresh_ms: self.count_fresh_ms,
            stale_ms: self.count_stale_ms,
            max_bytes: COUNTS_MAX_BYTES,
            ..common.clone()
        }
    }
}
