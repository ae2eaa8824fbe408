//! Structured logs on standard output, one line per event.

use crate::{
    request_id::SPAN_TARGET,
    settings::{LogFormat, LogSettings},
};
use std::io;
use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    filter::{Directive, LevelFilter},
    fmt::MakeWriter,
    layer::SubscriberExt,
};

/// Starts logging for this process.
///
/// A JSON line carries `timestamp`, `level`, `target`, `message` and its fields, and in `spans`
/// the fields of its spans: `request_id` of a request, `request_id` and `uuid` of a prediction
/// job. So `"request_id":"<id>"` finds the lines of a request in every service, and in the
/// gateway's log.
pub fn start(settings: &LogSettings) -> Result<(), String> {
    tracing::subscriber::set_global_default(subscriber(settings, io::stdout)?)
        .map_err(|error| error.to_string())
}

fn subscriber<W>(
    settings: &LogSettings,
    writer: W,
) -> Result<impl Subscriber + Send + Sync + use<W>, String>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(&settings.level)
        .map_err(|error| format!("settings: log.level: {error}"))?;
    let spans = format!("{SPAN_TARGET}=error").parse::<Directive>();
    let filter = filter.add_directive(spans.unwrap_or_else(|_| LevelFilter::ERROR.into()));
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let lines = match settings.format {
        // `span` would repeat the last of `spans`.
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).boxed(),
        LogFormat::Text => lines.boxed(),
    };
    Ok(Registry::default().with(lines).with(filter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::{
        io::Write,
        sync::{Arc, Mutex},
    };

    #[derive(Clone, Default)]
    struct Output(Arc<Mutex<Vec<u8>>>);

    impl Write for Output {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The JSON log lines of `log` under this filter.
    fn logged(level: &str, log: impl FnOnce()) -> Vec<Value> {
        let settings = LogSettings { level: level.into(), format: LogFormat::Json };
        let output = Output::default();
        let writer = output.clone();
        let subscriber = subscriber(&settings, move || writer.clone()).unwrap();
        tracing::subscriber::with_default(subscriber, log);
        let text = String::from_utf8(output.0.lock().unwrap().clone()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn json_line_within_spans_has_the_request_id_under_every_filter() {
        for level in ["error", "debug", "common::telemetry=warn", "info,request_id=off"] {
            let lines = logged(level, || {
                let id = "request-1";
                let span = tracing::error_span!(target: SPAN_TARGET, "request", request_id = id);
                span.in_scope(|| {
                    tracing::error_span!("inner")
                        .in_scope(|| tracing::error!(status = 503, "busy"));
                });
            });
            assert_eq!(lines.len(), 1, "{level}: {lines:?}");
            let line = &lines[0];
            assert_eq!((&line["message"], &line["status"]), (&"busy".into(), &503.into()));
            assert_eq!(line["spans"][0]["request_id"], "request-1", "{level}: {line}");
            assert_eq!(line.to_string().matches("request-1").count(), 1, "{line}");
        }
    }
}
