//! `video_detail/{idx}/`

use crate::{
    State,
    queries::postgres::{Averages, find_averages, find_video},
    serializers::detail::VideoDetailResponse,
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    db::Connection,
    error::{Problem, ReadResponses},
    http::Idx,
    time::days_ago,
};
use std::rc::Rc;
use tokio::try_join;

/// The averages are over this many days and today.
const AVERAGE_DAYS: u64 = 14;

/// Returns a video with its views, likes, keywords and channel.
///
/// The averages are over all videos of the last 14 days.
/// (영상의 조회수 추이, 좋아요, 키워드, 채널과 최근 14일 전체 영상의 평균)
#[utoipa::path(
    get,
    path = "/api/video_detail/{idx}/",
    tag = "video",
    params(("idx" = i32, Path, description = "Database id of the video", minimum = 0, example = 17)),
    responses(
        (status = 200, description = "The video", body = VideoDetailResponse),
        (status = 404, description = "No such video", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn video_detail(
    state: Data<State>,
    Idx(idx): Idx,
) -> Result<CachedResponse, Error> {
    state.clone().response_cache.get(idx.to_string(), move || load(state, idx)).await
}

async fn load(state: Data<State>, idx: i32) -> Result<VideoDetailResponse, Error> {
    // One connection per request, so that none is held while waiting for another. It is shared
    // with the renewal of the averages, which continues after the response.
    let connection = Rc::new(state.pool.get().await?);
    let video = async { Ok(find_video(&connection, idx).await?) };
    let (video, averages) = try_join!(video, recent_averages(&state, connection.clone()))?;
    let rows = video.ok_or_else(Error::not_found)?;
    Ok(VideoDetailResponse::new(rows, averages))
}

/// The averages, equal for all videos: they are cached separately, with a longer time to
/// live.
async fn recent_averages(state: &State, connection: Rc<Connection>) -> Result<Averages, Error> {
    let compute = move || async move {
        let now = Utc::now();
        Ok(find_averages(&connection, days_ago(now, AVERAGE_DAYS), now).await?)
    };
    Ok(state.averages_cache.get("recent".to_owned(), compute).await?.value)
}
