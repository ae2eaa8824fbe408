//! The collector: keeps videos and channels current with [`collection`], until shutdown.
//!
//! It has only the routes of every service (`/health/live`, `/health/ready`, `/metrics`).

use collection::{Clock, Collector, CollectorSettings, SimulatorClock};
use common::{
    Service,
    db::Pool,
    http::{BackgroundTask, ServiceParts, StartError},
    settings::Settings,
};
use futures_util::join;
use std::sync::Arc;
use utoipa::openapi::OpenApi;

const DEFAULTS: &str = concat!(
    include_str!("../defaults.toml"),
    "\n",
    include_str!("../../../crates/collection/defaults.toml")
);

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<CollectorSettings>(DEFAULTS, OpenApi::default, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let collector_settings = settings.service_section::<CollectorSettings>()?;
    if collector_settings.key_file.is_none() {
        tracing::info!("no API key (collector.key_file): nothing is collected");
        let pool = Pool::new(&settings.common.postgres)
            .map_err(|error| StartError::Resource(error.to_string()))?;
        return Ok(ServiceParts::new(|_| (), vec![pool.dependency()]));
    }
    let simulator =
        collector_settings.is_simulated.then(|| SimulatorClock::new(&collector_settings.api_url));
    let clock = simulator.as_ref().map_or_else(Clock::system, SimulatorClock::clock);
    let collector = Collector::new(&settings.common, collector_settings, clock)
        .map_err(|error| StartError::Resource(error.to_string()))?;
    let collector = Arc::new(collector);
    let (dependencies, metrics) = (collector.dependencies(), collector.metrics());
    let task = BackgroundTask::new(move |shutdown| async move {
        let Some(simulator) = simulator else { return collector.run(shutdown).await };
        if simulator.wait(&shutdown).await {
            join!(simulator.poll(&shutdown), collector.run(shutdown.clone()));
        }
    });
    Ok(ServiceParts {
        background_tasks: vec![task],
        metrics,
        ..ServiceParts::new(|_| (), dependencies)
    })
}
