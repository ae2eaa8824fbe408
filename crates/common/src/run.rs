//! The life of a service's process.

use crate::{
    http::{Running, Server, StartError},
    settings::Settings,
    telemetry,
};
use std::{
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    process::ExitCode,
    time::Duration,
};
use tokio::signal::unix::{SignalKind, signal};
use utoipa::openapi::OpenApi;

const HEALTHCHECK_LIMIT: Duration = Duration::from_secs(2);

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
/// on this machine whether it is ready; `openapi` prints the service's document.
pub fn run(name: &'static str, service: fn() -> Service) -> ExitCode {
    let service = service();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        [] => serve(name, &service),
        ["healthcheck"] => healthcheck(name, &service),
        ["openapi"] => print_document(&service),
        _ => Err(format!("usage: {name} [healthcheck | openapi]")),
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

/// Asks `/health/ready` of the replica that these settings describe: for containers,
/// which have no other program that could.
fn healthcheck(name: &str, service: &Service) -> Result<(), String> {
    let settings = Settings::load(name, service.defaults).map_err(|error| error.to_string())?;
    let http = settings.common.http;
    let host = if http.host == "0.0.0.0" { "127.0.0.1" } else { http.host.as_str() };
    let answer = get(host, http.port, "/health/ready").map_err(|error| error.to_string())?;
    if answer.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(answer) }
}

fn get(host: &str, port: u16, path: &str) -> io::Result<String> {
    let address = (host, port).to_socket_addrs()?.next().ok_or(io::ErrorKind::AddrNotAvailable)?;
    let mut stream = TcpStream::connect_timeout(&address, HEALTHCHECK_LIMIT)?;
    stream.set_read_timeout(Some(HEALTHCHECK_LIMIT))?;
    stream.set_write_timeout(Some(HEALTHCHECK_LIMIT))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn print_document(service: &Service) -> Result<(), String> {
    let document = (service.openapi)().to_pretty_json().map_err(|error| error.to_string())?;
    writeln!(io::stdout(), "{document}").map_err(|error| error.to_string())
}
