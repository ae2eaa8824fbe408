//! The included AI server.
//!
//! It has only the routes of every service (`/health/live`, `/health/ready`, `/metrics`). It
//! consumes jobs from RabbitMQ ([`common::prediction`]) and replies with the prediction of a
//! model ([`forecast`]). Additional inputs of the model are the channel's history, from
//! PostgreSQL, and properties of the thumbnail, which the service downloads.

mod consumer;
mod domain;
mod metrics;
mod outcome;
mod queries;
mod settings;

use common::{
    Service,
    broker::Broker,
    db::Pool,
    http::{BackgroundTask, Dependency, ServiceParts, StartError},
    settings::{RabbitmqSettings, Settings},
};
use consumer::{ChannelPool, ConsumerStatus, JobQueue, StallLimits, Subscription};
use forecast::{RELOAD_INTERVAL, ReloadableModel};
use metrics::Metrics;
use queries::thumbnails::Thumbnails;
use settings::WorkerSettings;
use std::{sync::Arc, time::Duration};
use tokio::runtime::Handle;
use utoipa::openapi::OpenApi;

/// How long jobs may be queued while a permit is free and none is delivered to this worker.
const STALL_TIMEOUT: Duration = Duration::from_secs(15);

/// State of the jobs.
struct Worker {
    requests: Subscription,
    direct: Subscription,
    pool: Pool,
    thumbnails: Thumbnails,
    model: Arc<ReloadableModel>,
    metrics: Metrics,
    settings: WorkerSettings,
    /// AMQP channels of the jobs in progress, on a dedicated connection: an error that closes it
    /// does not interrupt the consumer.
    channels: ChannelPool,
    rabbitmq: RabbitmqSettings,
}

impl Worker {
    const fn subscription(&self, queue: JobQueue) -> &Subscription {
        match queue {
            JobQueue::Requests => &self.requests,
            JobQueue::Direct => &self.direct,
        }
    }
}

/// The service, for [`common::run`].
pub fn service() -> Service {
    Service::new::<WorkerSettings>(include_str!("../defaults.toml"), OpenApi::default, start)
}

fn start(settings: &Settings) -> Result<ServiceParts, StartError> {
    let common = &settings.common;
    let worker_settings = settings.service_section::<WorkerSettings>()?;
    let failure = |error: String| StartError::Resource(error);
    let model = ReloadableModel::load(common.model.file.as_deref())
        .map_err(|error| failure(error.to_string()))?;
    tracing::info!(model = model.current().version(), "the model is loaded");
    let model = Arc::new(model);
    let shown = model.clone();
    let pool = Pool::new(&common.postgres)?;
    let metrics = Metrics::new().map_err(|error| failure(error.to_string()))?;
    let limits = StallLimits {
        permits: worker_settings.max_concurrent.max(1).into(),
        idle: STALL_TIMEOUT,
        busy: worker_settings.job_timeout_ms.duration()
            + consumer::REQUEST_TIMEOUT_MARGIN
            + STALL_TIMEOUT,
        failing: STALL_TIMEOUT,
    };
    let subscription = |queue, name| {
        let broker = Broker::new(&common.rabbitmq, name, Handle::current());
        Subscription { broker, status: ConsumerStatus::new(queue, limits, &metrics) }
    };
    let requests = subscription(JobQueue::Requests, "ai-worker");
    let direct = subscription(JobQueue::Direct, "ai-worker direct jobs");
    let thumbnails = Thumbnails::new(&worker_settings.thumbnails, metrics.clone())
        .map_err(|error| failure(error.to_string()))?;
    let dependencies = vec![
        pool.dependency(),
        requests.broker.dependency(),
        requests.status.dependency(),
        // Without it `predict` sends all jobs as requests.
        direct.status.dependency().optional(),
        Dependency::always_up("model", move || shown.current().version().to_owned()),
    ];
    let collectors = metrics.collectors();
    let channels = ChannelPool::connect(&common.rabbitmq, "ai-worker jobs");
    let rabbitmq = common.rabbitmq.clone();
    let reloaded = model.clone();
    let worker = Worker {
        requests,
        direct,
        pool,
        thumbnails,
        model,
        metrics,
        settings: worker_settings,
        channels,
        rabbitmq,
    };
    let worker = Arc::new(worker);
    let direct_worker = worker.clone();
    Ok(ServiceParts {
        background_tasks: vec![
            BackgroundTask::new(|shutdown| consumer::run(worker, JobQueue::Requests, shutdown)),
            BackgroundTask::new(|shutdown| {
                consumer::run(direct_worker, JobQueue::Direct, shutdown)
            }),
            BackgroundTask::every(RELOAD_INTERVAL, move || reloaded.reload()),
        ],
        metrics: collectors,
        ..ServiceParts::new(|_| (), dependencies)
    })
}
