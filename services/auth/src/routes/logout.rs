//! `logout/` and `logoutall/`

use crate::{
    State,
    queries::sessions::{delete_session, delete_sessions_of},
};
use actix_web::{HttpResponse, web::Data};
use common::{Error, auth::AuthUser, error::AccountResponses};

/// Logs out: revokes the token on all replicas.
/// (로그아웃)
#[utoipa::path(
    post,
    path = "/api/accounts/auth/logout/",
    tag = "auth",
    security(("token" = [])),
    responses(
        (status = 204, description = "Logged out"),
        AccountResponses,
    )
)]
pub(crate) async fn logout(state: Data<State>, user: AuthUser) -> Result<HttpResponse, Error> {
    let connection = state.pool.get().await?;
    delete_session(&connection, user.jti).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Logs out on all devices: revokes all tokens of the account.
/// (모든 기기에서 로그아웃)
#[utoipa::path(
    post,
    path = "/api/accounts/auth/logoutall/",
    tag = "auth",
    security(("token" = [])),
    responses(
        (status = 204, description = "Logged out on all devices"),
        AccountResponses,
    )
)]
pub(crate) async fn logout_all(state: Data<State>, user: AuthUser) -> Result<HttpResponse, Error> {
    let connection = state.pool.get().await?;
    delete_sessions_of(&connection, user.id).await?;
    Ok(HttpResponse::NoContent().finish())
}
