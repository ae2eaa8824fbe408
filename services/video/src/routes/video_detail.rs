//! `video_detail/{idx}/`

use crate::{
    State,
    queries::postgres::{Averages, find_averages, find_video},
    serializers::VideoDetailResponse,
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

/// The means are over the videos of so many days, and of today.
const AVERAGE_DAYS: u64 = 14;

/// One video: its views and likes, its keywords and its channel.
///
/// Beside its own views and popularity stand the means over all videos of the last 14 days.
/// (영상의 조회수 추이, 좋아요, 키워드, 채널과 최근 14일 전체 영상의 평균)
#[utoipa::path(
    get,
    path = "/api/video_detail/{idx}/",
    tag = "video",
    params(("idx" = i32, Path, description = "The video's number here.", minimum = 0, example = 17)),
    responses(
        (status = 200, description = "The video", body = VideoDetailResponse),
        (status = 404, description = "There is no such video", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn video_detail(
    state: Data<State>,
    Idx(idx): Idx,
) -> Result<CachedResponse, Error> {
    state.clone().responses.get(idx.to_string(), move || describe(state, idx)).await
}

async fn describe(state: Data<State>, idx: i32) -> Result<VideoDetailResponse, Error> {
    // One connection for everything: nobody holds one while waiting for another. It is
    // shared because a renewal of the means goes on after the answer.
    let connection = Rc::new(state.pool.get().await?);
    let video = async { Ok(find_video(&connection, idx).await?) };
    let (found, averages) = try_join!(video, recent_averages(&state, connection.clone()))?;
    let rows = found.ok_or(Error::NotFound("Not found.".into()))?;
    Ok(VideoDetailResponse::new(rows, averages))
}

/// The same for every video, so kept apart from the answers, and for longer.
async fn recent_averages(state: &State, connection: Rc<Connection>) -> Result<Averages, Error> {
    let make = move || async move {
        let now = Utc::now();
        Ok(find_averages(&connection, days_ago(now, AVERAGE_DAYS), now).await?)
    };
    Ok(state.averages.get("recent".to_owned(), make).await?.value)
}
