//! `keyword_search/`

use crate::{
    State,
    domain::Windows,
    queries::elastic::search_keyword,
    serializers::{KeywordSearchParams, KeywordSearchResponse},
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, Problem, ReadResponses},
    http::Query,
};

/// One keyword: its videos, its word map, its lines and the keywords beside it.
///
/// Of the videos of the last fourteen days; the lines of the last eight.
/// (키워드의 영상, 연관 키워드, 추이)
#[utoipa::path(
    get,
    path = "/api/keyword_search/",
    tag = "keyword",
    params(KeywordSearchParams),
    responses(
        (status = 200, description = "The keyword; lists are empty where nothing matches", body = KeywordSearchResponse),
        (status = 400, description = "The keyword cannot be used", body = FieldProblem),
        (status = 404, description = "No keyword is given, or a blank one", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn keyword_search(
    state: Data<State>,
    Query(params): Query<KeywordSearchParams>,
) -> Result<CachedResponse, Error> {
    let search = params.validate()?;
    state.clone().responses.get(search.clone(), || describe(state, search)).await
}

async fn describe(state: Data<State>, search: String) -> Result<KeywordSearchResponse, Error> {
    let windows = Windows::new(Utc::now());
    let hits = search_keyword(&state.search, &search, windows).await?;
    Ok(KeywordSearchResponse::new(search, hits))
}
