//! `me/password/`, `me/export/` and `me/deletion/`

use crate::{
    State,
    domain::RateLimitKey,
    queries::{
        accounts::{delete_account, find_by_id, update_password},
        api_keys::list_api_keys,
        attempts::CountingMode,
        digest::list_alerts,
        feeds::find_feed,
        known_addresses::list_known_addresses,
        sessions::list_expirations,
        watchlist::list_watches,
    },
    rate_limiting,
    serializers::me::{
        AccountData, DeletionRequest, ExportResponse, PasswordRequest, account_in_use,
        wrong_password,
    },
};
use actix_web::{HttpResponse, http::header, web::Data};
use chrono::{DateTime, Utc};
use common::{
    Error,
    auth::{AuthUser, PasswordCheck},
    db::Connection,
    error::{AccountResponses, AuthenticationError, BodyProblem, Problem, WriteResponses},
    http::Json,
};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use tokio::try_join;

/// Changes the password and logs out all other devices. Needs the current password.
///
/// (비밀번호 변경)
#[utoipa::path(
    post,
    path = "/api/me/password/",
    tag = "me",
    security(("token" = [])),
    request_body = PasswordRequest,
    responses(
        (status = 204, description = "Changed"),
        (status = 400, description = "A field is invalid, or the current password is wrong",
            body = BodyProblem),
        (status = 401, description = "Missing or invalid token", body = Problem),
        (status = 429, description = "Too many attempts; retry after `Retry-After` seconds", body = Problem),
        WriteResponses,
    )
)]
pub(crate) async fn change_password(
    state: Data<State>,
    user: AuthUser,
    body: Result<Json<PasswordRequest>, Error>,
) -> Result<HttpResponse, Error> {
    let (password, new) = body?.0.validate()?;
    let stored = verify_own_password(&state, &user, &password).await?;
    let new = state.passwords.hash(&new).await?;
    let update = async |connection: &Connection| {
        Ok(update_password(connection, &user, &stored, &new).await?)
    };
    // A concurrent request has changed the password.
    if !state.with_connection(update).await? {
        return Err(wrong_password().into());
    }
    Ok(HttpResponse::NoContent().finish())
}

/// Deletes the account with all its data. Needs the current password.
///
/// (회원 탈퇴: 계정과 모든 데이터를 삭제)
#[utoipa::path(
    post,
    path = "/api/me/deletion/",
    tag = "me",
    security(("token" = [])),
    request_body = DeletionRequest,
    responses(
        (status = 204, description = "Deleted"),
        (status = 400, description = "The password is missing or wrong", body = BodyProblem),
        (status = 401, description = "Missing or invalid token", body = Problem),
        (status = 429, description = "Too many attempts; retry after `Retry-After` seconds", body = Problem),
        WriteResponses,
    )
)]
pub(crate) async fn delete_own_account(
    state: Data<State>,
    user: AuthUser,
    body: Result<Json<DeletionRequest>, Error>,
) -> Result<HttpResponse, Error> {
    let password = body?.0.validate()?;
    let stored = verify_own_password(&state, &user, &password).await?;
    let delete = async |connection: &Connection| {
        delete_account(connection, user.id, &stored).await.map_err(delete_error)
    };
    match state.with_connection(delete).await? {
        0 => Err(wrong_password().into()),
        _ => Ok(HttpResponse::NoContent().finish()),
    }
}

/// Returns all data of the account as a JSON file.
///
/// (내 데이터 내려받기)
#[utoipa::path(
    get,
    path = "/api/me/export/",
    tag = "me",
    security(("token" = [])),
    responses(
        (status = 200, description = "The data", body = ExportResponse),
        AccountResponses,
    )
)]
pub(crate) async fn export(state: Data<State>, user: AuthUser) -> Result<HttpResponse, Error> {
    let connection = &*state.pool.get().await?;
    let now = Utc::now();
    let (account, sessions, known_addresses, watchlist, alerts, api_keys, feed_created_at) = try_join!(
        find_by_id(connection, user.id),
        list_expirations(connection, user.id, now),
        list_known_addresses(connection, user.id),
        list_watches(connection, user.id),
        list_alerts(connection, user.id, DateTime::UNIX_EPOCH..now, i64::MAX),
        list_api_keys(connection, user.id),
        find_feed(connection, user.id),
    )?;
    let account = account.ok_or(Error::Unauthorized(AuthenticationError::Invalid))?;
    let data =
        AccountData { sessions, known_addresses, watchlist, alerts, api_keys, feed_created_at };
    let file = "attachment; filename=\"createtrend-account.json\"";
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_DISPOSITION, file))
        .json(ExportResponse::new(account, data)))
}

/// Verifies the password of an authenticated user and returns its stored hash. Limited by account,
/// so that a stolen token does not help to guess the password.
async fn verify_own_password(
    state: &State,
    user: &AuthUser,
    password: &str,
) -> Result<String, Error> {
    let find = async |connection: &Connection| {
        let (key, limit) = (RateLimitKey::confirmation(user.id), &state.settings.account_address);
        let attempt = rate_limiting::record_or_reject(
            connection,
            key,
            limit,
            CountingMode::Always,
            Utc::now(),
        )
        .await?;
        Ok((attempt, find_by_id(connection, user.id).await?))
    };
    let (attempt, account) = state.with_connection(find).await?;
    let (account, _) = account.ok_or(Error::Unauthorized(AuthenticationError::Invalid))?;
    match state.passwords.verify(password, &account.password).await {
        Ok(PasswordCheck::Incorrect) => Err(wrong_password().into()),
        Ok(PasswordCheck::Correct | PasswordCheck::NeedsRehash) => {
            rate_limiting::reset(state, &attempt).await;
            Ok(account.password)
        }
        Err(error) => {
            rate_limiting::refund(state, &attempt).await;
            Err(error)
        }
    }
}

/// The error of a deletion: a table of another application may refer to the account.
fn delete_error(error: DieselError) -> Error {
    match &error {
        DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => {
            account_in_use().into()
        }
        _ => error.into(),
    }
}
