//! `views_predict/`

use crate::{
    State,
    concurrency_limit::PredictionPermit,
    serializers::{PredictRequest, PredictResponse, invalid_thumbnail},
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    error::{BodyProblem, Problem, WriteResponses},
    http::Json,
    time::seoul_day,
};
use thumbnail::{ThumbnailSource, decode, shrink};
use tokio::task::spawn_blocking;

/// Predicts the views of a planned video on each of the next 31 days.
///
/// Sends a request to an AI server and waits up to 100 seconds for the reply. The included AI
/// server adds an 80 % interval and the factors of the prediction. (예상 조회수)
#[utoipa::path(
    post,
    path = "/api/views_predict/",
    tag = "predict",
    request_body = PredictRequest,
    responses(
        (status = 200, description = "The prediction", body = PredictResponse),
        (status = 400, description = "A field is invalid", body = BodyProblem),
        (status = 502, description = "The AI server returned an invalid response", body = Problem),
        WriteResponses,
    )
)]
pub(crate) async fn views_predict(
    state: Data<State>,
    permit: PredictionPermit,
    Json(body): Json<PredictRequest>,
) -> Result<Json<PredictResponse>, Error> {
    let mut video = body.validate(seoul_day(Utc::now()))?;
    if let ThumbnailSource::Inline(bytes) = video.thumbnail {
        let data_url = std::mem::take(&mut video.prediction.job.thumbnail_url);
        video.prediction.job.thumbnail_url = prepare_thumbnail(&state, data_url, bytes).await?;
    }
    let prediction = state.ai_server.request_prediction(video.prediction, permit).await?;
    let response = PredictResponse::new(seoul_day(Utc::now()), prediction);
    Ok(Json(response))
}

/// Decodes the thumbnail of a data URL and returns the data URL to send: unchanged, or of a
/// smaller image if it is too long for RabbitMQ.
async fn prepare_thumbnail(
    state: &State,
    data_url: String,
    bytes: Vec<u8>,
) -> Result<String, Error> {
    let limit = state.max_image_bytes;
    let unchanged = Some(data_url).filter(|text| text.len() <= limit);
    let _permit = state.decoding.acquire().await.map_err(Error::internal)?;
    let decoding = spawn_blocking(move || match unchanged {
        Some(data_url) => decode(&bytes).map(|_| data_url),
        None => shrink(&bytes, limit),
    });
    decoding.await.map_err(Error::internal)?.map_err(|reason| invalid_thumbnail(&reason))
}
