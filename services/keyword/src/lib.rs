//! A keyword's trends, related keywords and videos.
//!
//! | route | response |
//! |---|---|
//! | GET `/api/keyword_search/` | a keyword's videos, word map, trends and related keywords |
//! | GET `/api/keywords/score/` | a keyword's score and its parts |
//! | GET `/api/keywords/history/` | uses of up to five keywords by day or week |
//! | GET `/api/keywords/related/` | keywords that are used together more often than by chance |
//! | GET `/api/keywords/outliers/` | videos with the keyword that have far more views than their channel's others |
//! | GET `/api/keywords/suggest/` | keywords for an incomplete one |
//!
//! Keyword search and suggestions read Elasticsearch, score and history read PostgreSQL, and
//! related keywords and outliers read both.

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
    /// The index of suggested keywords.
    keyword_index: SearchClient,
    pool: Pool,
    // One cache for each combination of data sources: a cache treats a failed computation as an
    // outage of all its entries, and a new version of any of its sources expires them.
    search_cache: ResponseCache,
    suggestion_cache: ResponseCache,
    postgres_cache: ResponseCache,
    /// Responses from Elasticsearch and PostgreSQL.
    combined_cache: ResponseCache,
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<()>(include_str!("../defaults.toml"), routes::openapi, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let search = SearchClient::new(&settings.common.elasticsearch)?;
    let cache = &settings.common.cache;
    let pool = Pool::new(&settings.common.postgres)?;
    let keyword_index = search.for_keyword_index();
    let new_cache = |sources| ResponseCache::new(cache, DataVersion::new(cache, sources));
    let search_cache = new_cache(vec![search.version_source()]);
    let suggestion_cache = new_cache(vec![keyword_index.version_source()]);
    let postgres_cache = new_cache(vec![pool.version_source()]);
    let combined_cache = new_cache(vec![search.version_source(), pool.version_source()]);
    let dependencies = vec![search.dependency(), pool.dependency().optional()];
    let state = Data::new(State {
        search,
        keyword_index,
        pool,
        search_cache,
        suggestion_cache,
        postgres_cache,
        combined_cache,
    });
    let routes = move |config: &mut ServiceConfig| {
        config.app_data(state.clone()).configure(routes::configure);
    };
    Ok(ServiceParts::new(routes, dependencies))
}
