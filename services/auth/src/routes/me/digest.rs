//! `me/digest/`

use crate::{
    State,
    domain::week::{DigestWindow, Week},
    queries::digest::{
        MAX_ROWS, list_alerts, list_channels, list_keywords, list_outliers, record_alerts,
    },
    serializers::me::{DigestParams, DigestResponse},
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    auth::AuthUser,
    db::Connection,
    error::{AccountResponses, FieldProblem},
    http::{Json, Query},
    time::seoul_day,
};
use tokio::try_join;

/// Returns the activity of the watched keywords and channels in a week, compared with the same
/// days of the week before, and the alerts of the week.
///
/// (관심 키워드와 채널의 주간 요약)
#[utoipa::path(
    get,
    path = "/api/me/digest/",
    tag = "me",
    security(("token" = [])),
    params(DigestParams),
    responses(
        (status = 200, description = "The digest", body = DigestResponse),
        (status = 400, description = "The week is invalid, or none of its days is over",
            body = FieldProblem),
        AccountResponses,
    )
)]
pub(crate) async fn digest(
    state: Data<State>,
    user: AuthUser,
    Query(params): Query<DigestParams>,
) -> Result<Json<DigestResponse>, Error> {
    let now = Utc::now();
    let today = seoul_day(now);
    let window = params.validate(today)?;
    let connection = state.pool.get().await?;
    record_alerts(&connection, user.id, Week::of(today), now).await?;
    load_digest(&connection, user.id, window).await.map(Json)
}

/// Loads the digest of a user. One round trip: the statements are pipelined.
pub(super) async fn load_digest(
    connection: &Connection,
    user_id: i32,
    DigestWindow { week, periods, alerts }: DigestWindow,
) -> Result<DigestResponse, Error> {
    let (keywords, channels, outliers, alerts) = try_join!(
        list_keywords(connection, user_id, periods),
        list_channels(connection, user_id, periods),
        list_outliers(connection, user_id, periods),
        list_alerts(connection, user_id, alerts, MAX_ROWS),
    )?;
    Ok(DigestResponse::new(week, periods, keywords, channels, outliers, alerts))
}
