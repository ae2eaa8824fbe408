//! The routes, and their part of the OpenAPI document.

mod recommendation;
mod views_predict;

use actix_web::{http::Method, web::ServiceConfig};
use common::http::{get, no_store_within, on};
use std::time::Duration;
use utoipa::OpenApi;

/// What a prediction may take beside the wait for an AI server: reading the body, decoding
/// the picture, making and removing queues.
const BESIDE_WAITING: Duration = Duration::from_secs(8);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "CreateTrend: predict",
        description = "How many views a planned video will get, and which videos to learn from."
    ),
    paths(
        views_predict::views_predict,
        recommendation::simple_recommendation,
        recommendation::advanced_recommendation,
    ),
    tags((name = "predict", description = "Planned videos (조회수 예측, 추천)"))
)]
struct Document;

/// The service's part of the OpenAPI document.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds the routes; an AI server may take as long as `wait`.
pub(crate) fn configure(config: &mut ServiceConfig, wait: Duration) {
    let post = [on(Method::POST, views_predict::views_predict)];
    let limit = wait + BESIDE_WAITING;
    let (simple, advanced) =
        (recommendation::simple_recommendation, recommendation::advanced_recommendation);
    config
        .service(no_store_within(limit, "/api/views_predict/", &post))
        .service(get("/api/views_predict/simple_recommendation/", simple))
        .service(get("/api/views_predict/advanced_recommendation/", advanced));
}
