//! Logs: one line an event on standard output, readable by machines.

use crate::settings::{LogFormat, LogSettings};
use tracing_subscriber::{EnvFilter, Layer, Registry, layer::SubscriberExt};

/// Starts logging for this process.
///
/// A line carries time, level, message, where it was written and its fields; a line about
/// a request carries the request's id as `request_id`.
pub fn start(service: &'static str, settings: &LogSettings) -> Result<(), String> {
    let filter = EnvFilter::try_new(&settings.level)
        .map_err(|error| format!("settings: log.level: {error}"))?;
    let lines = tracing_subscriber::fmt::layer();
    let lines = match settings.format {
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
        LogFormat::Text => lines.boxed(),
    };
    tracing::subscriber::set_global_default(Registry::default().with(lines).with(filter))
        .map_err(|error| error.to_string())?;
    tracing::debug!(service, "logging");
    Ok(())
}
