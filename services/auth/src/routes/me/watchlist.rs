//! `me/watchlist/`

use crate::{
    State,
    queries::watchlist::{WATCH_LIMIT, delete_watch, insert_watch, list_watches},
    serializers::me::{
        WatchRequest, WatchResponse, WatchlistResponse, unknown_watched_channel, watchlist_full,
    },
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

/// Returns the watched keywords and channels.
///
/// (관심 키워드와 채널 목록)
#[utoipa::path(
    get,
    path = "/api/me/watchlist/",
    tag = "me",
    security(("token" = [])),
    responses(
        (status = 200, description = "The watchlist", body = WatchlistResponse),
        AccountResponses,
    )
)]
pub(crate) async fn watchlist(
    state: Data<State>,
    user: AuthUser,
) -> Result<Json<WatchlistResponse>, Error> {
    let connection = state.pool.get().await?;
    Ok(Json(list_watches(&connection, user.id).await?.into()))
}

/// Watches a keyword or a channel, or replaces the note of an entry; at most 100 entries.
///
/// (관심 키워드나 채널 추가, 메모 수정)
#[utoipa::path(
    put,
    path = "/api/me/watchlist/",
    tag = "me",
    security(("token" = [])),
    request_body = WatchRequest,
    responses(
        (status = 200, description = "The entry", body = WatchResponse),
        (status = 400, description = "A field is invalid, no channel has this idx, or the \
            watchlist is full", body = BodyProblem),
        (status = 401, description = "Missing or invalid token", body = Problem),
        WriteResponses,
    )
)]
pub(crate) async fn watch(
    state: Data<State>,
    user: AuthUser,
    body: Result<Json<WatchRequest>, Error>,
) -> Result<Json<WatchResponse>, Error> {
    let (target, note) = body?.0.validate()?;
    let connection = state.pool.get().await?;
    let inserted = insert_watch(&connection, user.id, &target, &note, Utc::now()).await;
    Ok(Json(inserted.map_err(insert_error)?.into()))
}

/// Removes an entry of the watchlist, with its alerts.
///
/// (관심 목록에서 삭제)
#[utoipa::path(
    delete,
    path = "/api/me/watchlist/{id}/",
    tag = "me",
    security(("token" = [])),
    params(("id" = i32, Path, description = "The id of the entry", example = 5)),
    responses(
        (status = 204, description = "Removed"),
        (status = 404, description = "No such entry in this watchlist", body = Problem),
        AccountResponses,
    )
)]
pub(crate) async fn unwatch(
    state: Data<State>,
    user: AuthUser,
    idx: Result<Idx, Error>,
) -> Result<HttpResponse, Error> {
    let connection = state.pool.get().await?;
    match delete_watch(&connection, user.id, idx?.0).await? {
        0 => Err(Error::not_found()),
        _ => Ok(HttpResponse::NoContent().finish()),
    }
}

/// The error of an insert: the channel may not exist, or the list may be full.
fn insert_error(error: DieselError) -> Error {
    match &error {
        DieselError::DatabaseError(DatabaseErrorKind::CheckViolation, about)
            if about.constraint_name() == Some(WATCH_LIMIT) =>
        {
            watchlist_full().into()
        }
        DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, about)
            if about.constraint_name().is_some_and(|name| name.contains("channel")) =>
        {
            unknown_watched_channel().into()
        }
        _ => error.into(),
    }
}
