//! A keyword's trends, related keywords and videos.
//!
//! | route | response |
//! |---|---|
//! | GET `/api/keyword_search/` | a keyword's videos, word map, trends and related keywords |
//! | GET `/api/keywords/score/` | a keyword's score and its parts |
//! | GET `/api/keywords/history/` | uses of up to five keywords by day or week |
//! | GET `/api/keywords/related/` | keywords that are used together more often than by chance |
//! | GET `/api/keywords/suggest/` | keywords for an incomplete one |
//!
//! The first and the last read Elasticsearch, score and history PostgreSQL, and related keywords both.

mod domain;
mod queries;
mod routes;
mod serializers;

use actix_web::web::{Data, ServiceConfig};
use common::{
    Service,
    cache::{DataVersion, ResponseCache},
    db::Pool,
    http::{ServiceParts, StartError},
    search::SearchClient,
    settings::Settings,
};

/// State of the handlers.
struct State {
    search: SearchClient,
    responses: ResponseCache,
    pool: Pool,
    /// Responses from PostgreSQL: an outage of one server does not affect the other's.
    counts: ResponseCache,
    /// The index of suggested keywords, and responses from it.
    keywords: SearchClient,
    suggestions: ResponseCache,
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<()>(include_str!("../defaults.toml"), routes::openapi, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let search = SearchClient::new(&settings.common.elasticsearch)?;
    let cache = &settings.common.cache;
    let pool = Pool::new(&settings.common.postgres)?;
    let version = |source| DataVersion::new(cache, vec![source]);
    let responses = ResponseCache::new(cache, version(search.version_source()));
    let counts = ResponseCache::new(cache, version(pool.version_source()));
    let keywords = search.keyword_index();
    let suggestions = ResponseCache::new(cache, version(keywords.version_source()));
    let dependencies = vec![search.dependency(), pool.dependency().optional()];
    let state = Data::new(State { search, responses, pool, counts, keywords, suggestions });
    let routes = move |config: &mut ServiceConfig| {
        config.app_data(state.clone()).configure(routes::configure);
    };
    Ok(ServiceParts::new(routes, dependencies))
}
