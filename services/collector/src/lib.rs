//! The collector: keeps videos and channels current from the YouTube Data API v3 and from channel
//! feeds.
//!
//! It has only the routes of every service (`/health/live`, `/health/ready`, `/metrics`). Replicas
//! share the due work through PostgreSQL: each claims rows for some minutes
//! (`FOR UPDATE SKIP LOCKED`), so that the work of a killed one is repeated later.
//!
//! | work | source of data | when |
//! |---|---|---|
//! | uploads of channels | feeds, which cost no quota; `playlistItems.list` at first, after a gap and during outages | every half hour |
//! | charts, searches | `videos.list`, `search.list`: they discover channels | by setting |
//! | statistics of videos | `videos.list`, 50 videos a unit, or `videos:batchGetStats` between readings of details, youngest first | [`youtube::next_check`] |
//! | statistics of channels | `channels.list`, 50 channels a unit | daily |
//! | which videos are Shorts | playlists of Shorts, for videos of up to three minutes | at most twice a day per channel |
//!
//! Observations are written by [`ingest`], and changed videos are indexed within a minute.

mod clock;
mod collector;
mod error;
mod index;
mod ledger;
mod metrics;
pub mod queries;
mod records;
mod rollups;
mod settings;
mod simulation;
mod source;
mod status;
mod tasks;

pub use clock::Clock;
pub use collector::{CollectionRound, Collector};
pub use error::CollectError;
pub use ledger::QuotaLedger;
pub use settings::CollectorSettings;
pub use source::{InvalidSource, Source};

use common::{
    Service,
    db::Pool,
    http::{BackgroundTask, ServiceParts, StartError},
    settings::Settings,
};
use futures_util::join;
use simulation::SimulatorClock;
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// The defaults of the service's settings, also for the commands that collect.
pub const DEFAULTS: &str = include_str!("../defaults.toml");

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<CollectorSettings>(DEFAULTS, OpenApi::default, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let own = settings.own::<CollectorSettings>()?;
    if own.key_file.is_none() {
        tracing::info!("no API key (collector.key_file): nothing is collected");
        let pool = Pool::new(&settings.common.postgres)
            .map_err(|error| StartError::Unusable(error.to_string()))?;
        return Ok(ServiceParts::new(|_| (), vec![pool.dependency()]));
    }
    let simulator = own.is_simulated.then(|| SimulatorClock::new(&own.api_url));
    let clock = simulator.as_ref().map_or_else(Clock::system, SimulatorClock::clock);
    let collector = Collector::new(&settings.common, own, clock)
        .map_err(|error| StartError::Unusable(error.to_string()))?;
    let collector = Arc::new(collector);
    let (dependencies, metrics) = (collector.dependencies(), collector.metrics());
    let task = BackgroundTask::new(move |shutdown| async move {
        let Some(simulator) = simulator else { return collector.run(shutdown).await };
        if simulator.wait(&shutdown).await {
            join!(simulator.follow(&shutdown), collector.run(shutdown.clone()));
        }
    });
    Ok(ServiceParts {
        background_tasks: vec![task],
        metrics,
        ..ServiceParts::new(|_| (), dependencies)
    })
}
