//! Random secrets that programs send: API keys, and tokens of feeds.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use common::Error;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Number of random bytes of a secret.
const RANDOM_BYTES: usize = 32;
/// Length of the random bytes in base64 without padding.
const RANDOM_CHARS: usize = 43;
/// Number of stored characters, by which the user recognizes a secret: the prefix and six random
/// characters.
const PREFIX_CHARS: usize = 9;

/// The purpose of a secret. Its prefix names the purpose, so that secret scanners can find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SecretKind {
    ApiKey,
    Feed,
}

impl SecretKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::ApiKey => "ct_",
            Self::Feed => "cf_",
        }
    }
}

/// A secret, which is shown once and stored as its hash. Not `Debug`, so that it is not logged.
pub(crate) struct Secret(String);

impl Secret {
    /// 256 bits from the operating system's generator.
    pub(crate) fn generate(kind: SecretKind) -> Result<Self, Error> {
        let mut bytes = [0; RANDOM_BYTES];
        getrandom::fill(&mut bytes).map_err(Error::internal)?;
        Ok(Self(kind.prefix().to_owned() + &BASE64_URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// A secret that a client sent; `None` if it does not have the format of this kind.
    pub(crate) fn parse(kind: SecretKind, text: &str) -> Option<Self> {
        let random = text.strip_prefix(kind.prefix())?;
        let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let is_valid = random.len() == RANDOM_CHARS && random.bytes().all(is_base64);
        is_valid.then(|| Self(text.to_owned()))
    }

    /// The text that the client sends.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// The first characters, to recognize it.
    pub(crate) fn prefix(&self) -> &str {
        self.0.get(..PREFIX_CHARS).unwrap_or_default()
    }

    /// The hash that is stored. SHA-256 suffices: unlike a password, 256 random bits cannot be
    /// guessed, and a slow hash would only slow down each request. It is looked up by an index,
    /// whose time reveals at most a prefix of the hash, not of the secret.
    pub(crate) fn hash(&self) -> String {
        sha256_hex(self.0.as_bytes())
    }
}

/// The SHA-256 in hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string is infallible.
        write!(hex, "{byte:02x}").ok();
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_secrets_are_distinct_and_parse_as_their_kind_only() {
        let [one, other] = [(); 2].map(|()| Secret::generate(SecretKind::ApiKey).unwrap());
        assert_ne!(one.expose(), other.expose());
        let parsed = Secret::parse(SecretKind::ApiKey, one.expose()).unwrap();
        assert_eq!(parsed.hash(), one.hash());
        assert!(one.expose().starts_with(one.prefix()) && one.prefix().len() == PREFIX_CHARS);
        assert!(Secret::parse(SecretKind::Feed, one.expose()).is_none());
    }

    #[test]
    fn malformed_secret_is_none() {
        let valid = format!("ct_{}", "a".repeat(RANDOM_CHARS));
        assert!(Secret::parse(SecretKind::ApiKey, &valid).is_some());
        for text in ["", "ct_", &valid[1..], &format!("{valid}a"), &valid.replace('a', "é")] {
            assert!(Secret::parse(SecretKind::ApiKey, text).is_none(), "{text}");
        }
        let null = format!("ct_{}\0", "a".repeat(RANDOM_CHARS - 1));
        assert!(Secret::parse(SecretKind::ApiKey, &null).is_none());
    }
}
