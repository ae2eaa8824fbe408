//! Extractors of the authenticated user.

use super::{Claims, Verifier};
use crate::{
    Error,
    db::{
        Pool,
        schema::{auth_token, auth_user},
    },
    error::AuthenticationError,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use chrono::Utc;
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use futures_util::{FutureExt, future::LocalBoxFuture};
use uuid::Uuid;

const SCHEMES: [&str; 2] = ["Token", "Bearer"];

/// Authenticates requests. Registered as `web::Data`.
#[derive(Clone)]
pub struct Authenticator {
    verifier: Verifier,
    pool: Pool,
}

impl Authenticator {
    /// An authenticator that looks up tokens in `pool`.
    pub const fn new(verifier: Verifier, pool: Pool) -> Self {
        Self { verifier, pool }
    }

    /// Verifies a token and returns its user. One SQL statement.
    pub async fn authenticate(&self, token: &str) -> Result<AuthUser, Error> {
        let invalid = Error::Unauthorized(AuthenticationError::Invalid);
        let Ok(Claims { jti, sub, .. }) = self.verifier.verify(token) else {
            return Err(invalid);
        };
        let Ok(id) = sub.parse() else {
            return Err(invalid);
        };
        if self.is_valid(jti, id).await? { Ok(AuthUser { id, jti }) } else { Err(invalid) }
    }

    /// Whether the token is not revoked and its user is active.
    async fn is_valid(&self, jti: Uuid, user: i32) -> Result<bool, Error> {
        let found: Option<Uuid> = auth_token::table
            .inner_join(auth_user::table)
            .filter(auth_token::jti.eq(jti))
            .filter(auth_token::user_id.eq(user))
            .filter(auth_token::expires_at.gt(Utc::now()))
            .filter(auth_user::is_active)
            .select(auth_token::jti)
            .first(&mut self.pool.get().await?)
            .await
            .optional()?;
        Ok(found.is_some())
    }
}

/// The authenticated, active user of a request; 401 if the token is missing or invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthUser {
    /// The user's id.
    pub id: i32,
    /// The token's id.
    pub jti: Uuid,
}

impl FromRequest for AuthUser {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let token = parse_authorization(request);
        let authenticator = request.app_data::<Data<Authenticator>>().cloned();
        let authenticating = async move {
            let token = token.map_err(Error::Unauthorized)?;
            let missing =
                || Error::internal(std::io::Error::other("no authenticator is registered"));
            authenticator.ok_or_else(missing)?.authenticate(&token).await
        };
        authenticating.boxed_local()
    }
}

/// The authenticated user of a request, if it has the header `Authorization`; 401 if the token is
/// invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaybeAuthUser(pub Option<AuthUser>);

impl FromRequest for MaybeAuthUser {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let authenticating = AuthUser::from_request(request, payload);
        let authenticating = authenticating.map(|found| match found {
            Ok(user) => Ok(Self(Some(user))),
            Err(Error::Unauthorized(AuthenticationError::Missing)) => Ok(Self(None)),
            Err(error) => Err(error),
        });
        authenticating.boxed_local()
    }
}

/// The token of the header `Authorization`, which must occur once.
fn parse_authorization(request: &HttpRequest) -> Result<String, AuthenticationError> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let value = headers.next().ok_or(AuthenticationError::Missing)?;
    let text = value.to_str().map_err(|_| AuthenticationError::Invalid)?;
    let (scheme, token) = text.trim().split_once(' ').ok_or(AuthenticationError::Invalid)?;
    let known = SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme));
    if known && headers.next().is_none() {
        Ok(token.trim().to_owned())
    } else {
        Err(AuthenticationError::Invalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn token(headers: &[&str]) -> Result<String, AuthenticationError> {
        let request = headers.iter().fold(TestRequest::default(), |request, value| {
            request.append_header((header::AUTHORIZATION, *value))
        });
        parse_authorization(&request.to_http_request())
    }

    #[test]
    fn authorization_scheme_is_case_insensitive() {
        for header in ["Token a.b.c", "token a.b.c", "Bearer a.b.c", "BEARER  a.b.c "] {
            assert_eq!(token(&[header]), Ok("a.b.c".to_owned()), "{header}");
        }
    }

    #[test]
    fn malformed_authorization_header_is_invalid() {
        assert_eq!(token(&[]), Err(AuthenticationError::Missing));
        for headers in [
            &[""][..],
            &["Token"],
            &["a.b.c"],
            &["Basic YTpi"],
            &["토큰 a"],
            &["Token a", "Token a"],
        ] {
            assert_eq!(token(headers), Err(AuthenticationError::Invalid), "{headers:?}");
        }
    }
}
