//! `channel_analyze/`

use crate::{
    State,
    domain::{TrendKind, Windows},
    queries::elastic::search_top_samples,
    serializers::{Spellings, TopKeywordsParams},
    settings::Exclusions,
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, ReadResponses},
    http::Query,
    keywords::{KeywordCount, count_keywords, count_merged_keywords, keyword_key},
    search::Tags,
    serializers::KeywordList,
};
use std::collections::HashSet;

/// The number of keywords of each list.
const MAX_KEYWORDS: usize = 10;

/// Returns the ten most frequent keywords of popular and of new videos.
///
/// 인기 counts the keywords of the most popular videos of the last seven days, 영상화
/// those of the newest. By default, spellings such as `BTS` and `bts` are different keywords.
/// (최근 7일의 인기 키워드 10개와 영상화 키워드 10개)
#[utoipa::path(
    get,
    path = "/api/channel_analyze/",
    tag = "trends",
    params(TopKeywordsParams),
    responses(
        (status = 200, description = "The two lists", body = Vec<KeywordList>),
        (status = 400, description = "A parameter is invalid", body = FieldProblem),
        ReadResponses,
    )
)]
pub(crate) async fn channel_analyze(
    state: Data<State>,
    Query(params): Query<TopKeywordsParams>,
) -> Result<CachedResponse, Error> {
    let spellings = params.validate()?;
    let key = format!("top {spellings:?}");
    state.clone().search_cache.get(key, move || load(state, spellings)).await
}

async fn load(state: Data<State>, spellings: Spellings) -> Result<[KeywordList; 2], Error> {
    let windows = Windows::new(TrendKind::Popular, Utc::now());
    let samples = search_top_samples(&state.search, &state.settings, windows).await?;
    Ok([
        KeywordList::new("인기", count(&samples.popular, spellings, &state.settings.popular)),
        KeywordList::new("영상화", count(&samples.recent, spellings, &state.settings.recent)),
    ])
}

fn count(sample: &[Tags], spellings: Spellings, exclusions: &Exclusions) -> Vec<KeywordCount> {
    let stop = exclusions.stop_keywords.0.iter();
    let tags = sample.iter().map(Tags::keywords);
    match spellings {
        Spellings::Separate => {
            let stop: HashSet<&str> = stop.map(String::as_str).collect();
            count_keywords(tags, |keyword| !stop.contains(keyword), MAX_KEYWORDS)
        }
        Spellings::Merged => {
            let stop: HashSet<String> = stop.map(|keyword| keyword_key(keyword)).collect();
            count_merged_keywords(tags, |key| !stop.contains(key), MAX_KEYWORDS)
        }
    }
}
