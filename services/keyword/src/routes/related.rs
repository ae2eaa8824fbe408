//! `keywords/related/`

use crate::{
    State,
    domain::{Cooccurrences, KeywordFrequency, rank_related},
    queries::{
        elastic::search_tagged,
        postgres::{FrequencyRow, find_video_count, list_frequencies, list_spellings},
    },
    serializers::{RelatedParams, RelatedResponse},
};
use actix_web::web::Data;
use chrono::{DateTime, Utc};
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
    let connection = &*state.pool.get().await?;
    let spellings = list_spellings(connection, &keyword, &key).await?;
    let videos = search_tagged(&state.search, &spellings, from, now).await?;
    let counted = Cooccurrences::count(&key, &videos);
    let keys = counted.keys();
    let (rows, all_videos) = try_join!(
        list_frequencies(connection, &keys, seoul_day(from)),
        find_video_count(connection, days),
    )?;
    let frequencies = rows.into_iter().map(KeywordFrequency::from).collect();
    let all_videos = videos_since(from, now, days, all_videos.unwrap_or(0));
    let related = rank_related(&counted, frequencies, all_videos);
    Ok(RelatedResponse::new(keyword, days, counted.videos, related))
}

/// Estimates the number of videos since `from` by that of the last `days` × 24 hours: frequencies of
/// keywords are counted by day.
fn videos_since(from: DateTime<Utc>, now: DateTime<Utc>, days: i16, videos: i32) -> i64 {
    let hours = i64::from(days) * 24;
    i64::from(videos) * (now - from).num_hours().max(hours) / hours
}

impl From<FrequencyRow> for KeywordFrequency {
    fn from(row: FrequencyRow) -> Self {
        Self { key: row.key, name: row.name, videos: row.videos }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_of_videos_is_extended_to_midnight_of_the_first_day() {
        let time = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let from = time("2026-11-13T15:00:00Z");
        assert_eq!(videos_since(from, time("2026-11-20T15:00:00Z"), 7, 700), 700);
        assert_eq!(videos_since(from, time("2026-11-21T03:00:00Z"), 7, 700), 750);
    }
}
