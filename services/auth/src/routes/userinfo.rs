//! `userinfo/update/`

use crate::{
    State,
    queries::accounts::{UserInfoChanges, find_or_insert_info, update_info},
    serializers::{UpdatedResponse, UserInfoRequest, unknown_channel},
};
use actix_web::web::Data;
use common::{
    Error,
    auth::AuthUser,
    error::{BodyProblem, Problem, WriteResponses},
    http::Json,
};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Part of the name of the foreign key, which Django has created.
const OWN_CHANNEL: &str = "own_channel";

/// Replaces the user info: a missing field becomes null.
/// (내 정보 수정)
#[utoipa::path(
    put,
    path = "/api/accounts/auth/userinfo/update/",
    tag = "auth",
    security(("token" = [])),
    request_body = UserInfoRequest,
    responses(
        (status = 200, description = "Replaced", body = UpdatedResponse),
        (status = 400, description = "A field is invalid", body = BodyProblem),
        (status = 401, description = "Missing or invalid token", body = Problem),
        WriteResponses,
    )
)]
pub(crate) async fn replace_userinfo(
    state: Data<State>,
    user: AuthUser,
    body: Result<Json<UserInfoRequest>, Error>,
) -> Result<Json<UpdatedResponse>, Error> {
    let changes = body?.0.replacement()?;
    update(&state, &user, changes).await
}

/// Updates the user info: a missing field keeps its value.
/// (내 정보 일부 수정)
#[utoipa::path(
    patch,
    path = "/api/accounts/auth/userinfo/update/",
    tag = "auth",
    security(("token" = [])),
    request_body = UserInfoRequest,
    responses(
        (status = 200, description = "Updated", body = UpdatedResponse),
        (status = 400, description = "A field is invalid", body = BodyProblem),
        (status = 401, description = "Missing or invalid token", body = Problem),
        WriteResponses,
    )
)]
pub(crate) async fn change_userinfo(
    state: Data<State>,
    user: AuthUser,
    body: Result<Json<UserInfoRequest>, Error>,
) -> Result<Json<UpdatedResponse>, Error> {
    let changes = body?.0.changes()?;
    update(&state, &user, changes).await
}

// `Result<Json<…>>`: the error of a body is returned only to an authenticated user.
async fn update(
    state: &State,
    user: &AuthUser,
    changes: UserInfoChanges,
) -> Result<Json<UpdatedResponse>, Error> {
    if changes.is_empty() {
        return Ok(Json(UpdatedResponse::user_info()));
    }
    let connection = state.pool.get().await?;
    let map_error = |error| update_error(error, changes.own_channel.flatten());
    if update_info(&connection, user.id, &changes).await.map_err(map_error)? == 0 {
        // The Django API has left accounts without this row.
        find_or_insert_info(&connection, user.id).await?;
        update_info(&connection, user.id, &changes).await.map_err(map_error)?;
    }
    Ok(Json(UpdatedResponse::user_info()))
}

/// The error of an update: the channel may not exist.
fn update_error(error: DieselError, channel: Option<i32>) -> Error {
    match (&error, channel) {
        (DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, about), Some(idx))
            if about.constraint_name().is_some_and(|name| name.contains(OWN_CHANNEL)) =>
        {
            unknown_channel(idx.into()).into()
        }
        _ => error.into(),
    }
}
