//! `videos/best_times/`

use crate::{
    State,
    domain::BestTimesOf,
    queries::best_times::list_hours,
    serializers::best_times::{BestTimesParams, BestTimesResponse},
};
use actix_web::web::Data;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, ReadResponses},
    http::{ListFormat, Query},
};

/// Compares the views of videos by weekday and hour of upload.
///
/// The times are those of videos with at least three earlier ones of their channel.
/// (업로드 요일과 시간별 조회수 비교)
#[utoipa::path(
    get,
    path = "/api/videos/best_times/",
    tag = "video",
    params(BestTimesParams),
    responses(
        (status = 200, description = "The hours of a week", content(
            (BestTimesResponse = "application/json"), (String = "text/csv")
        )),
        (status = 400, description = "A parameter is invalid", body = FieldProblem),
        ReadResponses,
    )
)]
pub(crate) async fn best_times(
    state: Data<State>,
    format: ListFormat,
    Query(params): Query<BestTimesParams>,
) -> Result<CachedResponse, Error> {
    let of = params.validate()?;
    let cache = &state.clone().response_cache;
    cache.get_list(format, format!("best times {of:?}"), move || load(state, of)).await
}

async fn load(state: Data<State>, of: BestTimesOf) -> Result<BestTimesResponse, Error> {
    let connection = &*state.pool.get().await?;
    Ok(list_hours(connection, of).await?.into())
}
