//! `channel_analyze/`

use crate::{
    State,
    domain::{Kind, Windows},
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

/// How many keywords each list has.
const TOP: usize = 10;

/// The ten top keywords of both kinds.
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
    state.clone().responses.get(key, || top_keywords(state)).await
}

async fn top_keywords(state: Data<State>) -> Result<[KeywordList; 2], Error> {
    let windows = Windows::new(Kind::Popular, Utc::now());
    let samples = search_top_samples(&state.search, &state.settings, windows).await?;
    Ok([
        KeywordList::new("인기", top(&samples.popular, &state.settings.popular)),
        KeywordList::new("영상화", top(&samples.made, &state.settings.made)),
    ])
}

fn top(sample: &[Tags], exclusions: &Exclusions) -> Vec<KeywordCount> {
    let stop: HashSet<&str> = exclusions.stop_keywords.0.iter().map(String::as_str).collect();
    let tags = sample.iter().map(Tags::keywords);
    count_keywords(tags, |keyword| !stop.contains(keyword), TOP)
}
