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
mod settings;
mod tokens;
mod views;

use actix_web::web::{Data, ServiceConfig};
use common::{
    Service,
    auth::{Authenticator, Keys, Passwords, Verifier},
    db::Pool,
    http::{Running, StartError},
    settings::Settings,
};
use settings::AuthSettings;
use tokens::Signer;
use tokio::runtime::Handle;

/// What a handler needs.
struct State {
    pool: Pool,
    passwords: Passwords,
    signer: Signer,
    settings: AuthSettings,
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service { defaults: include_str!("../defaults.toml"), openapi: routes::openapi, start }
}

fn start(settings: &Settings) -> Result<Running, StartError> {
    let common = &settings.common;
    let pool = Pool::new(&common.postgres, Handle::current())?;
    let keys = Keys::new(&common.tokens)?;
    let signer = Signer::new(&keys, &common.tokens);
    let authenticator =
        Data::new(Authenticator::new(Verifier::new(keys, &common.tokens), pool.clone()));
    let passwords = Passwords::new(&common.passwords)?;
    let dependencies = vec![pool.dependency()];
    let state = Data::new(State { pool, passwords, signer, settings: settings.own()? });
    let routes = move |config: &mut ServiceConfig| {
        let config = config.app_data(state.clone()).app_data(authenticator.clone());
        config.configure(routes::configure);
    };
    Ok(Running::new(routes, dependencies))
}
