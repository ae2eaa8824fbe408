//! Routes and their OpenAPI document.

mod forecast;
mod video_detail;

use actix_web::web::ServiceConfig;
use common::http::{no_store, resource};
use forecast::{forecast, video_forecast};
use utoipa::OpenApi;
use video_detail::video_detail;

#[derive(OpenApi)]
#[openapi(
    info(title = "CreateTrend: video", description = "Video statistics and forecasts."),
    paths(video_detail::video_detail, forecast::forecast, forecast::video_forecast),
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
    let forecasts = resource("/api/videos/forecast/").wrap(no_store());
    let stored = resource("/api/videos/{idx}/forecast/");
    config
        .service(detail.get(video_detail).head(video_detail))
        .service(forecasts.post(forecast))
        .service(stored.get(video_forecast).head(video_forecast));
}
