//! Which channels there are, and how one does.
//!
//! | route | answers |
//! |---|---|
//! | GET `/api/youtuber_search/channel_list/` | channels by size, or by a part of their name, in pages |
//! | GET `/api/youtuber_search/channel_list/<idx>/` | one channel: its videos, keywords and subscribers |
//! | GET `/api/youtuber_search/channel_period_data/<idx>/` | its videos and keywords of a period, or its latest subscribers |
//!
//! Everything comes from PostgreSQL, in two round trips a request at most.

mod domain;
#[cfg(test)]
mod fuzz_corpus;
mod links;
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

/// What a handler needs.
struct State {
    pool: Pool,
    responses: ResponseCache,
    /// How many channels there are.
    counts: ValueCache<i64>,
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service { defaults: include_str!("../defaults.toml"), openapi: routes::openapi, start }
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let pool = Pool::new(&settings.common.postgres)?;
    let own: ChannelSettings = settings.own()?;
    let cache = &settings.common.cache;
    let version = DataVersion::new(cache, vec![pool.version_source()]);
    let responses = ResponseCache::new(cache, version.clone());
    let counts = ValueCache::new(&own.counts(cache), version, |_| size_of::<i64>());
    let dependencies = vec![pool.dependency()];
    let state = Data::new(State { pool, responses, counts });
    let routes = move |config: &mut ServiceConfig| {
        config.app_data(state.clone()).configure(routes::configure);
    };
    Ok(ServiceParts::new(routes, dependencies))
}
