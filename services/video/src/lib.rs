//! Video statistics.
//!
//! | route | response |
//! |---|---|
//! | GET `/api/video_detail/{idx}/` | a video with its views, likes, keywords and channel |
//! | GET `/api/videos/{idx}/forecast/` | the forecast views of a video of the last 31 days |
//! | POST `/api/videos/forecast/` | the forecast views of any video from its first counts |
//! | GET `/api/videos/outliers/` | videos with far more views than their channel's earlier ones at the same age |
//! | GET `/api/videos/{idx}/outlier/` | a video compared with its channel's earlier ones |
//! | GET `/api/videos/chart/` | the videos that gained the most views in 24 hours |
//! | GET `/api/videos/best_times/` | views by weekday and hour of upload |
//!
//! All data is from PostgreSQL, in at most two round trips per request.

mod domain;
mod queries;
mod routes;
mod serializers;
mod settings;

use actix_web::web::{Data, ServiceConfig};
use common::{
    Service,
    cache::{DataVersion, ResponseCache, ValueCache},
    db::Pool,
    http::{BackgroundTask, ServiceParts, StartError},
    settings::Settings,
};
use forecast::{RELOAD_INTERVAL, ReloadableModel};
use queries::postgres::Averages;
use settings::VideoSettings;
use std::sync::Arc;

/// State of the handlers.
struct State {
    pool: Pool,
    response_cache: ResponseCache,
    averages_cache: ValueCache<Averages>,
    model: Arc<ReloadableModel>,
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<VideoSettings>(include_str!("../defaults.toml"), routes::openapi, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let video_settings: VideoSettings = settings.service_section()?;
    let model = ReloadableModel::load(settings.common.model.file.as_deref())
        .map_err(|error| StartError::Resource(error.to_string()))?;
    let model = Arc::new(model);
    let reloaded = model.clone();
    let pool = Pool::new(&settings.common.postgres)?;
    let cache = &settings.common.cache;
    let version = DataVersion::new(cache, vec![pool.version_source()]);
    let response_cache = ResponseCache::new(cache, version.clone());
    let averages_cache =
        ValueCache::new(&video_settings.averages_cache(cache), version, |_| size_of::<Averages>());
    let dependencies = vec![pool.dependency()];
    let state = Data::new(State { pool, response_cache, averages_cache, model });
    let routes = move |config: &mut ServiceConfig| {
        config.app_data(state.clone()).configure(routes::configure);
    };
    Ok(ServiceParts {
        background_tasks: vec![BackgroundTask::every(RELOAD_INTERVAL, move || reloaded.reload())],
        ..ServiceParts::new(routes, dependencies)
    })
}
