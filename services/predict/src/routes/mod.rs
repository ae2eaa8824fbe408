//! Routes and their OpenAPI document.

mod recommendation;
mod views_predict;

use actix_web::web::ServiceConfig;
use common::http::{Deadline, no_store, resource};
use recommendation::{advanced_recommendation, simple_recommendation};
use std::time::Duration;
use utoipa::OpenApi;
use views_predict::views_predict;

/// The time of a prediction except the wait for the reply: to read the body, decode the
/// thumbnail, and declare and delete queues.
const PROCESSING_TIME: Duration = Duration::from_secs(8);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "CreateTrend: predict",
        description = "View predictions for planned videos, and recommended videos."
    ),
    paths(
        views_predict::views_predict,
        recommendation::simple_recommendation,
        recommendation::advanced_recommendation,
    ),
    tags((name = "predict", description = "Planned videos (조회수 예측, 추천)"))
)]
struct Document;

/// The OpenAPI document of the service.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds the routes; `reply_timeout` is the timeout of an AI server's reply.
pub(crate) fn configure(config: &mut ServiceConfig, reply_timeout: Duration) {
    let predict = resource("/api/views_predict/").wrap(no_store());
    let deadline = Deadline(reply_timeout + PROCESSING_TIME);
    let simple = resource("/api/views_predict/simple_recommendation/");
    let advanced = resource("/api/views_predict/advanced_recommendation/");
    config
        .service(predict.app_data(deadline).post(views_predict))
        .service(simple.get(simple_recommendation).head(simple_recommendation))
        .service(advanced.get(advanced_recommendation).head(advanced_recommendation));
}
