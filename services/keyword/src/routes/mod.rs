//! The routes, and their part of the OpenAPI document.

mod keyword_search;

use crate::serializers::{FoundVideo, GrowingVideo};
use actix_web::web::ServiceConfig;
use common::http::resource;
use keyword_search::keyword_search;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "CreateTrend: keyword",
        description = "What surrounds a keyword and how it moves."
    ),
    paths(keyword_search::keyword_search),
    // What stands in a tuple is not found by itself.
    components(schemas(GrowingVideo, FoundVideo)),
    tags((name = "keyword", description = "One keyword, searched for (키워드 검색)"))
)]
struct Document;

/// The service's part of the OpenAPI document.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let search = resource("/api/keyword_search/");
    config.service(search.get(keyword_search).head(keyword_search));
}
