//! Verification of tokens (JWT).

use super::Keys;
use crate::settings::TokenSettings;
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// The claims of a token (RFC 7519, section 4.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer.
    pub iss: String,
    /// Audience.
    pub aud: String,
    /// The user's id, as text.
    pub sub: String,
    /// Token id.
    pub jti: Uuid,
    /// Time of issue, in seconds since 1970.
    pub iat: i64,
    /// Expiry, in seconds since 1970: invalid from then on.
    pub exp: i64,
}

/// An invalid token. The client does not see the reason.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The header names an unknown key or a critical extension.
    #[error("unsupported token header")]
    Header,
    /// Malformed, not signed with the key, expired, or for another issuer or audience.
    #[error("invalid token: {0}")]
    Invalid(#[from] jsonwebtoken::errors::Error),
}

/// Verifies tokens. Cloning is cheap.
#[derive(Clone)]
pub struct Verifier {
    keys: Keys,
    validation: Arc<Validation>,
}

impl Verifier {
    /// A verifier with these keys, for tokens of the settings' issuer and audience.
    pub fn new(keys: Keys, settings: &TokenSettings) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        // `exp` itself is too late (RFC 7519, section 4.1.4).
        validation.reject_tokens_expiring_in_less_than = 1;
        validation.set_issuer(&[&settings.issuer]);
        validation.set_audience(&[&settings.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        Self { keys, validation: Arc::new(validation) }
    }

    /// The claims of an unexpired token signed with one of the keys, by HS256 only. Does not check
    /// revocation.
    pub fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        let header = decode_header(token)?;
        // No critical extension is supported (RFC 7515, section 4.1.11).
        if header.crit.is_some() {
            return Err(TokenError::Header);
        }
        let id = header.kid.as_deref().ok_or(TokenError::Header)?;
        let key = self.keys.verifying_key(id).ok_or(TokenError::Header)?;
        Ok(decode(token, &key, &self.validation)?.claims)
    }
}

#[cfg(test)]
mod tests;
