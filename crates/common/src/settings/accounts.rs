//! Settings of accounts: tokens and passwords.

use super::{Millis, SettingsError, values};
use secrecy::SecretString;
use serde::Deserialize;
use std::path::PathBuf;

/// `[tokens]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenSettings {
    /// The keys, `id:secret` each, one a line or parted by commas; or `keys_file`. The
    /// first signs, all verify.
    pub keys: Option<SecretString>,
    /// A file that holds the keys.
    pub keys_file: Option<PathBuf>,
    /// Who issues tokens: the claim `iss`.
    pub issuer: String,
    /// Whom tokens are for: the claim `aud`.
    pub audience: String,
    /// How long a token lives.
    pub lifetime_ms: Millis,
}

impl TokenSettings {
    /// The keys as text, from the setting itself or from the file it names.
    pub fn keys(&self) -> Result<SecretString, SettingsError> {
        values::secret("tokens", "keys", self.keys.as_ref(), self.keys_file.as_deref())
    }
}

/// `[passwords]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordSettings {
    /// The key that passwords are hashed with before bcrypt; or `key_file`. Whoever loses
    /// it loses every password.
    pub key: Option<SecretString>,
    /// A file that holds the key.
    pub key_file: Option<PathBuf>,
    /// bcrypt's cost: 2 to this power rounds.
    pub cost: u32,
    /// How many passwords a process hashes at the same time.
    pub at_once: usize,
    /// How many more may wait for their turn.
    pub waiting: usize,
}

impl PasswordSettings {
    /// The key, from the setting itself or from the file it names.
    pub fn key(&self) -> Result<SecretString, SettingsError> {
        values::secret("passwords", "key", self.key.as_ref(), self.key_file.as_deref())
    }
}
