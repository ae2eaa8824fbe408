//! Routes and their OpenAPI document.

mod login;
mod logout;
mod me;
mod register;
mod user;
mod userinfo;

use actix_web::web::ServiceConfig;
use common::http::{Deadline, no_store, resource};
use login::login;
use logout::{logout, logout_all};
use register::register;
use std::time::Duration;
use user::user;
use userinfo::{change_userinfo, replace_userinfo};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, SecurityScheme},
};

#[derive(OpenApi)]
#[openapi(
    info(title = "CreateTrend: auth", description = "Accounts and their authentication tokens."),
    paths(
        register::register,
        login::login,
        user::user,
        userinfo::replace_userinfo,
        userinfo::change_userinfo,
        logout::logout,
        logout::logout_all,
        me::watchlist::watchlist,
        me::watchlist::watch,
        me::watchlist::unwatch,
        me::digest::digest,
        me::feed::feed_state,
        me::feed::create_feed,
        me::feed::revoke_feed,
        me::atom::atom_feed,
        me::api_keys::api_keys,
        me::api_keys::create_api_key,
        me::api_keys::revoke_api_key,
        me::account::change_password,
        me::account::export,
        me::account::delete_own_account,
    ),
    modifiers(&Schemes),
    tags(
        (name = "auth", description = "Accounts (회원)"),
        (name = "me", description = "Watchlist, feed, API keys and data of the account (내 계정)"),
    )
)]
struct Document;

/// The deadline of registration and login, where passwords are queued for hashing.
const HASHING_DEADLINE: Deadline = Deadline(Duration::from_secs(10));

/// The schemes of the headers `Authorization` and `X-Api-Key`.
struct Schemes;

impl Modify for Schemes {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let about = "`Token <token>` or `Bearer <token>`: the token of a registration or login, \
            valid for 24 hours or until logout.";
        let value = ApiKeyValue::with_description("Authorization", about);
        let scheme = SecurityScheme::ApiKey(ApiKey::Header(value));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", scheme);
        let about = "A key of `/api/me/keys/`, for any request. Each request counts against the \
            limit of the key; beyond it: 429.";
        let value = ApiKeyValue::with_description("X-Api-Key", about);
        let scheme = SecurityScheme::ApiKey(ApiKey::Header(value));
        components.add_security_scheme("api_key", scheme);
    }
}

/// The OpenAPI document of the service.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let account = |path: &str| resource(&format!("/api/accounts/auth/{path}/")).wrap(no_store());
    config
        .service(account("register").app_data(HASHING_DEADLINE).post(register))
        .service(account("login").app_data(HASHING_DEADLINE).post(login))
        .service(account("user").get(user).head(user))
        .service(account("userinfo/update").put(replace_userinfo).patch(change_userinfo))
        .service(account("logout").post(logout))
        .service(account("logoutall").post(logout_all))
        .configure(me::configure);
}
