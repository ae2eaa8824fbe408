//! The service's own settings: `[auth]` in `defaults.toml`.

use crate::domain::RateLimit;
use common::settings::Millis;
use schemars::JsonSchema;
use serde::Deserialize;
use std::time::Duration;

/// `[auth]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuthSettings {
    /// Large networks that log in to one account.
    pub account: RateLimit,
    /// Addresses of one network, and networks of a large one, that log in to one account.
    pub account_network: RateLimit,
    /// Logins to one account from one address.
    // An address is what `ClientAddress` documents: an IPv4 address or an IPv6 /56.
    pub account_address: RateLimit,
    /// Logins from one address that is not known for the account.
    pub address: RateLimit,
    /// Registrations from one address.
    pub register: RateLimit,
    /// Requests with an API key.
    pub api_key: ApiKeyLimit,
}

impl AuthSettings {
    /// The longest time after which attempts expire, over all rate limits.
    pub(crate) fn reset_after(&self) -> Duration {
        let Self { account, account_network, account_address, address, register, api_key: _ } =
            self;
        let limits = [account, account_network, account_address, address, register];
        limits.map(RateLimit::reset_after).into_iter().max().unwrap_or_default()
    }
}

/// The requests of each API key in a window, which starts with its first request.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApiKeyLimit {
    /// Number of requests in a window.
    pub requests: u32,
    /// Length of a window.
    pub window_ms: Millis,
}

impl ApiKeyLimit {
    /// Rounded up.
    pub(crate) const fn window_seconds(&self) -> u64 {
        self.window_ms.0.div_ceil(1000)
    }
}
