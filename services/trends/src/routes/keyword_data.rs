//! `channel_analyze/keyword_data/`

use crate::{
    State,
    domain::{Kind, Windows},
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

/// How many words a word map has.
const WORDS: usize = 6;

/// One keyword: its line, its word map and its videos.
///
/// (키워드의 추이, 연관 키워드, 영상)
#[utoipa::path(
    get,
    path = "/api/channel_analyze/keyword_data/",
    tag = "trends",
    params(KeywordDataParams),
    responses(
        (status = 200, description = "The keyword; lists are empty where nothing matches", body = KeywordDataResponse),
        (status = 400, description = "A parameter is missing or cannot be used", body = FieldProblem),
        ReadResponses,
    )
)]
pub(crate) async fn keyword_data(
    state: Data<State>,
    Query(params): Query<KeywordDataParams>,
) -> Result<CachedResponse, Error> {
    let (kind, keyword) = params.validate()?;
    let key = format!("{kind:?} {keyword}");
    state.clone().responses.get(key, move || describe(state, kind, keyword)).await
}

async fn describe(
    state: Data<State>,
    kind: Kind,
    keyword: String,
) -> Result<KeywordDataResponse, Error> {
    let windows = Windows::new(kind, Utc::now());
    let hits = search_keyword(&state.search, kind, &keyword, windows).await?;
    let tags = hits.newest.iter().map(Tags::keywords);
    let neighbours = count_keywords(tags, |_| true, WORDS);
    Ok(KeywordDataResponse::new(kind, keyword, hits, neighbours))
}
