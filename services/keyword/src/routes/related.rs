//! `keywords/related/`

use crate::{
    State,
    domain::{Cooccurrences, KeywordFrequency, rank_related},
    queries::{
        elastic::search_related,
        postgres::{FrequencyRow, find_video_count, list_frequencies},
    },
    serializers::{RelatedParams, RelatedResponse},
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, ReadResponses},
    http::{ListFormat, Query},
    time::{days_ago, seoul_day},
};
use futures_util::try_join;

/// Lists keywords that are used together with a keyword more often than by chance.
///
/// Words that are common everywhere rank last. (함께 쓰이는 비율이 특히 높은 연관 키워드)
#[utoipa::path(
    get,
    path = "/api/keywords/related/",
    tag = "keyword",
    params(RelatedParams),
    responses(
        (status = 200, description = "The related keywords", content(
            (RelatedResponse = "application/json"), (String = "text/csv")
        )),
        (status = 400, description = "A parameter is missing or invalid", body = FieldProblem),
        ReadResponses,
    )
)]
pub(crate) async fn related_keywords(
    state: Data<State>,
    format: ListFormat,
    Query(params): Query<RelatedParams>,
) -> Result<CachedResponse, Error> {
    let ((keyword, key), days) = params.validate()?;
    let cache_key = format!("related {days} {keyword}");
    let cache = state.combined_cache.clone();
    cache.get_list(format, cache_key, move || load(state, keyword, key, days)).await
}

async fn load(
    state: Data<State>,
    keyword: String,
    key: String,
    days: i16,
) -> Result<RelatedResponse, Error> {
    let now = Utc::now();
    let from = days_ago(now, days.unsigned_abs().into());
    let videos = search_related(&state.search, &keyword, from, now).await?;
    let counted = Cooccurrences::count(&key, &videos);
    let connection = &*state.pool.get().await?;
    let keys = counted.keys();
    let (rows, all_videos) = try_join!(
        list_frequencies(connection, &keys, seoul_day(from)),
        find_video_count(connection, days),
    )?;
    let frequencies = rows.into_iter().map(KeywordFrequency::from).collect();
    let related = rank_related(&counted, frequencies, all_videos.unwrap_or(0).into());
    Ok(RelatedResponse::new(keyword, days, counted.videos, related))
}

impl From<FrequencyRow> for KeywordFrequency {
    fn from(row: FrequencyRow) -> Self {
        Self { key: row.key, name: row.name, videos: row.videos }
    }
}
