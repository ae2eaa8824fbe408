//! Keywords of popular videos and of new videos.
//!
//! | route | response |
//! |---|---|
//! | GET `/api/channel_analyze/` | the ten most frequent keywords of popular and of new videos |
//! | GET `/api/channel_analyze/keyword_data/` | a keyword's trend, word map and videos |
//!
//! All data is from Elasticsearch, in one round trip per request.

mod domain;
mod queries;
mod routes;
mod serializers;
mod settings;

use actix_web::web::{Data, ServiceConfig};
use common::{
    Service,
    cache::{DataVersion, ResponseCache},
    http::{ServiceParts, StartError},
    search::SearchClient,
    settings::Settings,
};
use settings::TrendsSettings;

/// State of the handlers.
struct State {
    search: SearchClient,
    responses: ResponseCache,
    settings: TrendsSettings,
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<TrendsSettings>(include_str!("../defaults.toml"), routes::openapi, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let search = SearchClient::new(&settings.common.elasticsearch)?;
    let cache = &settings.common.cache;
    let version = DataVersion::new(cache, vec![search.version_source()]);
    let responses = ResponseCache::new(cache, version);
    let dependencies = vec![search.dependency()];
    let state = Data::new(State { search, responses, settings: settings.own()? });
    let routes = move |config: &mut ServiceConfig| {
        config.app_data(state.clone()).configure(routes::configure);
    };
    Ok(ServiceParts::new(routes, dependencies))
}
