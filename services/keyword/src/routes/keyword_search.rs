//! `keyword_search/`

use crate::{
    State,
    domain::Windows,
    queries::elastic::search_keyword,
    serializers::{KeywordSearchParams, KeywordSearchResponse, missing_keyword},
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, Problem, ReadResponses},
    http::Query,
};

/// Returns a keyword's videos, word map, trends and related keywords.
///
/// Covers the videos of the last 14 days, and the trends of the last 8.
/// (키워드의 영상, 연관 키워드, 추이)
#[utoipa::path(
    get,
    path = "/api/keyword_search/",
    tag = "keyword",
    params(KeywordSearchParams),
    responses(
        (status = 200, description = "The keyword; its lists are empty if no video matches", body = KeywordSearchResponse),
        (status = 400, description = "The keyword is invalid", body = FieldProblem),
        (status = 404, description = "The keyword is missing or blank", body = Problem,
            example = json!(missing_keyword().example())),
        ReadResponses,
    )
)]
pub(crate) async fn keyword_search(
    state: Data<State>,
    Query(params): Query<KeywordSearchParams>,
) -> Result<CachedResponse, Error> {
    let search = params.validate()?;
    state.clone().search_cache.get(search.clone(), || load(state, search)).await
}

async fn load(state: Data<State>, search: String) -> Result<KeywordSearchResponse, Error> {
    let windows = Windows::new(Utc::now());
    let hits = search_keyword(&state.search, &search, windows).await?;
    Ok(KeywordSearchResponse::new(search, hits))
}
