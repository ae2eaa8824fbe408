//! The service's own settings: `[trends]` in `defaults.toml`.

use common::settings::List;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[trends]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrendsSettings {
    /// Exclusions from the popular keywords.
    pub popular: Exclusions,
    /// Exclusions from the keywords of new videos.
    pub recent: Exclusions,
}

/// Exclusions from a list of keywords.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exclusions {
    /// Excluded channels, by idx.
    pub excluded_channels: List<i32>,
    /// Excluded keywords, compared literally.
    pub stop_keywords: List<String>,
}
