//! The routes, and their part of the OpenAPI document.

mod video_detail;

use actix_web::web::ServiceConfig;
use common::http::resource;
use utoipa::OpenApi;
use video_detail::video_detail;

#[derive(OpenApi)]
#[openapi(
    info(title = "CreateTrend: video", description = "How a video does."),
    paths(video_detail::video_detail),
    tags((name = "video", description = "How a video does (영상)"))
)]
struct Document;

/// The service's part of the OpenAPI document.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let detail = resource("/api/video_detail/{idx}/");
    config.service(detail.get(video_detail).head(video_detail));
}
