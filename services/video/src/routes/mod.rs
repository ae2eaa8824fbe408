//! The routes, and their part of the OpenAPI document.

mod video_detail;

use actix_web::web::ServiceConfig;
use common::http::get_by_idx;
use utoipa::OpenApi;

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
    config.service(get_by_idx("/api/video_detail/", video_detail::video_detail));
}
