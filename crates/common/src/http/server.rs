//! The server of one service.

use super::{
    background_task::{BackgroundTask, RunningTask},
    deadline::Deadline,
    health::{self, Dependency, HealthSource},
    metrics::{self, Metrics},
    request_middleware::handle_request,
    resource::resource,
};
use crate::{
    Error,
    settings::{CommonSettings, HttpSettings, SettingsError},
};
use actix_cors::Cors;
use actix_web::{
    App, HttpServer,
    dev::ServerHandle,
    http::header::{self, HeaderName},
    middleware::{Condition, DefaultHeaders, from_fn},
    web::{self, ServiceConfig},
};
use futures_util::future::{join, join_all};
use prometheus::core::Collector;
use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::task::JoinHandle;

/// Longer than the gateway's keep-alive timeout, so that the service never closes a connection
/// while a request arrives.
const KEEP_ALIVE: Duration = Duration::from_mins(2);

/// Max age of a CORS preflight response, in seconds.
const PREFLIGHT_MAX_AGE: usize = 3600;

/// Response headers that CORS exposes. `deploy/nginx/settings.sh` has the same list.
const EXPOSED_HEADERS: [HeaderName; 7] = [
    header::AGE,
    header::CACHE_STATUS,
    header::ETAG,
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("ratelimit-policy"),
    header::RETRY_AFTER,
    HeaderName::from_static("x-request-id"),
];

/// Why a service cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Invalid settings.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The address is not available.
    #[error("cannot listen on {0}:{1}: {2}")]
    Bind(String, u16, io::Error),
    /// The metrics cannot be registered.
    #[error("cannot register the metrics: {0}")]
    Metrics(#[from] prometheus::Error),
    /// A required resource, such as the model file, cannot be loaded.
    #[error("{0}")]
    Resource(String),
}

/// The parts of a service that differ from other services.
pub struct ServiceParts {
    /// Adds the service's routes and its state.
    pub routes: Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>,
    /// Dependencies that `/health/ready` checks.
    pub dependencies: Vec<Dependency>,
    /// Tasks that run alongside the HTTP server.
    pub background_tasks: Vec<BackgroundTask>,
    /// Collectors of `/metrics`, in addition to the metrics of HTTP requests.
    pub metrics: Vec<Box<dyn Collector>>,
}

impl ServiceParts {
    /// A service with routes and their dependencies only.
    pub fn new(
        routes: impl Fn(&mut ServiceConfig) + Send + Sync + 'static,
        dependencies: Vec<Dependency>,
    ) -> Self {
        Self {
            routes: Arc::new(routes),
            dependencies,
            background_tasks: Vec::new(),
            metrics: Vec::new(),
        }
    }
}

/// A listening server.
pub struct Server {
    address: SocketAddr,
    handle: ServerHandle,
    task: JoinHandle<io::Result<()>>,
    background_tasks: Vec<RunningTask>,
    draining: Arc<AtomicBool>,
}

impl Server {
    /// Binds the address and starts to serve. Must be called on an actix runtime.
    pub fn start(
        name: &'static str,
        settings: &CommonSettings,
        service: ServiceParts,
    ) -> Result<Self, StartError> {
        let draining = Arc::new(AtomicBool::new(false));
        let health = web::Data::new(HealthSource {
            service: name,
            dependencies: service.dependencies,
            draining: draining.clone(),
        });
        let http = settings.http.clone();
        let deadline = Deadline(http.deadline_ms.duration());
        let metrics = web::Data::new(Metrics::new(name, service.metrics)?);
        let routes = service.routes;
        let max_body = http.max_body_bytes;
        let (host, port) = (http.host.clone(), http.port);
        let server = HttpServer::new(move || {
            App::new()
                .app_data(health.clone())
                .app_data(deadline)
                .app_data(metrics.clone())
                .app_data(web::PayloadConfig::new(max_body))
                .configure(|config| routes(config))
                .service(resource("/health/live/").get(health::live).head(health::live))
                .service(resource("/health/ready/").get(health::ready).head(health::ready))
                .service(resource("/metrics/").get(metrics::export).head(metrics::export))
                .default_service(web::to(not_found))
                .wrap(cors(&http))
                .wrap(Condition::new(allows_any_origin(&http), wildcard_headers()))
                .wrap(from_fn(handle_request))
        })
        .workers(settings.http.workers)
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(Duration::from_secs(5))
        // A client that closes the connection cancels its request.
        .h1_allow_half_closed(false)
        .shutdown_timeout(settings.http.shutdown_timeout_ms.duration().as_secs())
        .disable_signals()
        .bind((host.as_str(), port))
        .map_err(|error| StartError::Bind(host.clone(), port, error))?;
        let address = server.addrs().first().copied().ok_or_else(|| {
            StartError::Bind(host, port, io::Error::from(io::ErrorKind::AddrNotAvailable))
        })?;
        let server = server.run();
        let handle = server.handle();
        let task = actix_web::rt::spawn(server);
        let background_tasks =
            service.background_tasks.into_iter().map(BackgroundTask::start).collect();
        Ok(Self { address, handle, task, background_tasks, draining })
    }

    /// The listening address.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Reports not ready, finishes requests in progress and stops.
    pub async fn stop(self) -> io::Result<()> {
        self.draining.store(true, Ordering::Relaxed);
        let stopping = join_all(self.background_tasks.into_iter().map(RunningTask::stop));
        let (stopped, ()) = join(stopping, self.handle.stop(true)).await;
        self.task.await.map_err(io::Error::other)??;
        stopped.into_iter().collect()
    }
}

async fn not_found() -> Result<&'static str, Error> {
    Err(Error::not_found())
}

fn allows_any_origin(http: &HttpSettings) -> bool {
    http.cors_origins.0.iter().any(|origin| origin == "*")
}

/// CORS headers of every response, also to a request without `Origin`: a cache may reuse it for
/// one with `Origin`. For a list of origins actix-cors sends `Vary: Origin` instead.
fn wildcard_headers() -> DefaultHeaders {
    let exposed = EXPOSED_HEADERS.map(|name| name.as_str().to_owned()).join(", ");
    DefaultHeaders::new()
        .add((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .add((header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed))
}

fn cors(http: &HttpSettings) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
        .allowed_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("x-api-key"),
            HeaderName::from_static("x-request-id"),
        ])
        .expose_headers(EXPOSED_HEADERS)
        .max_age(PREFLIGHT_MAX_AGE);
    if allows_any_origin(http) {
        return cors.allow_any_origin().send_wildcard().disable_vary_header();
    }
    http.cors_origins.0.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
