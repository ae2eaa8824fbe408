//! Accounts, and the tokens that prove who asks.
//!
//! | route | does |
//! |---|---|
//! | POST `/api/accounts/auth/register/` | makes an account, and logs in |
//! | POST `/api/accounts/auth/login/` | logs in: a token |
//! | GET `/api/accounts/auth/user/` | shows the account |
//! | PUT, PATCH `/api/accounts/auth/userinfo/update/` | changes what it says of itself |
//! | POST `/api/accounts/auth/logout/` | ends this session |
//! | POST `/api/accounts/auth/logoutall/` | ends all sessions of the account |
//!
//! Everything is in PostgreSQL: sessions and tries are the same for all replicas.

mod domain;
mod queries;
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

/// What a handler needs.
struct State {
    pool: Pool,
    passwords: Passwords,
    signer: Signer,
    settings: AuthSettings,
    /// How long one step with the database may take.
    step: Duration,
}

impl State {
    /// Does something with a connection: a step between those in which passwords are hashed,
    /// which may take long, and without a connection. Each has the time of any other request, so
    /// that a client hears soon of a database that hangs.
    async fn step<T>(
        &self,
        work: impl AsyncFnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let step = async { work(&self.pool.get().await?).await };
        timeout(self.step, step).await.unwrap_or(Err(Error::TooSlow))
    }
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service { defaults: include_str!("../defaults.toml"), openapi: routes::openapi, start }
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
    let step = common.http.deadline_ms.duration();
    let state = Data::new(State { pool, passwords, signer, settings: settings.own()?, step });
    let routes = move |config: &mut ServiceConfig| {
        let config = config.app_data(state.clone()).app_data(authenticator.clone());
        config.configure(routes::configure);
    };
    Ok(ServiceParts::new(routes, dependencies))
}
