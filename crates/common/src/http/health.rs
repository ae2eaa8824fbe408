//! `/health/live` and `/health/ready`.

use actix_web::{HttpResponse, web};
use futures_util::{
    FutureExt, TryFutureExt,
    future::{BoxFuture, join_all},
};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use utoipa::ToSchema;

/// How long a dependency may take to show that it is there.
///
/// Shorter than the gateway waits for a replica (`deploy/nginx/snippets/proxy.conf`).
const CHECK_LIMIT: Duration = Duration::from_millis(750);

/// Something a service cannot work without.
#[derive(Clone)]
pub struct Dependency {
    /// Its name in `/health/ready`.
    pub name: &'static str,
    /// Finds out whether it is there, and what there is to say of it; an error says in
    /// plain words what is missing, without the name of a host.
    check: Arc<dyn Fn() -> BoxFuture<'static, Result<Option<String>, String>> + Send + Sync>,
}

impl Dependency {
    /// A dependency that `check` finds out about.
    pub fn new<F>(name: &'static str, check: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), String>> + Send + 'static,
    {
        Self { name, check: Arc::new(move || check().map_ok(|()| None).boxed()) }
    }

    /// Something that was there at the start and stays: `detail` says which it is.
    pub fn settled(name: &'static str, detail: String) -> Self {
        let found = move || std::future::ready(Ok(Some(detail.clone()))).boxed();
        Self { name, check: Arc::new(found) }
    }

    async fn state(&self) -> HealthState {
        match tokio::time::timeout(CHECK_LIMIT, (self.check)()).await {
            Ok(Ok(detail)) => HealthState { status: "up", detail },
            Ok(Err(detail)) => HealthState { status: "down", detail: Some(detail) },
            Err(_) => HealthState { status: "down", detail: Some("no answer in time".into()) },
        }
    }
}

/// The answer of `/health/live` and `/health/ready`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `live`, `ready`, `not_ready` (a dependency is missing) or `draining` (it is
    /// shutting down).
    #[schema(example = "ready")]
    pub status: &'static str,
    /// The service's name.
    #[schema(example = "trends")]
    pub service: &'static str,
    /// The service's version.
    #[schema(example = "0.1.0")]
    pub version: &'static str,
    /// Each dependency by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub dependencies: BTreeMap<&'static str, HealthState>,
}

/// Whether a dependency is there.
#[derive(Debug, Serialize, ToSchema)]
pub struct HealthState {
    /// `up` or `down`.
    #[schema(example = "up")]
    pub status: &'static str,
    /// What is missing; or which it is, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What the two routes need to know.
#[derive(Clone)]
pub(super) struct HealthSource {
    pub service: &'static str,
    pub dependencies: Vec<Dependency>,
    pub draining: Arc<AtomicBool>,
}

impl HealthSource {
    fn health(&self, status: &'static str) -> Health {
        let version = env!("CARGO_PKG_VERSION");
        Health { status, service: self.service, version, dependencies: BTreeMap::new() }
    }
}

/// The process runs.
pub(super) async fn live(source: web::Data<HealthSource>) -> HttpResponse {
    uncached(true).json(source.health("live"))
}

/// The process can serve requests.
pub(super) async fn ready(source: web::Data<HealthSource>) -> HttpResponse {
    if source.draining.load(Ordering::Relaxed) {
        return uncached(false).json(source.health("draining"));
    }
    let states = join_all(source.dependencies.iter().map(Dependency::state)).await;
    let all_up = states.iter().all(|state| state.status == "up");
    let names = source.dependencies.iter().map(|dependency| dependency.name);
    let mut health = source.health(if all_up { "ready" } else { "not_ready" });
    health.dependencies = names.zip(states).collect();
    uncached(all_up).json(health)
}

fn uncached(ok: bool) -> actix_web::HttpResponseBuilder {
    let mut response = if ok { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.insert_header((actix_web::http::header::CACHE_CONTROL, "no-store"));
    if !ok {
        response.insert_header((actix_web::http::header::RETRY_AFTER, "1"));
    }
    response
}
