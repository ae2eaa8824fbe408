//! `/metrics`: requests by route, method and status, and the metrics of the service.

use crate::Error;
use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
    web,
};
use prometheus::{
    HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder, core::Collector,
};
use std::time::Duration;

const LABELS: [&str; 3] = ["http_route", "http_request_method", "http_response_status_code"];

/// Metrics of HTTP requests, and the registry of all metrics.
pub(super) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
}

impl Metrics {
    /// Registers the metrics of requests, labeled with the service, and `collectors`.
    pub(super) fn new(
        service: &'static str,
        collectors: Vec<Box<dyn Collector>>,
    ) -> Result<Self, prometheus::Error> {
        let requests = Opts::new("http_server_requests_total", "Number of HTTP requests");
        let requests = IntCounterVec::new(requests.const_label("service", service), &LABELS)?;
        let seconds = "http_server_request_duration_seconds";
        let seconds = HistogramOpts::new(seconds, "Duration of HTTP requests");
        let seconds = HistogramVec::new(seconds.const_label("service", service), &LABELS)?;
        let registry = Registry::new();
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(seconds.clone()))?;
        for collector in collectors {
            registry.register(collector)?;
        }
        Ok(Self { registry, requests, seconds })
    }

    /// Records a request with its response.
    pub(super) fn record(&self, request: &HttpRequest, status: StatusCode, elapsed: Duration) {
        let labels = [route(request), method(request.method()), status.as_str()];
        self.requests.with_label_values(&labels).inc();
        self.seconds.with_label_values(&labels).observe(elapsed.as_secs_f64());
    }
}

/// The matched route, never the path as sent: the number of label values is bounded.
fn route(request: &HttpRequest) -> &str {
    request.match_name().unwrap_or("unmatched")
}

/// The method, or `_OTHER` for an unknown one (OpenTelemetry semantic conventions).
fn method(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::PATCH
        | Method::DELETE
        | Method::OPTIONS => method.as_str(),
        _ => "_OTHER",
    }
}

/// All metrics in the Prometheus text format.
pub(super) async fn export(metrics: web::Data<Metrics>) -> Result<HttpResponse, Error> {
    let text =
        TextEncoder::new().encode_to_string(&metrics.registry.gather()).map_err(Error::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}
