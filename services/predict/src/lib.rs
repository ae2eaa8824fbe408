//! View predictions for planned videos, and recommended videos.
//!
//! | route | response |
//! |---|---|
//! | POST `/api/views_predict/` | the predicted views of a planned video on each of 31 days |
//! | GET `/api/views_predict/simple_recommendation` | popular videos of the last 30 days with any of some keywords |
//! | GET `/api/views_predict/advanced_recommendation` | popular videos with and without some keywords |
//!
//! An AI server computes predictions; requests and replies go through RabbitMQ
//! ([`common::prediction`]). Recommendations are a search in Elasticsearch and a query of
//! PostgreSQL for the rows.

mod concurrency_limit;
mod domain;
mod queries;
mod routes;
mod serializers;
mod settings;

use actix_web::web::{Data, ServiceConfig};
use common::{
    Service,
    broker::Broker,
    cache::{DataVersion, ResponseCache},
    db::Pool,
    http::{ServiceParts, StartError},
    search::SearchClient,
    settings::Settings,
};
use concurrency_limit::PredictionLimits;
use queries::ai_server::{AiServer, QueueCleaner};
use settings::PredictSettings;
use tokio::{runtime::Handle, sync::Semaphore};

/// State of the handlers.
struct State {
    pool: Pool,
    search: SearchClient,
    response_cache: ResponseCache,
    ai_server: AiServer,
    /// Thumbnails are decoded one at a time.
    decoding: Semaphore,
    /// The maximum length of a data URL that is sent unchanged, in bytes.
    max_image_bytes: usize,
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<PredictSettings>(include_str!("../defaults.toml"), routes::openapi, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let common = &settings.common;
    let predict_settings = settings.service_section::<PredictSettings>()?;
    let pool = Pool::new(&common.postgres)?;
    let search = SearchClient::new(&common.elasticsearch)?;
    let sources = vec![pool.version_source(), search.version_source()];
    let version = DataVersion::new(&common.cache, sources);
    let response_cache = ResponseCache::new(&common.cache, version);
    let broker = Broker::new(&common.rabbitmq, "predict", Handle::current());
    let dependencies = vec![pool.dependency(), search.dependency(), broker.dependency()];
    let limit = Data::new(PredictionLimits::new(&predict_settings, common.http.max_body_bytes));
    let reply_timeout = predict_settings.reply_timeout_ms.duration();
    // A separate connection that never publishes, so that RabbitMQ does not block it when it is
    // out of memory.
    let cleanup = Broker::new(&common.rabbitmq, "predict-cleanup", Handle::current());
    let cleaner = QueueCleaner::start(cleanup, predict_settings.max_concurrent);
    let ai_server = AiServer::new(broker, cleaner, reply_timeout, predict_settings.direct_jobs);
    let (decoding, max_image_bytes) = (Semaphore::new(1), predict_settings.max_image_bytes);
    let state =
        Data::new(State { pool, search, response_cache, ai_server, decoding, max_image_bytes });
    let routes = move |config: &mut ServiceConfig| {
        let config = config.app_data(state.clone()).app_data(limit.clone());
        routes::configure(config, reply_timeout);
    };
    Ok(ServiceParts::new(routes, dependencies))
}
