//! Accounts and their authentication tokens.
//!
//! | route | action |
//! |---|---|
//! | POST `/api/accounts/auth/register/` | creates an account and logs in |
//! | POST `/api/accounts/auth/login/` | logs in and returns a token |
//! | GET `/api/accounts/auth/user/` | returns the account |
//! | PUT, PATCH `/api/accounts/auth/userinfo/update/` | updates the user info |
//! | POST `/api/accounts/auth/logout/` | revokes the token |
//! | POST `/api/accounts/auth/logoutall/` | revokes all tokens of the account |
//! | GET, PUT `/api/me/watchlist/`, DELETE `…/watchlist/{id}/` | watched keywords and channels |
//! | GET `/api/me/digest/` | their activity in a week |
//! | GET, POST, DELETE `/api/me/feed/` | the URL of an Atom feed of alerts and digests |
//! | GET `/api/me/feed/{token}.atom` | the feed |
//! | GET, POST `/api/me/keys/`, DELETE `…/keys/{id}/` | API keys |
//! | POST `/api/me/password/` | changes the password |
//! | GET `/api/me/export/` | returns the data of the account |
//! | POST `/api/me/deletion/` | deletes the account |
//! | GET `/internal/api-key/` | for the gateway: verifies and counts a request with an API key |
//!
//! Sessions and login attempts are stored in PostgreSQL, shared by all replicas.

mod domain;
mod queries;
mod rate_limiting;
mod routes;
mod serializers;
mod settings;
mod tokens;

use actix_web::web::{Data, ServiceConfig};
use common::{
    Error, Service,
    auth::{Authenticator, Keys, Passwords, Verifier},
    db::{Connection, Pool},
    http::{ServiceParts, StartError},
    settings::Settings,
};
use settings::AuthSettings;
use std::time::Duration;
use tokens::Signer;
use tokio::time::timeout;

/// State of the handlers.
struct State {
    pool: Pool,
    passwords: Passwords,
    signer: Signer,
    settings: AuthSettings,
    /// Timeout of one [`Self::with_connection`].
    statement_timeout: Duration,
}

impl State {
    /// Runs `statements` on a pooled connection, within `statement_timeout`: no connection is held
    /// while a password is hashed, and an unresponsive database is reported before the longer
    /// deadline of the request.
    async fn with_connection<T>(
        &self,
        statements: impl AsyncFnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let step = async { statements(&self.pool.get().await?).await };
        timeout(self.statement_timeout, step).await.unwrap_or(Err(Error::TimedOut))
    }
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<AuthSettings>(include_str!("../defaults.toml"), routes::openapi, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let common = &settings.common;
    let pool = Pool::new(&common.postgres)?;
    let keys = Keys::new(&common.tokens)?;
    let signer = Signer::new(&keys, &common.tokens);
    let authenticator =
        Data::new(Authenticator::new(Verifier::new(keys, &common.tokens), pool.clone()));
    let passwords = Passwords::new(&common.passwords)?;
    let dependencies = vec![pool.writable_dependency()];
    let statement_timeout = common.http.deadline_ms.duration();
    let state = Data::new(State {
        pool,
        passwords,
        signer,
        settings: settings.service_section()?,
        statement_timeout,
    });
    let routes = move |config: &mut ServiceConfig| {
        let config = config.app_data(state.clone()).app_data(authenticator.clone());
        config.configure(routes::configure);
    };
    Ok(ServiceParts::new(routes, dependencies))
}
