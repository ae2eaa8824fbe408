//! The service's own settings: `[auth]` in `defaults.toml`.

use crate::domain::Rule;
use schemars::JsonSchema;
use serde::Deserialize;
use std::time::Duration;

/// `[auth]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuthSettings {
    /// Large networks that log in to one account.
    pub account: Rule,
    /// Addresses of one network, and networks of a large one, that log in to one account.
    pub account_network: Rule,
    /// Logins to one account from one address.
    pub account_subnet: Rule,
    /// Logins from one address that is not known for the account.
    pub address: Rule,
    /// Registrations from one address.
    pub register: Rule,
}

impl AuthSettings {
    /// The longest time after which attempts expire, over all rules.
    pub(crate) fn reset_after(&self) -> Duration {
        let Self { account, account_network, account_subnet, address, register } = self;
        let rules = [account, account_network, account_subnet, address, register];
        rules.map(Rule::reset_after).into_iter().max().unwrap_or_default()
    }
}
