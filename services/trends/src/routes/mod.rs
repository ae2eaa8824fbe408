//! Routes and their OpenAPI document.

mod keyword_data;
mod keyword_lists;
mod top_keywords;

use actix_web::web::ServiceConfig;
use common::http::{filters::LengthFilter, resource};
use keyword_data::keyword_data;
use keyword_lists::{large_keywords, rising_keywords};
use top_keywords::channel_analyze;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "CreateTrend: trends",
        description = "Keywords of popular videos and of new videos."
    ),
    paths(
        top_keywords::channel_analyze,
        keyword_data::keyword_data,
        keyword_lists::rising_keywords,
        keyword_lists::large_keywords
    ),
    components(schemas(LengthFilter)),
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
    let rising = resource("/api/trends/rising/");
    let large = resource("/api/trends/large/");
    config
        .service(rising.get(rising_keywords).head(rising_keywords))
        .service(large.get(large_keywords).head(large_keywords))
        .service(top.get(channel_analyze).head(channel_analyze))
        .service(keyword.get(keyword_data).head(keyword_data));
}
