//! `keywords/score/`

use crate::{
    State,
    queries::postgres::find_score,
    serializers::{ScoreParams, ScoreResponse},
};
use actix_web::web::Data;
use chrono::{TimeDelta, Utc};
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, ReadResponses},
    http::Query,
    keywords::SCORE_WINDOW_DAYS,
    time::seoul_day,
};

/// Returns the score of a keyword and its parts, from the last 28 days.
///
/// (최근 28일 키워드 점수: 수요, 공급, 소규모 채널 비율)
#[utoipa::path(
    get,
    path = "/api/keywords/score/",
    tag = "keyword",
    params(ScoreParams),
    responses(
        (status = 200, description = "The score", body = ScoreResponse),
        (status = 400, description = "A parameter is missing or invalid", body = FieldProblem),
        ReadResponses,
    )
)]
pub(crate) async fn keyword_score(
    state: Data<State>,
    Query(params): Query<ScoreParams>,
) -> Result<CachedResponse, Error> {
    let (keyword, key) = params.validate()?;
    let cache = state.postgres_cache.clone();
    // An unknown keyword is returned as requested.
    cache.get(format!("score {keyword}"), move || load(state, keyword, key)).await
}

async fn load(state: Data<State>, keyword: String, key: String) -> Result<ScoreResponse, Error> {
    let connection = &*state.pool.get().await?;
    let today = seoul_day(Utc::now());
    let from = today - TimeDelta::days(SCORE_WINDOW_DAYS.into());
    let row = find_score(connection, &key, from).await?;
    Ok(ScoreResponse::new(keyword, row))
}
