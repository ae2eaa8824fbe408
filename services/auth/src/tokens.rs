//! Signing of tokens; verification is in `common::auth`.

use crate::queries::sessions::NewSession;
use chrono::{DateTime, SubsecRound, Utc};
use common::{
    Error,
    auth::{Claims, Keys},
    settings::TokenSettings,
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use std::time::Duration;
use uuid::Uuid;

/// Issues tokens (JWT, HS256) signed with the first of the configured keys.
pub(crate) struct Signer {
    header: Header,
    key: EncodingKey,
    issuer: String,
    audience: String,
    lifetime: Duration,
}

impl Signer {
    pub(crate) fn new(keys: &Keys, settings: &TokenSettings) -> Self {
        let (id, key) = keys.signing_key();
        let header = Header { kid: Some(id.to_owned()), ..Header::new(Algorithm::HS256) };
        Self {
            header,
            key,
            issuer: settings.issuer.clone(),
            audience: settings.audience.clone(),
            lifetime: settings.lifetime_ms.duration(),
        }
    }

    /// A session that starts at `now`, truncated to seconds as in tokens.
    pub(crate) fn session(&self, now: DateTime<Utc>) -> NewSession {
        let issued_at = now.trunc_subsecs(0);
        NewSession { jti: Uuid::new_v4(), issued_at, expires_at: issued_at + self.lifetime }
    }

    /// The token of a session.
    pub(crate) fn sign(&self, user_id: i32, session: &NewSession) -> Result<String, Error> {
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: user_id.to_string(),
            jti: session.jti,
            iat: session.issued_at.timestamp(),
            exp: session.expires_at.timestamp(),
        };
        encode(&self.header, &claims, &self.key).map_err(Error::internal)
    }
}
