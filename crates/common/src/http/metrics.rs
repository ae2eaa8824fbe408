//! `/metrics`: requests by route, method and status, and what the service counts itself.

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

const LABELS: [&str; 3] = ["endpoint", "method", "status"];

/// Counters of requests, and all that is counted.
pub(super) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
}

impl Metrics {
    /// No request so far. Their counters are labelled with the service's name.
    pub(super) fn new(
        service: &'static str,
        collectors: Vec<Box<dyn Collector>>,
    ) -> Result<Self, prometheus::Error> {
        let requests = Opts::new("createtrend_http_requests_total", "Requests");
        let requests = IntCounterVec::new(requests.const_label("service", service), &LABELS)?;
        let seconds = "createtrend_http_requests_duration_seconds";
        let seconds = HistogramOpts::new(seconds, "What a request took, in seconds");
        let seconds = HistogramVec::new(seconds.const_label("service", service), &LABELS)?;
        let registry = Registry::new();
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(seconds.clone()))?;
        for collector in collectors {
            registry.register(collector)?;
        }
        Ok(Self { registry, requests, seconds })
    }

    /// Counts a request that has been answered.
    pub(super) fn count(&self, request: &HttpRequest, status: StatusCode, took: Duration) {
        let labels = [endpoint(request), method(request.method()), status.as_str()];
        self.requests.with_label_values(&labels).inc();
        self.seconds.with_label_values(&labels).observe(took.as_secs_f64());
    }
}

/// The route, in which nothing is what a client made up.
fn endpoint(request: &HttpRequest) -> &str {
    request.match_name().unwrap_or("unmatched")
}

/// The method, if it is one that could be meant.
fn method(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::PATCH
        | Method::DELETE
        | Method::OPTIONS => method.as_str(),
        _ => "other",
    }
}

/// All of them, in Prometheus' text format.
pub(super) async fn show(metrics: web::Data<Metrics>) -> Result<HttpResponse, Error> {
    let text =
        TextEncoder::new().encode_to_string(&metrics.registry.gather()).map_err(Error::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}
