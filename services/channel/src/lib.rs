//! Channel search and channel statistics.
//!
//! | route | response |
//! |---|---|
//! | GET `/api/youtuber_search/channel_list/` | a page of channels by subscribers, optionally filtered by name |
//! | GET `/api/youtuber_search/channel_list/<idx>/` | a channel with its videos, keywords and subscribers |
//! | GET `/api/youtuber_search/channel_period_data/<idx>/` | a channel's videos and keywords of a period, or its latest subscribers |
//! | GET `/api/channels/<idx>/` | a channel as input of predictions |
//! | GET `/api/channels/<idx>/daily/` | a channel's subscribers, views and uploads by day and week |
//! | GET `/api/channels/compare/` | the same of up to five channels |
//! | GET `/api/status/freshness/` | when the newest observations were made, and the state of the collection |
//!
//! All data is from PostgreSQL, in at most two round trips per request.

mod domain;
#[cfg(test)]
mod fuzz_corpus;
mod queries;
mod routes;
mod serializers;
mod settings;

use actix_web::web::{Data, ServiceConfig};
use common::{
    Service,
    cache::{DataVersion, ResponseCache, ValueCache},
    db::Pool,
    http::{ServiceParts, StartError},
    settings::Settings,
};
use settings::ChannelSettings;

/// State of the handlers.
struct State {
    pool: Pool,
    response_cache: ResponseCache,
    /// The number of channels.
    count_cache: ValueCache<i64>,
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<ChannelSettings>(include_str!("../defaults.toml"), routes::openapi, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let pool = Pool::new(&settings.common.postgres)?;
    let channel_settings: ChannelSettings = settings.service_section()?;
    let cache = &settings.common.cache;
    let version = DataVersion::new(cache, vec![pool.version_source()]);
    let response_cache = ResponseCache::new(cache, version.clone());
    let count_cache =
        ValueCache::new(&channel_settings.count_cache(cache), version, |_| size_of::<i64>());
    let dependencies = vec![pool.dependency()];
    let state = Data::new(State { pool, response_cache, count_cache });
    let routes = move |config: &mut ServiceConfig| {
        config.app_data(state.clone()).configure(routes::configure);
    };
    Ok(ServiceParts::new(routes, dependencies))
}
