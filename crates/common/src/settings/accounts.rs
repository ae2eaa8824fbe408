//! Settings of accounts: tokens and passwords.

use super::{Millis, SettingsError, values};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use std::path::PathBuf;

/// `[tokens]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenSettings {
    /// Keys of the form `id:secret`, one per line or comma-separated; or `keys_file`. The
    /// first signs, all verify.
    #[schemars(with = "Option<String>")]
    pub keys: Option<SecretString>,
    /// Path of a file with the keys.
    pub keys_file: Option<PathBuf>,
    /// Issuer of tokens: the claim `iss`.
    pub issuer: String,
    /// Audience of tokens: the claim `aud`.
    pub audience: String,
    /// Lifetime of a token.
    pub lifetime_ms: Millis,
}

impl TokenSettings {
    /// The keys as text, from `keys` or `keys_file`.
    pub fn keys(&self) -> Result<SecretString, SettingsError> {
        values::secret("tokens", "keys", self.keys.as_ref(), self.keys_file.as_deref())
    }
}

/// `[passwords]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordSettings {
    /// The HMAC key that is applied to passwords before bcrypt; or `key_file`. Without it no
    /// stored password can be verified.
    #[schemars(with = "Option<String>")]
    pub key: Option<SecretString>,
    /// Path of a file with the key.
    pub key_file: Option<PathBuf>,
    /// The bcrypt cost: the logarithm to base 2 of the number of rounds.
    pub cost: u32,
    /// Maximum number of concurrent password hashes per process.
    pub max_concurrent: usize,
    /// Maximum number of queued password hashes.
    pub max_queued: usize,
}

impl PasswordSettings {
    /// The key, from `key` or `key_file`.
    pub fn key(&self) -> Result<SecretString, SettingsError> {
        values::secret("passwords", "key", self.key.as_ref(), self.key_file.as_deref())
    }
}
