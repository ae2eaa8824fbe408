//! The service's own settings: `[video]` in `defaults.toml`.

use common::settings::{CacheSettings, Millis};
use schemars::JsonSchema;
use serde::Deserialize;

/// Larger than the only entry of this cache.
const AVERAGES_CACHE_MAX_BYTES: u64 = 65_536;

/// `[video]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VideoSettings {
    /// Time to live of the cached averages over all videos; 0 disables this cache.
    pub averages_ttl_ms: Millis,
    /// How long after that they may be served stale.
    pub averages_stale_ms: Millis,
}

impl VideoSettings {
    /// Settings of the cache of the averages over all videos.
    pub(crate) fn averages_cache(&self, common: &CacheSettings) -> CacheSettings {
        CacheSettings {
            ttl_ms: self.averages_ttl_ms,
            stale_ms: self.averages_stale_ms,
            max_bytes: AVERAGES_CACHE_MAX_BYTES,
            ..common.clone()
        }
    }
}
