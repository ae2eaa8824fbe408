//! A keyword's trends, related keywords and videos.
//!
//! | route | response |
//! |---|---|
//! | GET `/api/keyword_search/` | a keyword's videos, word map, trends and related keywords |
//!
//! All data is from Elasticsearch, in one round trip per request.

mod domain;
mod queries;
mod routes;
mod serializers;

use actix_web::web::{Data, ServiceConfig};
use common::{
    Service,
    cache::{DataVersion, ResponseCache},
    http::{ServiceParts, StartError},
    search::SearchClient,
    settings::Settings,
};

/// State of the handlers.
struct State {
    search: SearchClient,
    responses: ResponseCache,
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<()>(include_str!("../defaults.toml"), routes::openapi, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let search = SearchClient::new(&settings.common.elasticsearch)?;
    let cache = &settings.common.cache;
    let version = DataVersion::new(cache, vec![search.version_source()]);
    let responses = ResponseCache::new(cache, version);
    let dependencies = vec![search.dependency()];
    let state = Data::new(State { search, responses });
    let routes = move |config: &mut ServiceConfig| {
        config.app_data(state.clone()).configure(routes::configure);
    };
    Ok(ServiceParts::new(routes, dependencies))
}
