//! `status/freshness/`

use crate::{
    State,
    queries::freshness::{
        count_tracked_videos, list_data_sources, list_failing_sources, list_quota,
        list_source_kinds,
    },
    serializers::{FreshnessResponse, FreshnessRows},
};
use actix_web::web::Data;
use common::{Error, cache::CachedResponse, error::ReadResponses};
use futures_util::future::try_join5;

/// Returns when the newest observations were made, by source, and the state of the collection.
///
/// (데이터의 최신 시각과 수집 상태)
#[utoipa::path(
    get,
    path = "/api/status/freshness/",
    tag = "channel",
    responses(
        (status = 200, description = "The freshness of the data", body = FreshnessResponse),
        ReadResponses,
    )
)]
pub(crate) async fn freshness(state: Data<State>) -> Result<CachedResponse, Error> {
    let cache = &state.clone().response_cache;
    cache.get("freshness".to_owned(), move || load(state)).await
}

async fn load(state: Data<State>) -> Result<FreshnessResponse, Error> {
    let connection = &*state.pool.get().await?;
    let (sources, kinds, failing, videos, quota) = try_join5(
        list_data_sources(connection),
        list_source_kinds(connection),
        list_failing_sources(connection),
        count_tracked_videos(connection),
        list_quota(connection),
    )
    .await?;
    Ok(FreshnessRows { sources, kinds, failing, videos, quota }.into())
}
