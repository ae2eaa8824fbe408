//! Hashes of Django: `pbkdf2_sha256$<iterations>$<salt>$<base64>`, which is
//! PBKDF2 (RFC 8018, section 5.2) with HMAC-SHA-256, 32 bytes long.

use base64::{Engine, engine::general_purpose::STANDARD};
use pbkdf2::pbkdf2_hmac_array;
use sha2::Sha256;
use subtle::ConstantTimeEq;

pub(super) const PREFIX: &str = "pbkdf2_sha256$";

/// Django used several hundred thousand; the limit bounds the time of a verification.
pub(super) const MAX_ITERATIONS: u32 = 2_000_000;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct DjangoHash<'a> {
    pub(super) iterations: u32,
    salt: &'a str,
    key: Vec<u8>,
}

impl<'a> DjangoHash<'a> {
    /// Parses the part after [`PREFIX`].
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (iterations, rest) = text.split_once('$')?;
        let (salt, key) = rest.split_once('$')?;
        let iterations = iterations.parse().ok().filter(|iterations| *iterations > 0)?;
        let key = STANDARD.decode(key).ok().filter(|key| key.len() == 32)?;
        Some(Self { iterations, salt, key })
    }

    pub(super) fn matches(&self, password: &str) -> bool {
        let (password, salt) = (password.as_bytes(), self.salt.as_bytes());
        let key: [u8; 32] = pbkdf2_hmac_array::<Sha256, 32>(password, salt, self.iterations);
        key.ct_eq(&self.key).into()
    }
}
