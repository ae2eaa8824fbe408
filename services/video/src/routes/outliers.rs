//! `videos/outliers/` and `videos/{idx}/outlier/`

use super::forecast::no_such_video;
use crate::{
    State,
    queries::rollup::{find_age_views, find_updated_at},
    serializers::outliers::{OutlierListParams, OutlierListResponse, VideoOutlierResponse},
};
use actix_web::{HttpRequest, web::Data};
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, Problem, ReadResponses},
    http::{
        Idx, ListFormat, PageLinks, Query,
        filters::{ListPage, invalid_page, select_rows},
    },
    queries::outliers::{OutlierFilter, list_outlier_ids, list_outliers},
    serializers::OutlierParams,
};
use tokio::try_join;

/// Lists videos with at least twice the views that their channel's earlier videos had at the same
/// age.
///
/// Shorts and long videos are compared separately.
/// (평소보다 잘된 영상: 업로드 후 같은 시점의 채널 중앙값보다 조회수가 2배 이상인 영상)
#[utoipa::path(
    get,
    path = "/api/videos/outliers/",
    tag = "video",
    params(OutlierParams, OutlierListParams),
    responses(
        (status = 200, description = "The page", content(
            (OutlierListResponse = "application/json"), (String = "text/csv")
        )),
        (status = 400, description = "A parameter is invalid", body = FieldProblem),
        (status = 404, description = "No such page", body = Problem,
            example = json!(invalid_page().example())),
        ReadResponses,
    )
)]
pub(crate) async fn outliers(
    state: Data<State>,
    request: HttpRequest,
    format: ListFormat,
    Query(outliers): Query<OutlierParams>,
    Query(params): Query<OutlierListParams>,
) -> Result<CachedResponse, Error> {
    let (filter, page) = params.validate(outliers)?;
    let links = PageLinks::new(&request);
    let key = links.url(page.number());
    let load = {
        let state = state.clone();
        move || load(state, links, filter, (format, page))
    };
    state.response_cache.get_list(format, key, load).await
}

async fn load(
    state: Data<State>,
    links: PageLinks,
    filter: OutlierFilter,
    (format, page): (ListFormat, ListPage),
) -> Result<OutlierListResponse, Error> {
    let connection = &*state.pool.get().await?;
    let now = Utc::now();
    let (ids, updated_at) =
        try_join!(list_outlier_ids(connection, &filter, now), find_updated_at(connection))?;
    let shown = select_rows(format, page, &ids)?;
    let rows = list_outliers(connection, &shown).await?;
    let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    Ok(OutlierListResponse::new(&filter, (now, updated_at), (&links, page, count), rows))
}

/// Compares a video with the channel's earlier videos at the same age.
///
/// `outlier` is null if fewer than three are known.
/// (업로드 후 같은 시점의 채널 이전 영상과 비교한 조회수)
#[utoipa::path(
    get,
    path = "/api/videos/{idx}/outlier/",
    tag = "video",
    params(("idx" = i32, Path, description = "Database id of the video", minimum = 0, example = 17)),
    responses(
        (status = 200, description = "The comparison", body = VideoOutlierResponse),
        (status = 404, description = "No such video", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn video_outlier(
    state: Data<State>,
    Idx(idx): Idx,
) -> Result<CachedResponse, Error> {
    state.clone().response_cache.get(format!("outlier {idx}"), move || load_one(state, idx)).await
}

async fn load_one(state: Data<State>, idx: i32) -> Result<VideoOutlierResponse, Error> {
    let connection = &*state.pool.get().await?;
    let ids = [idx];
    let (video, mut outliers) =
        try_join!(find_age_views(connection, idx), list_outliers(connection, &ids))?;
    let video = video.ok_or_else(|| no_such_video(idx))?;
    Ok(VideoOutlierResponse::new(video, outliers.pop()))
}
