//! The routes, and their part of the OpenAPI document.

mod attempts;
mod login;
mod logout;
mod register;
mod user;
mod userinfo;

use actix_web::{http::Method, web::ServiceConfig};
use common::http::{no_store, no_store_within, on};
use std::time::Duration;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, SecurityScheme},
};

#[derive(OpenApi)]
#[openapi(
    info(title = "CreateTrend: auth", description = "Accounts, and the tokens that prove who asks."),
    paths(
        register::register,
        login::login,
        user::user,
        userinfo::replace_userinfo,
        userinfo::change_userinfo,
        logout::logout,
        logout::logout_all,
    ),
    modifiers(&TokenScheme),
    tags((name = "auth", description = "Accounts (회원)"))
)]
struct Document;

/// The longest that registering or logging in may take: passwords wait for each other to be
/// hashed.
const HASHING: Duration = Duration::from_secs(10);

/// How a request says who sends it.
struct TokenScheme;

impl Modify for TokenScheme {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let about = "`Token <token>` or `Bearer <token>`: the token that registering or logging \
            in has given. It is good for 24 hours, or until logged out.";
        let value = ApiKeyValue::with_description("Authorization", about);
        let scheme = SecurityScheme::ApiKey(ApiKey::Header(value));
        document.components.get_or_insert_default().add_security_scheme("token", scheme);
    }
}

/// The service's part of the OpenAPI document.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let userinfo =
        [on(Method::PUT, userinfo::replace_userinfo), on(Method::PATCH, userinfo::change_userinfo)];
    let register = [on(Method::POST, register::register)];
    let login = [on(Method::POST, login::login)];
    config
        .service(no_store_within(HASHING, "/api/accounts/auth/register/", &register))
        .service(no_store_within(HASHING, "/api/accounts/auth/login/", &login))
        .service(no_store("/api/accounts/auth/user/", &[on(Method::GET, user::user)]))
        .service(no_store("/api/accounts/auth/userinfo/update/", &userinfo))
        .service(no_store("/api/accounts/auth/logout/", &[on(Method::POST, logout::logout)]))
        .service(no_store(
            "/api/accounts/auth/logoutall/",
            &[on(Method::POST, logout::logout_all)],
        ));
}
