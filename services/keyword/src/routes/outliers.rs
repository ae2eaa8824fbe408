//! `keywords/outliers/`

use crate::{
    State,
    domain::has_keyword,
    queries::{elastic::search_tagged, postgres::list_spellings},
    serializers::{KeywordOutliersParams, KeywordOutliersResponse},
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, ReadResponses},
    http::{ListFormat, Query},
    queries::outliers::{OutlierFilter, list_outlier_ids, list_outliers},
    serializers::OutlierParams,
};

/// Lists videos with a keyword that have at least twice the views that their channel's earlier videos
/// had at the same age.
///
/// Only the newest 1,000 videos with the keyword are compared.
/// (이 키워드로 평소보다 잘된 영상: 업로드 후 같은 시점의 채널 중앙값보다 조회수가 2배 이상인 영상)
#[utoipa::path(
    get,
    path = "/api/keywords/outliers/",
    tag = "keyword",
    params(KeywordOutliersParams, OutlierParams),
    responses(
        (status = 200, description = "The videos", content(
            (KeywordOutliersResponse = "application/json"), (String = "text/csv")
        )),
        (status = 400, description = "A parameter is missing or invalid", body = FieldProblem),
        ReadResponses,
    )
)]
pub(crate) async fn keyword_outliers(
    state: Data<State>,
    format: ListFormat,
    Query(params): Query<KeywordOutliersParams>,
    Query(outliers): Query<OutlierParams>,
) -> Result<CachedResponse, Error> {
    let ((keyword, key), filter) = params.validate(outliers)?;
    let cache_key = format!("outliers {filter:?} {keyword}");
    let cache = state.combined_cache.clone();
    cache.get_list(format, cache_key, move || load(state, (keyword, key), filter)).await
}

async fn load(
    state: Data<State>,
    (keyword, key): (String, String),
    filter: OutlierFilter,
) -> Result<KeywordOutliersResponse, Error> {
    let now = Utc::now();
    let from = filter.uploaded_since(now);
    let connection = &*state.pool.get().await?;
    let spellings = list_spellings(connection, &keyword, &key).await?;
    let tagged = search_tagged(&state.search, &spellings, from, now).await?;
    let videos: Vec<i32> =
        tagged.iter().filter(|video| has_keyword(video, &key)).map(|video| video.idx).collect();
    let compared = videos.len();
    let filter = OutlierFilter { videos: Some(videos), ..filter };
    let ids = list_outlier_ids(connection, &filter, now).await?;
    let outliers = list_outliers(connection, &ids).await?;
    Ok(KeywordOutliersResponse::new(keyword, (filter.days, from), compared, outliers))
}
