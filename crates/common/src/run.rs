//! The process of a service: arguments, startup and shutdown.

use crate::{
    error, healthcheck,
    http::{Server, ServiceParts, StartError},
    settings::Settings,
    telemetry,
};
use std::{
    io::{self, Write},
    process::ExitCode,
};
use tokio::signal::unix::{SignalKind, signal};
use utoipa::openapi::OpenApi;

/// A service: its default settings, its documentation and its start function.
pub struct Service {
    /// Default settings in TOML: at least `http.port`.
    pub defaults: &'static str,
    /// The OpenAPI document of its routes.
    pub openapi: fn() -> OpenApi,
    /// Creates routes and clients from the settings, without connecting.
    pub start: fn(&Settings) -> Result<ServiceParts, StartError>,
}

/// Runs the service `name` with the arguments of the process; the whole of `main`.
///
/// Without arguments it serves until SIGTERM or SIGINT. `healthcheck` checks the readiness of the
/// replica on this machine, and with `--kill-unresponsive` kills it if it does not respond at
/// all; `openapi` prints the OpenAPI document.
pub fn run(name: &'static str, service: fn() -> Service) -> ExitCode {
    let service = service();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        [] => serve(name, &service),
        ["healthcheck"] => check_health(name, &service, false),
        ["healthcheck", "--kill-unresponsive"] => check_health(name, &service, true),
        ["openapi"] => print_document(&service),
        _ => Err(format!("usage: {name} [healthcheck [--kill-unresponsive] | openapi]")),
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
    telemetry::start(name, &settings.common.log)?;
    settings.log_warnings();
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
    let text = document.to_pretty_json().map_err(|error| error.to_string())?;
    writeln!(io::stdout(), "{text}").map_err(|error| error.to_string())
}
