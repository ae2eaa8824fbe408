//! Routes and their OpenAPI document.

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
        description = "Keywords of popular videos and of new videos."
    ),
    paths(top_keywords::channel_analyze, keyword_data::keyword_data),
    tags((name = "trends", description = "Top keywords, and details of a keyword (트렌드)"))
)]
struct Document;

/// The OpenAPI document of the service.
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
