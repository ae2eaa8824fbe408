//! `me/keys/`

use crate::{
    State,
    domain::secrets::{Secret, SecretKind},
    queries::api_keys::{API_KEY_LIMIT, delete_api_key, insert_api_key, list_api_keys},
    serializers::me::{ApiKeyRequest, ApiKeysResponse, NewApiKeyResponse, too_many_keys},
};
use actix_web::{HttpResponse, web::Data};
use chrono::Utc;
use common::{
    Error,
    auth::AuthUser,
    error::{AccountResponses, BodyProblem, Problem, WriteResponses},
    http::{Idx, Json},
};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Returns the API keys of the account, without their secret part.
///
/// (API 키 목록)
#[utoipa::path(
    get,
    path = "/api/me/keys/",
    tag = "me",
    security(("token" = [])),
    responses(
        (status = 200, description = "The keys", body = ApiKeysResponse),
        AccountResponses,
    )
)]
pub(crate) async fn api_keys(
    state: Data<State>,
    user: AuthUser,
) -> Result<Json<ApiKeysResponse>, Error> {
    let connection = state.pool.get().await?;
    let rows = list_api_keys(&connection, user.id).await?;
    Ok(Json(ApiKeysResponse::new(rows, &state.settings.api_key)))
}

/// Creates an API key, which is shown once; at most 10 per account.
///
/// A program sends it as the header `X-Api-Key` on any route. (API 키 만들기)
#[utoipa::path(
    post,
    path = "/api/me/keys/",
    tag = "me",
    security(("token" = [])),
    request_body = ApiKeyRequest,
    responses(
        (status = 201, description = "The key", body = NewApiKeyResponse),
        (status = 400, description = "The name is invalid, or the account has 10 keys",
            body = BodyProblem),
        (status = 401, description = "Missing or invalid token", body = Problem),
        WriteResponses,
    )
)]
pub(crate) async fn create_api_key(
    state: Data<State>,
    user: AuthUser,
    body: Result<Json<ApiKeyRequest>, Error>,
) -> Result<HttpResponse, Error> {
    let name = body?.0.validate()?;
    let key = Secret::generate(SecretKind::ApiKey)?;
    let connection = state.pool.get().await?;
    let inserted = insert_api_key(&connection, user.id, &name, &key, Utc::now()).await;
    let about = inserted.map_err(insert_error)?.into();
    let response = NewApiKeyResponse { key: key.expose().to_owned(), about };
    Ok(HttpResponse::Created().json(response))
}

/// Revokes an API key: requests with it return 401.
///
/// (API 키 폐기)
#[utoipa::path(
    delete,
    path = "/api/me/keys/{id}/",
    tag = "me",
    security(("token" = [])),
    params(("id" = i32, Path, description = "The id of the key", example = 3)),
    responses(
        (status = 204, description = "Revoked"),
        (status = 404, description = "The account has no such key", body = Problem),
        AccountResponses,
    )
)]
pub(crate) async fn revoke_api_key(
    state: Data<State>,
    user: AuthUser,
    idx: Result<Idx, Error>,
) -> Result<HttpResponse, Error> {
    let connection = state.pool.get().await?;
    match delete_api_key(&connection, user.id, idx?.0).await? {
        0 => Err(Error::not_found()),
        _ => Ok(HttpResponse::NoContent().finish()),
    }
}

fn insert_error(error: DieselError) -> Error {
    match &error {
        DieselError::DatabaseError(DatabaseErrorKind::CheckViolation, about)
            if about.constraint_name() == Some(API_KEY_LIMIT) =>
        {
            too_many_keys().into()
        }
        _ => error.into(),
    }
}
