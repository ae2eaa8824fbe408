//! Routes and their OpenAPI document.

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
        description = "A keyword's trends, related keywords and videos."
    ),
    paths(keyword_search::keyword_search),
    // utoipa does not collect the schemas of a tuple.
    components(schemas(GrowingVideo, FoundVideo)),
    tags((name = "keyword", description = "Keyword search (키워드 검색)"))
)]
struct Document;

/// The OpenAPI document of the service.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let search = resource("/api/keyword_search/");
    config.service(search.get(keyword_search).head(keyword_search));
}
