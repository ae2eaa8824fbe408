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

/// Timeout of the check of a dependency.
///
/// Shorter than the timeout of the gateway (`deploy/nginx/snippets/proxy.conf`).
const CHECK_TIMEOUT: Duration = Duration::from_millis(750);

/// A dependency of a service.
#[derive(Clone)]
pub struct Dependency {
    /// Its name in `/health/ready`.
    pub name: &'static str,
    /// Returns details, or an error message without host names.
    check: Arc<dyn Fn() -> BoxFuture<'static, Result<Option<String>, String>> + Send + Sync>,
    is_optional: bool,
}

impl Dependency {
    /// A dependency that is up if `check` succeeds.
    pub fn new<F>(name: &'static str, check: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), String>> + Send + 'static,
    {
        let check = Arc::new(move || check().map_ok(|()| None).boxed());
        Self { name, check, is_optional: false }
    }

    /// The same dependency of a service that is ready without it: only some routes need it.
    pub fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }

    /// A dependency that is part of the process, with its version or name as `detail`.
    pub fn always_up(
        name: &'static str,
        detail: impl Fn() -> String + Send + Sync + 'static,
    ) -> Self {
        let found = move || std::future::ready(Ok(Some(detail()))).boxed();
        Self { name, check: Arc::new(found), is_optional: false }
    }

    async fn state(&self) -> HealthState {
        match tokio::time::timeout(CHECK_TIMEOUT, (self.check)()).await {
            Ok(Ok(detail)) => HealthState { status: "up", detail },
            Ok(Err(detail)) => HealthState { status: "down", detail: Some(detail) },
            Err(_) => HealthState { status: "down", detail: Some("timed out".into()) },
        }
    }
}

/// The response of `/health/live` and `/health/ready`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `live`, `ready`, `not_ready` (a required dependency is down) or `draining` (shutdown in progress).
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

/// The state of a dependency.
#[derive(Debug, Serialize, ToSchema)]
pub struct HealthState {
    /// `up` or `down`.
    #[schema(example = "up")]
    pub status: &'static str,
    /// The error, or the version in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// State of the health routes.
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

/// `/health/live`: the process responds.
pub(super) async fn live(source: web::Data<HealthSource>) -> HttpResponse {
    response_builder(true).json(source.health("live"))
}

/// `/health/ready`: the process can serve requests; all, if every dependency is up.
pub(super) async fn ready(source: web::Data<HealthSource>) -> HttpResponse {
    if source.draining.load(Ordering::Relaxed) {
        return response_builder(false).json(source.health("draining"));
    }
    let states = join_all(source.dependencies.iter().map(Dependency::state)).await;
    let is_required = source.dependencies.iter().map(|dependency| !dependency.is_optional);
    let all_up = states
        .iter()
        .zip(is_required)
        .all(|(state, is_required)| state.status == "up" || !is_required);
    let names = source.dependencies.iter().map(|dependency| dependency.name);
    let mut health = source.health(if all_up { "ready" } else { "not_ready" });
    health.dependencies = names.zip(states).collect();
    response_builder(all_up).json(health)
}

fn response_builder(ok: bool) -> actix_web::HttpResponseBuilder {
    let mut response = if ok { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.insert_header((actix_web::http::header::CACHE_CONTROL, "no-store"));
    if !ok {
        response.insert_header((actix_web::http::header::RETRY_AFTER, "1"));
    }
    response
}
