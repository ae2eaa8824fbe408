//! `videos/forecast/` and `videos/{idx}/forecast/`

use crate::{
    State,
    domain::counts_of,
    queries::postgres::find_counts,
    serializers::forecast::{
        ForecastRequest, ForecastResponse, PublishedVideo, VideoForecastResponse, known_inputs,
        missing_counts,
    },
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{BodyProblem, Problem, ReadResponses, WriteResponses},
    http::{Idx, Json},
};

/// Forecasts the views of a published video to its 31st day from its first counts.
///
/// The counts are compared with the growth of other videos, of channels of similar size and of the
/// same category if these are known; the interval contains eight of ten videos. (공개 후 첫 조회수로 31일째까지의 조회수 예측)
#[utoipa::path(
    post,
    path = "/api/videos/forecast/",
    tag = "video",
    request_body = ForecastRequest,
    responses(
        (status = 200, description = "The forecast", body = ForecastResponse),
        (status = 400, description = "A field is invalid", body = BodyProblem),
        WriteResponses,
    )
)]
pub(crate) async fn forecast(
    state: Data<State>,
    Json(body): Json<ForecastRequest>,
) -> Result<Json<ForecastResponse>, Error> {
    let PublishedVideo { counts, known } = body.validate()?;
    let forecast = state.model.current().forecast_from_counts(&counts, known);
    let forecast = forecast.ok_or_else(|| Error::from(missing_counts()))?;
    Ok(Json(ForecastResponse::new(&forecast)))
}

/// Forecasts the views of a video to its 31st day from its counts.
///
/// `forecast` is null for a video that is older than 31 days or was not counted.
/// (최근 31일 안에 공개된 영상의 조회수 예측)
#[utoipa::path(
    get,
    path = "/api/videos/{idx}/forecast/",
    tag = "video",
    params(("idx" = i32, Path, description = "Database id of the video", minimum = 0, example = 17)),
    responses(
        (status = 200, description = "The forecast", body = VideoForecastResponse),
        (status = 404, description = "No such video", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn video_forecast(
    state: Data<State>,
    Idx(idx): Idx,
) -> Result<CachedResponse, Error> {
    state.clone().response_cache.get(format!("forecast {idx}"), move || load(state, idx)).await
}

/// The error of an unknown video.
pub(super) fn no_such_video(idx: i32) -> Error {
    Error::NotFound(format!("There is no video {idx}.").into())
}

async fn load(state: Data<State>, idx: i32) -> Result<VideoForecastResponse, Error> {
    let connection = state.pool.get().await?;
    let (video, views) = find_counts(&connection, idx).await?.ok_or_else(|| no_such_video(idx))?;
    let counts = counts_of(video.uploaded_at, &views, Utc::now());
    let forecast = state.model.current().forecast_from_counts(&counts, known_inputs(&video));
    Ok(VideoForecastResponse::new(forecast.as_ref()))
}
