//! `logout/` and `logoutall/`

use crate::{
    State,
    queries::sessions::{delete_session, delete_sessions_of},
};
use actix_web::{HttpResponse, web::Data};
use common::{Error, auth::AuthUser, error::Problem};

/// Ends this session: its token is worth nothing from now on, wherever it is shown.
/// (로그아웃)
#[utoipa::path(
    post,
    path = "/api/accounts/auth/logout/",
    tag = "auth",
    security(("token" = [])),
    responses(
        (status = 204, description = "Logged out"),
        (status = 401, description = "No token, or none that is valid", body = Problem),
        (status = 405, description = "Another method", body = Problem),
        (status = 503, description = "Not available now", body = Problem),
        (status = 504, description = "Not in time", body = Problem),
    )
)]
pub(crate) async fn logout(state: Data<State>, user: AuthUser) -> Result<HttpResponse, Error> {
    let connection = state.pool.get().await?;
    delete_session(&connection, user.jti).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ends all sessions of the account, on every device.
/// (모든 기기에서 로그아웃)
#[utoipa::path(
    post,
    path = "/api/accounts/auth/logoutall/",
    tag = "auth",
    security(("token" = [])),
    responses(
        (status = 204, description = "Logged out everywhere"),
        (status = 401, description = "No token, or none that is valid", body = Problem),
        (status = 405, description = "Another method", body = Problem),
        (status = 503, description = "Not available now", body = Problem),
        (status = 504, description = "Not in time", body = Problem),
    )
)]
pub(crate) async fn logout_all(state: Data<State>, user: AuthUser) -> Result<HttpResponse, Error> {
    let connection = state.pool.get().await?;
    delete_sessions_of(&connection, user.id).await?;
    Ok(HttpResponse::NoContent().finish())
}
