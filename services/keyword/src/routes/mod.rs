//! Routes and their OpenAPI document.

mod history;
mod keyword_search;
mod outliers;
mod related;
mod score;
mod suggest;

use crate::serializers::{FoundVideo, GrowingVideo};
use actix_web::web::ServiceConfig;
use common::http::resource;
use history::keyword_history;
use keyword_search::keyword_search;
use outliers::keyword_outliers;
use related::related_keywords;
use score::keyword_score;
use suggest::suggest_keywords;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "CreateTrend: keyword",
        description = "A keyword's trends, related keywords and videos."
    ),
    paths(
        keyword_search::keyword_search,
        score::keyword_score,
        history::keyword_history,
        related::related_keywords,
        outliers::keyword_outliers,
        suggest::suggest_keywords
    ),
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
    let score = resource("/api/keywords/score/");
    let history = resource("/api/keywords/history/");
    let related = resource("/api/keywords/related/");
    let outliers = resource("/api/keywords/outliers/");
    let suggest = resource("/api/keywords/suggest/");
    config
        .service(search.get(keyword_search).head(keyword_search))
        .service(score.get(keyword_score).head(keyword_score))
        .service(history.get(keyword_history).head(keyword_history))
        .service(related.get(related_keywords).head(related_keywords))
        .service(outliers.get(keyword_outliers).head(keyword_outliers))
        .service(suggest.get(suggest_keywords).head(suggest_keywords));
}
