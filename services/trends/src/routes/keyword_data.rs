//! `channel_analyze/keyword_data/`

use crate::{
    State,
    domain::{TrendKind, Windows},
    queries::elastic::search_keyword,
    serializers::{KeywordDataParams, KeywordDataResponse},
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, ReadResponses},
    http::Query,
    keywords::count_keywords,
    search::Tags,
};

/// The number of words of a word map.
const MAX_WORDS: usize = 6;

/// Returns a keyword's trend, word map and videos.
///
/// (키워드의 추이, 연관 키워드, 영상)
#[utoipa::path(
    get,
    path = "/api/channel_analyze/keyword_data/",
    tag = "trends",
    params(KeywordDataParams),
    responses(
        (status = 200, description = "The keyword; its lists are empty if no video matches", body = KeywordDataResponse),
        (status = 400, description = "A parameter is missing or invalid", body = FieldProblem),
        ReadResponses,
    )
)]
pub(crate) async fn keyword_data(
    state: Data<State>,
    Query(params): Query<KeywordDataParams>,
) -> Result<CachedResponse, Error> {
    let (kind, keyword) = params.validate()?;
    let key = format!("{kind:?} {keyword}");
    state.clone().search_cache.get(key, move || load(state, kind, keyword)).await
}

async fn load(
    state: Data<State>,
    kind: TrendKind,
    keyword: String,
) -> Result<KeywordDataResponse, Error> {
    let windows = Windows::new(kind, Utc::now());
    let hits = search_keyword(&state.search, kind, &keyword, windows).await?;
    let tags = hits.newest.iter().map(Tags::keywords);
    let related = count_keywords(tags, |_| true, MAX_WORDS);
    Ok(KeywordDataResponse::new(kind, keyword, hits, related))
}
