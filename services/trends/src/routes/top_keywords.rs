//! `channel_analyze/`

use crate::{
    State,
    domain::{TrendKind, Windows},
    queries::elastic::search_top_samples,
    settings::Exclusions,
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::ReadResponses,
    keywords::{KeywordCount, count_keywords},
    search::Tags,
    serializers::KeywordList,
};
use std::collections::HashSet;

/// The number of keywords of each list.
const MAX_KEYWORDS: usize = 10;

/// Returns the ten most frequent keywords of popular and of new videos.
///
/// 인기 counts the keywords of the most popular videos of the last seven days, 영상화
/// those of the newest. (최근 7일의 인기 키워드 10개와 영상화 키워드 10개)
#[utoipa::path(
    get,
    path = "/api/channel_analyze/",
    tag = "trends",
    responses(
        (status = 200, description = "The two lists", body = Vec<KeywordList>),
        ReadResponses,
    )
)]
pub(crate) async fn channel_analyze(state: Data<State>) -> Result<CachedResponse, Error> {
    let key = "top".to_owned();
    state.clone().search_cache.get(key, || load(state)).await
}

async fn load(state: Data<State>) -> Result<[KeywordList; 2], Error> {
    let windows = Windows::new(TrendKind::Popular, Utc::now());
    let samples = search_top_samples(&state.search, &state.settings, windows).await?;
    Ok([
        KeywordList::new("인기", count(&samples.popular, &state.settings.popular)),
        KeywordList::new("영상화", count(&samples.recent, &state.settings.recent)),
    ])
}

fn count(sample: &[Tags], exclusions: &Exclusions) -> Vec<KeywordCount> {
    let stop: HashSet<&str> = exclusions.stop_keywords.0.iter().map(String::as_str).collect();
    let tags = sample.iter().map(Tags::keywords);
    count_keywords(tags, |keyword| !stop.contains(keyword), MAX_KEYWORDS)
}
