//! The service's own settings: `[auth]` in `defaults.toml`.

use crate::domain::Rule;
use serde::Deserialize;
use std::time::Duration;

/// `[auth]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuthSettings {
    /// Logins of one account.
    pub account: Rule,
    /// Logins from one address.
    pub address: Rule,
    /// Registering from one address.
    pub register: Rule,
}

impl AuthSettings {
    /// After this long without a try, no rule remembers it.
    pub(crate) fn forget(&self) -> Duration {
        self.account.forget().max(self.address.forget()).max(self.register.forget())
    }
}
