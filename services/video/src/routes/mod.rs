//! Routes and their OpenAPI document.

mod best_times;
mod chart;
mod forecast;
mod outliers;
mod video_detail;

use actix_web::web::ServiceConfig;
use best_times::best_times;
use chart::chart;
use common::http::{filters::LengthFilter, no_store, resource};
use forecast::{forecast, video_forecast};
use outliers::{outliers, video_outlier};
use utoipa::OpenApi;
use video_detail::video_detail;

#[derive(OpenApi)]
#[openapi(
    info(title = "CreateTrend: video", description = "Video statistics, comparisons, charts and forecasts."),
    paths(
        video_detail::video_detail,
        forecast::forecast,
        forecast::video_forecast,
        outliers::outliers,
        outliers::video_outlier,
        chart::chart,
        best_times::best_times
    ),
    components(schemas(LengthFilter)),
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
    let found = resource("/api/videos/outliers/");
    let compared = resource("/api/videos/{idx}/outlier/");
    let charts = resource("/api/videos/chart/");
    let times = resource("/api/videos/best_times/");
    config
        .service(times.get(best_times).head(best_times))
        .service(found.get(outliers).head(outliers))
        .service(compared.get(video_outlier).head(video_outlier))
        .service(charts.get(chart).head(chart))
        .service(detail.get(video_detail).head(video_detail))
        .service(forecasts.post(forecast))
        .service(stored.get(video_forecast).head(video_forecast));
}
