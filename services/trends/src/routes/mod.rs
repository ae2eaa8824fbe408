//! The routes, and their part of the OpenAPI document.

mod keyword_data;
mod top_keywords;

use actix_web::web::ServiceConfig;
use common::http::resource;
use keyword_data::keyword_data;
use top_keywords::channel_analyze;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "CreateTrend: trends",
        description = "Which keywords are popular, and which are being made into videos."
    ),
    paths(top_keywords::channel_analyze, keyword_data::keyword_data),
    tags((name = "trends", description = "Top keywords, and what surrounds one (트렌드)"))
)]
struct Document;

/// The service's part of the OpenAPI document.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let top = resource("/api/channel_analyze/");
    let keyword = resource("/api/channel_analyze/keyword_data/");
    config
        .service(top.get(channel_analyze).head(channel_analyze))
        .service(keyword.get(keyword_data).head(keyword_data));
}
