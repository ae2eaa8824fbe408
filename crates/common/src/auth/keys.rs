//! Signing keys of tokens.

use super::install_crypto;
use crate::settings::{SettingsError, TokenSettings};
use jsonwebtoken::{DecodingKey, EncodingKey};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;

/// HS256 requires a key at least as long as its hash (RFC 7518, section 3.2).
const MIN_KEY_BYTES: usize = 32;

/// Keys by key id. The first signs, all verify. To rotate a key, put the new one first on every
/// replica, and remove the old one when its last token has expired.
#[derive(Clone)]
pub struct Keys {
    first: Key,
    others: Vec<Key>,
}

#[derive(Clone)]
struct Key {
    id: String,
    secret: SecretString,
}

impl Keys {
    /// The keys of the settings; an error if there are none, an id is not unique or a key is short.
    pub fn new(settings: &TokenSettings) -> Result<Self, SettingsError> {
        install_crypto();
        Self::parse(settings.keys()?.expose_secret()).map_err(|reason| {
            SettingsError::InvalidValue(format!(
                "tokens.keys (CREATETREND_TOKENS__KEYS_FILE): {reason}"
            ))
        })
    }

    /// Parses `id:secret` entries, one per line or comma-separated. Errors contain no secrets.
    fn parse(text: &str) -> Result<Self, String> {
        let entries = text.split([',', '\n']).map(str::trim).filter(|entry| !entry.is_empty());
        let mut keys: Vec<Key> = Vec::new();
        for (entry, position) in entries.zip(1..) {
            let key = Key::parse(entry).map_err(|reason| format!("key {position} {reason}"))?;
            if keys.iter().any(|other| other.id == key.id) {
                return Err(format!("key {position} has a duplicate id"));
            }
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        let first = keys.next().ok_or("no keys")?;
        Ok(Self { first, others: keys.collect() })
    }

    /// The signing key, and its id for the header `kid`.
    pub fn signing_key(&self) -> (&str, EncodingKey) {
        let Key { id, secret } = &self.first;
        (id, EncodingKey::from_secret(secret.expose_secret().as_bytes()))
    }

    pub(super) fn verifying_key(&self, id: &str) -> Option<DecodingKey> {
        let mut all = std::iter::once(&self.first).chain(&self.others);
        let key = all.find(|key| key.id == id)?;
        Some(DecodingKey::from_secret(key.secret.expose_secret().as_bytes()))
    }
}

/// Shows the number of keys only.
impl fmt::Debug for Keys {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(text, "Keys({})", self.others.len() + 1)
    }
}

impl Key {
    fn parse(entry: &str) -> Result<Self, String> {
        let (id, secret) = entry.split_once(':').ok_or("is not in the form id:secret")?;
        let (id, secret) = (id.trim(), secret.trim());
        if id.is_empty() {
            return Err("has no id".to_owned());
        }
        if secret.len() < MIN_KEY_BYTES {
            return Err(format!("is shorter than {MIN_KEY_BYTES} bytes"));
        }
        Ok(Self { id: id.to_owned(), secret: secret.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn parse_accepts_lines_and_commas_and_first_key_signs() {
        for text in [format!("a:{SECRET}\nb:{SECRET}:2\n"), format!("a:{SECRET}, b:{SECRET}:2")] {
            let keys = Keys::parse(&text).unwrap();
            assert_eq!(keys.signing_key().0, "a");
            let second = keys.verifying_key("b").unwrap();
            assert_eq!(second.try_get_as_bytes().unwrap(), format!("{SECRET}:2").as_bytes());
            assert!(keys.verifying_key("c").is_none());
        }
    }

    #[test]
    fn parse_errors_contain_no_secrets() {
        for (text, reason) in [
            (String::new(), "no keys"),
            (" ,\n".to_owned(), "no keys"),
            (SECRET.to_owned(), "key 1 is not in the form id:secret"),
            (format!(":{SECRET}"), "key 1 has no id"),
            (format!("a:{SECRET}\nb:{}", &SECRET[1..]), "key 2 is shorter than 32 bytes"),
            (format!("a:{SECRET}\na:{SECRET}2"), "key 2 has a duplicate id"),
        ] {
            assert_eq!(Keys::parse(&text).unwrap_err(), reason);
        }
    }

    #[test]
    fn debug_output_contains_no_secrets() {
        let keys = Keys::parse(&format!("a:{SECRET}")).unwrap();
        assert_eq!(format!("{keys:?}"), "Keys(1)");
    }
}
