//! The service's own settings: `[channel]` in `defaults.toml`.

use common::settings::{CacheSettings, Millis};
use schemars::JsonSchema;
use serde::Deserialize;

/// Larger than the only entry of this cache.
const COUNT_CACHE_MAX_BYTES: u64 = 65_536;

/// `[channel]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChannelSettings {
    /// Time to live of the cached number of all channels; 0 disables this cache.
    pub count_ttl_ms: Millis,
    /// How long after that it may be served stale.
    pub count_stale_ms: Millis,
}

impl ChannelSettings {
    /// Settings of the cache of the number of all channels.
    pub(crate) fn count_cache(&self, common: &CacheSettings) -> CacheSettings {
        CacheSettings {
            ttl_ms: self.count_ttl_ms,
            stale_ms: self.count_stale_ms,
            max_bytes: COUNT_CACHE_MAX_BYTES,
            ..common.clone()
        }
    }
}
