//! Routes and their OpenAPI document.

mod video_detail;

use actix_web::web::ServiceConfig;
use common::http::resource;
use utoipa::OpenApi;
use video_detail::video_detail;

#[derive(OpenApi)]
#[openapi(
    info(title = "CreateTrend: video", description = "Video statistics."),
    paths(video_detail::video_detail),
    tags((name = "video", description = "Video statistics (영상)"))
)]
struct Document;

/// The OpenAPI document of the service.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let detail = resource("/api/video_detail/{idx}/");
    config.service(detail.get(video_detail).head(video_detail));
}
