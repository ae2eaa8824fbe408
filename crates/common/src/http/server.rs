//! The server of one service.

use super::{
    boundary,
    deadline::Deadline,
    health::{self, Dependency, HealthSource},
    metrics::{self, Metrics},
    resource::read,
    work::{Work, WorkUnderWay},
};
use crate::{
    Error,
    search::SearchError,
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
use futures_util::future::join;
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

/// Longer than the gateway keeps an idle connection, so that it is never the service
/// that closes one just as a request comes.
const KEEP_ALIVE: Duration = Duration::from_mins(2);

/// How long a preflight answer holds, in seconds.
const PREFLIGHT_MAX_AGE: usize = 3600;

/// What a page of another origin may read of a response. `deploy/nginx/settings.sh` has the
/// same list.
const EXPOSED_HEADERS: [HeaderName; 5] = [
    header::AGE,
    header::CACHE_STATUS,
    header::ETAG,
    header::RETRY_AFTER,
    HeaderName::from_static("x-request-id"),
];

/// Why a service cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// Its address cannot be listened on.
    #[error("cannot listen on {0}:{1}: {2}")]
    Bind(String, u16, io::Error),
    /// Its metrics cannot be registered.
    #[error("metrics: {0}")]
    Metrics(#[from] prometheus::Error),
    /// A client of Elasticsearch cannot be made.
    #[error("elasticsearch: {0}")]
    Search(#[from] SearchError),
    /// Something that the service cannot do without cannot be used.
    #[error("{0}")]
    Unusable(String),
}

/// What a service brings along: everything else is the same for all.
pub struct Running {
    /// Adds the service's routes and its state.
    pub routes: Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>,
    /// What `/health/ready` looks at.
    pub dependencies: Vec<Dependency>,
    /// What it does beside answering requests.
    pub work: Option<Work>,
    /// What `/metrics` shows beside requests.
    pub metrics: Vec<Box<dyn Collector>>,
}

impl Running {
    /// Routes and what they depend on: all that most services are.
    pub fn new(
        routes: impl Fn(&mut ServiceConfig) + Send + Sync + 'static,
        dependencies: Vec<Dependency>,
    ) -> Self {
        Self { routes: Arc::new(routes), dependencies, work: None, metrics: Vec::new() }
    }
}

/// A server that has its address.
pub struct Server {
    address: SocketAddr,
    handle: ServerHandle,
    task: JoinHandle<io::Result<()>>,
    work: Option<WorkUnderWay>,
    draining: Arc<AtomicBool>,
}

impl Server {
    /// Listens, and serves from now on. Must be called on an actix runtime.
    pub fn start(
        name: &'static str,
        settings: &CommonSettings,
        service: Running,
    ) -> Result<Self, StartError> {
        let draining = Arc::new(AtomicBool::new(false));
        let health = web::Data::new(HealthSource {
            service: name,
            dependencies: service.dependencies,
            draining: draining.clone(),
        });
        let http = settings.http.clone();
        let deadline = web::Data::new(Deadline(http.deadline_ms.duration()));
        let metrics = web::Data::new(Metrics::new(name, service.metrics)?);
        let routes = service.routes;
        let max_body = http.max_body_bytes;
        let (host, port) = (http.host.clone(), http.port);
        let server = HttpServer::new(move || {
            App::new()
                .app_data(health.clone())
                .app_data(deadline.clone())
                .app_data(metrics.clone())
                .app_data(web::PayloadConfig::new(max_body))
                .configure(|config| routes(config))
                .service(read("/health/live", health::live))
                .service(read("/health/ready", health::ready))
                .service(read("/metrics", metrics::show))
                .default_service(web::to(not_found))
                .wrap(cors(&http))
                .wrap(Condition::new(allows_any_origin(&http), wildcard_headers()))
                .wrap(from_fn(boundary::finish))
        })
        .workers(settings.http.workers)
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(Duration::from_secs(5))
        // Who closes the connection has gone: the work for its request ends there.
        .h1_allow_half_closed(false)
        .shutdown_timeout(settings.http.drain_ms.duration().as_secs())
        .disable_signals()
        .bind((host.as_str(), port))
        .map_err(|error| StartError::Bind(host.clone(), port, error))?;
        let address = server.addrs().first().copied().ok_or_else(|| {
            StartError::Bind(host, port, io::Error::from(io::ErrorKind::AddrNotAvailable))
        })?;
        let server = server.run();
        let handle = server.handle();
        let task = actix_web::rt::spawn(server);
        let work = service.work.map(Work::start);
        Ok(Self { address, handle, task, work, draining })
    }

    /// The address it listens on.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Not ready from now on; finishes what is under way, then ends.
    pub async fn stop(self) -> io::Result<()> {
        self.draining.store(true, Ordering::Relaxed);
        let working = async {
            match self.work {
                Some(work) => work.stop().await,
                None => Ok(()),
            }
        };
        let (worked, ()) = join(working, self.handle.stop(true)).await;
        self.task.await.map_err(io::Error::other)??;
        worked
    }
}

async fn not_found() -> Result<&'static str, Error> {
    Err(Error::NotFound("Not found.".into()))
}

fn allows_any_origin(http: &HttpSettings) -> bool {
    http.cors_origins.0.iter().any(|origin| origin == "*")
}

/// CORS headers of every response, also to a request without `Origin`: a cache may give it to
/// one with `Origin` later. For a list of origins actix-cors sends `Vary: Origin` instead.
fn wildcard_headers() -> DefaultHeaders {
    let exposed = EXPOSED_HEADERS.map(|name| name.as_str().to_owned()).join(", ");
    DefaultHeaders::new()
        .add((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .add((header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed))
}

fn cors(http: &HttpSettings) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
        .allowed_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers(EXPOSED_HEADERS)
        .max_age(PREFLIGHT_MAX_AGE);
    if allows_any_origin(http) {
        return cors.allow_any_origin().send_wildcard().disable_vary_header();
    }
    http.cors_origins.0.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
