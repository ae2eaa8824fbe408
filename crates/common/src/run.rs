//! The process of a service: arguments, startup and shutdown.

use crate::{
    error, healthcheck,
    http::{Server, ServiceParts, StartError},
    settings::{Settings, reference, schema},
    telemetry,
};
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use std::{
    io::{self, Write},
    process::ExitCode,
};
use tokio::signal::unix::{SignalKind, signal};
use utoipa::openapi::OpenApi;

/// A service: its settings, its documentation and its start function.
pub struct Service {
    /// Default settings in TOML: at least `http.port`.
    pub defaults: &'static str,
    schema: fn() -> Schema,
    openapi: fn() -> OpenApi,
    /// Creates routes and clients from the settings, without connecting.
    pub start: Start,
}

type Start = fn(&Settings) -> Result<ServiceParts, StartError>;

impl Service {
    /// A service whose own section of the settings is `T`, or `()` if it has none.
    pub fn new<T: JsonSchema>(
        defaults: &'static str,
        openapi: fn() -> OpenApi,
        start: Start,
    ) -> Self {
        Self { defaults, schema: schema::<T>, openapi, start }
    }
}

/// Runs the service `name` with the arguments of the process; the whole of `main`.
///
/// Without arguments it serves until SIGTERM or SIGINT. `healthcheck` checks the readiness of the
/// replica on this machine, and with `--kill-unresponsive` kills it if it does not respond at
/// all; `openapi` prints the OpenAPI document, `settings` the schemas and defaults of its settings.
pub fn run(name: &'static str, service: fn() -> Service) -> ExitCode {
    let service = service();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        [] => serve(name, &service),
        ["healthcheck"] => check_health(name, &service, false),
        ["healthcheck", "--kill-unresponsive"] => check_health(name, &service, true),
        ["openapi"] => print_document(&service),
        ["settings"] => print_settings(&service),
        _ => Err(format!("usage: {name} [healthcheck [--kill-unresponsive] | openapi | settings]")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let _ = writeln!(io::stderr(), "{name}: {message}");
            ExitCode::FAILURE
        }
    }
}

fn serve(name: &'static str, service: &Service) -> Result<(), String> {
    let settings = Settings::load(name, service.defaults).map_err(|error| error.to_string())?;
    telemetry::start(&settings.common.log)?;
    for warning in settings.warnings() {
        tracing::warn!("{warning}");
    }
    actix_web::rt::System::new().block_on(async {
        let parts = (service.start)(&settings).map_err(|error| error.to_string())?;
        let server =
            Server::start(name, &settings.common, parts).map_err(|error| error.to_string())?;
        tracing::info!(address = %server.address(), version = env!("CARGO_PKG_VERSION"), "serving");
        shutdown_signal().await.map_err(|error| error.to_string())?;
        tracing::info!("shutting down: finishing requests in progress");
        server.stop().await.map_err(|error| error.to_string())?;
        tracing::info!("stopped");
        Ok(())
    })
}

async fn shutdown_signal() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

fn check_health(name: &str, service: &Service, kill_unresponsive: bool) -> Result<(), String> {
    let settings = Settings::load(name, service.defaults).map_err(|error| error.to_string())?;
    healthcheck::run(&settings.common.http, kill_unresponsive)
}

fn print_document(service: &Service) -> Result<(), String> {
    let mut document = (service.openapi)();
    error::add_examples_and_headers(&mut document);
    print(&document)
}

fn print_settings(service: &Service) -> Result<(), String> {
    let settings = reference(&(service.schema)(), service.defaults);
    print(&settings.map_err(|error| error.to_string())?)
}

fn print(value: &impl Serialize) -> Result<(), String> {
    let text = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    writeln!(io::stdout(), "{text}").map_err(|error| error.to_string())
}
