//! `user/`

use crate::{
    State,
    queries::accounts::{find_by_id, find_or_insert_info},
    serializers::UserResponse,
};
use actix_web::web::Data;
use common::{
    Error,
    auth::AuthUser,
    error::{AccountResponses, AuthenticationError},
    http::Json,
};

/// Returns the authenticated account.
/// (내 정보)
#[utoipa::path(
    get,
    path = "/api/accounts/auth/user/",
    tag = "auth",
    security(("token" = [])),
    responses(
        (status = 200, description = "The account", body = UserResponse),
        AccountResponses,
    )
)]
pub(crate) async fn user(state: Data<State>, user: AuthUser) -> Result<Json<UserResponse>, Error> {
    let connection = state.pool.get().await?;
    let found = find_by_id(&connection, user.id).await?;
    let (account, info) = found.ok_or(Error::Unauthorized(AuthenticationError::Invalid))?;
    let info = match info {
        Some(info) => info,
        None => find_or_insert_info(&connection, account.id).await?,
    };
    Ok(Json(UserResponse::new(account.username, info)))
}
