//! The life of a service's process.

use crate::{
    healthcheck,
    http::{Running, Server, StartError},
    settings::Settings,
    telemetry,
};
use std::{
    io::{self, Write},
    process::ExitCode,
};
use tokio::signal::unix::{SignalKind, signal};
use utoipa::openapi::OpenApi;

/// What makes a service this one and no other.
pub struct Service {
    /// Its own default settings, in TOML: at least the port, in `[http]`.
    pub defaults: &'static str,
    /// Its part of the OpenAPI document.
    pub openapi: fn() -> OpenApi,
    /// Makes its routes and clients out of its settings. Connects to nothing yet.
    pub start: fn(&Settings) -> Result<Running, StartError>,
}

/// Runs the service `name` as the process' arguments say; `main` does no more.
///
/// Without arguments it serves until SIGTERM or SIGINT. `healthcheck` asks the replica
/// on this machine whether it is ready, and with `--kill-unresponsive` kills one that answers
/// nothing; `openapi` prints the service's document.
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
    actix_web::rt::System::new().block_on(async {
        let parts = (service.start)(&settings).map_err(|error| error.to_string())?;
        let server =
            Server::start(name, &settings.common, parts).map_err(|error| error.to_string())?;
        tracing::info!(address = %server.address(), version = env!("CARGO_PKG_VERSION"), "serving");
        until_told_to_stop().await.map_err(|error| error.to_string())?;
        tracing::info!("stopping: finishing requests under way");
        server.stop().await.map_err(|error| error.to_string())?;
        tracing::info!("stopped");
        Ok(())
    })
}

async fn until_told_to_stop() -> io::Result<()> {
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
    let document = (service.openapi)().to_pretty_json().map_err(|error| error.to_string())?;
    writeln!(io::stdout(), "{document}").map_err(|error| error.to_string())
}
