//! The service's own settings: `[trends]` in `defaults.toml`.

use common::settings::List;
use serde::Deserialize;

/// `[trends]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrendsSettings {
    /// What the popular keywords leave out.
    pub popular: Exclusions,
    /// What the keywords being made into videos leave out.
    pub made: Exclusions,
}

/// What a list of keywords leaves out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exclusions {
    /// Channels, by their number here.
    pub excluded_channels: List<i32>,
    /// Keywords, letter by letter.
    pub stop_keywords: List<String>,
}
