//! Keywords of popular videos and of new videos.
//!
//! | route | response |
//! |---|---|
//! | GET `/api/channel_analyze/` | the ten most frequent keywords of popular and of new videos |
//! | GET `/api/channel_analyze/keyword_data/` | a keyword's trend, word map and videos |
//! | GET `/api/trends/rising/` | keywords that a larger share of channels uses than before |
//! | GET `/api/trends/large/` | keywords that the most channels use |
//!
//! One round trip per request: the first two read Elasticsearch, the others PostgreSQL.

mod domain;
mod queries;
mod routes;
mod serializers;
mod settings;

use actix_web::web::{Data, ServiceConfig};
use common::{
    Service,
    cache::{DataVersion, ResponseCache},
    db::Pool,
    http::{ServiceParts, StartError},
    search::SearchClient,
    settings::Settings,
};
use settings::TrendsSettings;

/// State of the handlers.
struct State {
    search: SearchClient,
    pool: Pool,
    // Separate caches: an outage of one server does not affect responses from the other.
    search_cache: ResponseCache,
    postgres_cache: ResponseCache,
    settings: TrendsSettings,
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<TrendsSettings>(include_str!("../defaults.toml"), routes::openapi, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let search = SearchClient::new(&settings.common.elasticsearch)?;
    let cache = &settings.common.cache;
    let pool = Pool::new(&settings.common.postgres)?;
    let version = |source| DataVersion::new(cache, vec![source]);
    let search_cache = ResponseCache::new(cache, version(search.version_source()));
    let postgres_cache = ResponseCache::new(cache, version(pool.version_source()));
    let dependencies = vec![search.dependency(), pool.dependency().optional()];
    let settings = settings.service_section()?;
    let state = Data::new(State { search, pool, search_cache, postgres_cache, settings });
    let routes = move |config: &mut ServiceConfig| {
        config.app_data(state.clone()).configure(routes::configure);
    };
    Ok(ServiceParts::new(routes, dependencies))
}
