//! Video statistics.
//!
//! | route | response |
//! |---|---|
//! | GET `/api/video_detail/{idx}/` | a video with its views, likes, keywords and channel |
//!
//! All data is from PostgreSQL, in one round trip per request.

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
use queries::postgres::Averages;
use settings::VideoSettings;

/// State of the handlers.
struct State {
    pool: Pool,
    responses: ResponseCache,
    averages: ValueCache<Averages>,
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<VideoSettings>(include_str!("../defaults.toml"), routes::openapi, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let own: VideoSettings = settings.own()?;
    let pool = Pool::new(&settings.common.postgres)?;
    let cache = &settings.common.cache;
    let version = DataVersion::new(cache, vec![pool.version_source()]);
    let responses = ResponseCache::new(cache, version.clone());
    let averages = ValueCache::new(&own.averages(cache), version, |_| size_of::<Averages>());
    let dependencies = vec![pool.dependency()];
    let state = Data::new(State { pool, responses, averages });
    let routes = move |config: &mut ServiceConfig| {
        config.app_data(state.clone()).configure(routes::configure);
    };
    Ok(ServiceParts::new(routes, dependencies))
}
