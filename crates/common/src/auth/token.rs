//! Tokens: what they say, and whether they are ours.

use super::Keys;
use crate::settings::TokenSettings;
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// What a token says (RFC 7519, section 4.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it.
    pub iss: String,
    /// Whom it is for.
    pub aud: String,
    /// The user's id, as text.
    pub sub: String,
    /// Its own id.
    pub jti: Uuid,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// When it ends, in seconds since 1970: from then on it is not good.
    pub exp: i64,
}

/// Why a token is not accepted. The client is not told.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Its header asks for a key that is not there, or for what is not understood.
    #[error("the token's header cannot be used")]
    Header,
    /// It is no token, not signed by the key, expired, or somebody else's.
    #[error("the token is not valid: {0}")]
    Invalid(#[from] jsonwebtoken::errors::Error),
}

/// Verifies tokens. Cloning shares it.
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

    /// What a token says that is signed with one of the keys, by HS256 and nothing else, and
    /// has not expired. Whether it was revoked, it cannot say itself.
    pub fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        let header = decode_header(token)?;
        // Extensions that must be understood (RFC 7515, section 4.1.11): there are none.
        if header.crit.is_some() {
            return Err(TokenError::Header);
        }
        let id = header.kid.as_deref().ok_or(TokenError::Header)?;
        let key = self.keys.verifying_key(id).ok_or(TokenError::Header)?;
        Ok(decode(token, &key, &self.validation)?.claims)
    }
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;
