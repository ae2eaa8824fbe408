//! `me/feed/`

use crate::{
    State,
    domain::secrets::{Secret, SecretKind},
    queries::feeds::{delete_feed, find_feed, insert_feed},
    serializers::me::{FeedResponse, NewFeedResponse},
};
use actix_web::{HttpRequest, HttpResponse, web::Data};
use chrono::Utc;
use common::{
    Error,
    auth::AuthUser,
    error::{AccountResponses, Problem},
    http::{Json, public_url},
    time::OffsetTime,
};

/// Returns whether the account has a feed; the URL itself is only returned when it is created.
///
/// (Atom 피드 상태)
#[utoipa::path(
    get,
    path = "/api/me/feed/",
    tag = "me",
    security(("token" = [])),
    responses(
        (status = 200, description = "The state of the feed", body = FeedResponse),
        AccountResponses,
    )
)]
pub(crate) async fn feed_state(
    state: Data<State>,
    user: AuthUser,
) -> Result<Json<FeedResponse>, Error> {
    let connection = state.pool.get().await?;
    let created_at = find_feed(&connection, user.id).await?;
    Ok(Json(FeedResponse { created_at: created_at.map(OffsetTime) }))
}

/// Creates the Atom feed of the account, or replaces its secret URL.
///
/// The URL is shown once; the previous one stops working. (Atom 피드 주소 만들기)
#[utoipa::path(
    post,
    path = "/api/me/feed/",
    tag = "me",
    security(("token" = [])),
    responses(
        (status = 201, description = "The URL of the feed", body = NewFeedResponse),
        AccountResponses,
    )
)]
pub(crate) async fn create_feed(
    state: Data<State>,
    user: AuthUser,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let token = Secret::generate(SecretKind::Feed)?;
    let now = Utc::now();
    let connection = state.pool.get().await?;
    insert_feed(&connection, user.id, &token.hash(), now).await?;
    let path = format!("/api/me/feed/{}.atom", token.expose());
    let url = public_url(&request, &path);
    Ok(HttpResponse::Created().json(NewFeedResponse { url, created_at: OffsetTime(now) }))
}

/// Deletes the feed: its URL stops working.
///
/// (Atom 피드 삭제)
#[utoipa::path(
    delete,
    path = "/api/me/feed/",
    tag = "me",
    security(("token" = [])),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "The account has no feed", body = Problem),
        AccountResponses,
    )
)]
pub(crate) async fn revoke_feed(state: Data<State>, user: AuthUser) -> Result<HttpResponse, Error> {
    let connection = state.pool.get().await?;
    match delete_feed(&connection, user.id).await? {
        0 => Err(Error::NotFound("The account has no feed.".into())),
        _ => Ok(HttpResponse::NoContent().finish()),
    }
}
