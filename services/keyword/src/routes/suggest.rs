//! `keywords/suggest/`

use crate::{
    State,
    serializers::{SuggestParams, SuggestResponse},
};
use actix_web::web::Data;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, ReadResponses},
    http::{ListFormat, Query},
};

/// Suggests keywords as the user types.
///
/// Matches incomplete syllables, initial consonants (ㅁㅂ for 먹방), the wrong layout of the keyboard
/// (ajrqkd, ㅠㅅㄴ for bts) and one typo (먹빵). (입력 중 키워드 추천)
#[utoipa::path(
    get,
    path = "/api/keywords/suggest/",
    tag = "keyword",
    params(SuggestParams),
    responses(
        (status = 200, description = "The suggestions", content(
            (SuggestResponse = "application/json"), (String = "text/csv")
        )),
        (status = 400, description = "A parameter is missing or invalid", body = FieldProblem),
        ReadResponses,
    )
)]
pub(crate) async fn suggest_keywords(
    state: Data<State>,
    format: ListFormat,
    Query(params): Query<SuggestParams>,
) -> Result<CachedResponse, Error> {
    let (typed, limit) = params.validate()?;
    let cache = state.suggestion_cache.clone();
    let key = format!("{limit} {}", typed.cache_key());
    let load = async move || {
        let suggestions = state.keyword_index.suggest(&typed, limit).await?;
        Ok(SuggestResponse::from(suggestions))
    };
    cache.get_list(format, key, load).await
}
