//! `simple_recommendation` and `advanced_recommendation`

use crate::{
    State,
    queries::{
        elastic::{VideoFilter, search_videos},
        postgres::list_videos,
    },
    serializers::{AdvancedParams, RecommendedVideo, SimpleParams},
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, ReadResponses},
    http::Query,
    time::days_ago,
};

/// The number of days of simple recommendations.
const RECENT_DAYS: u64 = 30;

/// Recommends popular videos of the last 30 days with any of the keywords.
///
/// (최근 30일 인기 영상 추천)
#[utoipa::path(
    get,
    path = "/api/views_predict/simple_recommendation",
    tag = "predict",
    params(SimpleParams),
    responses(
        (status = 200, description = "Up to eight videos, the most popular first", body = [RecommendedVideo]),
        (status = 400, description = "A parameter is invalid", body = FieldProblem),
        ReadResponses,
    )
)]
pub(crate) async fn simple_recommendation(
    state: Data<State>,
    Query(params): Query<SimpleParams>,
) -> Result<CachedResponse, Error> {
    let any = params.validate()?;
    let key = format!("simple {}", any.join(" "));
    let now = Utc::now();
    let window = Some((days_ago(now, RECENT_DAYS), now));
    let filter = VideoFilter { any, window, ..VideoFilter::default() };
    state.clone().response_cache.get(key, || recommend(state, filter)).await
}

/// Recommends popular videos by optional, required and excluded keywords.
///
/// (고급 영상 추천)
#[utoipa::path(
    get,
    path = "/api/views_predict/advanced_recommendation",
    tag = "predict",
    params(AdvancedParams),
    responses(
        (status = 200, description = "Up to eight videos, the most popular first", body = [RecommendedVideo]),
        (status = 400, description = "A parameter is invalid", body = FieldProblem),
        ReadResponses,
    )
)]
pub(crate) async fn advanced_recommendation(
    state: Data<State>,
    Query(params): Query<AdvancedParams>,
) -> Result<CachedResponse, Error> {
    let filter = params.validate()?;
    // Unambiguous: a keyword contains no white space.
    let part = |keywords: &[String]| keywords.join(" ");
    let parts = [part(&filter.any), part(&filter.all), part(&filter.none)];
    let key = format!("advanced {}", parts.join("\n"));
    state.clone().response_cache.get(key, || recommend(state, filter)).await
}

async fn recommend(
    state: Data<State>,
    filter: VideoFilter,
) -> Result<Vec<RecommendedVideo>, Error> {
    let found = search_videos(&state.search, &filter).await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let connection = &mut *state.pool.get().await?;
    let rows = list_videos(connection, &found).await?;
    Ok(RecommendedVideo::in_order(&found, rows))
}
