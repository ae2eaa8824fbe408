//! Common parts of all methods: key, quota, faults and the envelope of lists.

use super::{
    params::{Params, Window},
    problem::Problem,
};
use crate::{faults::FaultKind, simulator::Simulator};
use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    http::header::{LOCATION, RETRY_AFTER},
    web,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;
use std::{future::Future, time::Duration};
use xxhash_rust::xxh3::xxh3_128;
use youtube::Method;

/// The longest injected delay.
const MAX_DELAY: Duration = Duration::from_mins(1);

/// The result of a method of the API.
pub(super) struct List {
    pub kind: &'static str,
    pub items: Vec<Box<RawValue>>,
    /// The next page, if there is one.
    pub next: Option<String>,
    pub total: usize,
}

/// Creates the response to an API request.
pub(super) async fn respond(
    simulator: web::Data<Simulator>,
    request: HttpRequest,
    method: Method,
    answer: impl FnOnce(&Simulator, &Params, Window, DateTime<Utc>) -> Result<List, Problem>,
) -> HttpResponse {
    let now = simulator.clock().now();
    let faults = simulator.begin(method, now);
    delay(&faults).await;
    let key = key_of(&request);
    if let Some(problem) = reject_key(&simulator, key.as_deref(), &faults) {
        return problem.response();
    }
    if simulator.charge(method, now).is_err() {
        return Problem::quota_exceeded().response();
    }
    if let Some(response) = failure(&faults, key.as_deref().unwrap_or_default()) {
        return response;
    }
    let params = web::Query::<Params>::from_query(request.query_string());
    let Ok(params) = params.map(web::Query::into_inner) else {
        return Problem::invalid_parameter("query").response();
    };
    let window = match Window::read(&params) {
        Ok(window) => shift(window, &faults),
        Err(problem) => return problem.response(),
    };
    match answer(&simulator, &params, window, now) {
        Ok(list) => {
            finish(envelope(&alter(list, &faults)), "application/json; charset=UTF-8", &faults)
        }
        Err(problem) => problem.response(),
    }
}

/// Waits as long as an injected delay.
pub(super) fn delay(faults: &[FaultKind]) -> impl Future<Output = ()> + use<> {
    let millis = faults.iter().find_map(|fault| match fault {
        FaultKind::Delay { millis } => Some(*millis),
        _ => None,
    });
    async move {
        if let Some(millis) = millis {
            tokio::time::sleep(Duration::from_millis(millis).min(MAX_DELAY)).await;
        }
    }
}

/// The response of an injected failure.
pub(super) fn failure(faults: &[FaultKind], key: &str) -> Option<HttpResponse> {
    faults.iter().find_map(|fault| {
        let problem = match fault {
            FaultKind::Status { status, retry_after } => {
                let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_GATEWAY);
                let mut response = HttpResponse::build(status);
                if status.is_redirection() {
                    response.insert_header((LOCATION, "/health/live"));
                }
                if let Some(seconds) = retry_after {
                    response.insert_header((RETRY_AFTER, seconds.to_string()));
                }
                return Some(response.content_type("text/html").body("<html>Error</html>"));
            }
            FaultKind::QuotaExceeded => Problem::quota_exceeded(),
            FaultKind::RateLimitExceeded => {
                Problem::new(403, "rateLimitExceeded", "Too many requests in a short time.")
            }
            FaultKind::EchoKey => {
                Problem::new(400, "badRequest", format!("Invalid request with the key {key}."))
            }
            _ => return None,
        };
        Some(problem.response())
    })
}

/// A successful response, or half of it.
pub(super) fn finish(body: String, content_type: &str, faults: &[FaultKind]) -> HttpResponse {
    if faults.contains(&FaultKind::Malformed) {
        return HttpResponse::Ok()
            .content_type("text/html")
            .body("<html>Before you continue</html>");
    }
    let mut body = body.into_bytes();
    if faults.contains(&FaultKind::Truncate) {
        body.truncate(body.len() / 2);
    }
    HttpResponse::Ok().content_type(content_type).body(body)
}

fn key_of(request: &HttpRequest) -> Option<String> {
    let header = request.headers().get("x-goog-api-key").and_then(|value| value.to_str().ok());
    let query = web::Query::<Params>::from_query(request.query_string()).ok();
    let in_query = || query.and_then(|mut params| params.remove("key"));
    header.map(str::to_owned).or_else(in_query).filter(|key| !key.is_empty())
}

fn reject_key(simulator: &Simulator, key: Option<&str>, faults: &[FaultKind]) -> Option<Problem> {
    let Some(key) = key else { return Some(Problem::key_missing()) };
    if simulator.config.key.as_deref().is_some_and(|accepted| accepted != key) {
        return Some(Problem::key_invalid());
    }
    faults.iter().find_map(|fault| match fault {
        FaultKind::KeyInvalid => Some(Problem::key_invalid()),
        FaultKind::KeyRestricted => {
            let message = "The provided API key has an IP address restriction.";
            Some(Problem::new(403, "forbidden", message).with_info("API_KEY_IP_ADDRESS_BLOCKED"))
        }
        FaultKind::AccessNotConfigured => {
            let message = "YouTube Data API v3 has not been used in project 1 before or it is \
                           disabled.";
            Some(Problem::new(403, "accessNotConfigured", message).with_info("SERVICE_DISABLED"))
        }
        _ => None,
    })
}

fn shift(window: Window, faults: &[FaultKind]) -> Window {
    let by = faults.iter().find_map(|fault| match fault {
        FaultKind::ShiftPage { by } => isize::try_from(*by).ok(),
        _ => None,
    });
    match by {
        // The first page cannot be shifted.
        Some(by) if window.offset > 0 => {
            Window { offset: window.offset.saturating_add_signed(by), ..window }
        }
        _ => window,
    }
}

fn alter(mut list: List, faults: &[FaultKind]) -> List {
    for fault in faults {
        match fault {
            FaultKind::EndList => list.next = None,
            FaultKind::OmitItems { count } => {
                list.items.drain(..(*count).min(list.items.len()));
            }
            _ => {}
        }
    }
    list
}

/// The body of a response.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    kind: &'a str,
    etag: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<&'a str>,
    items: &'a [Box<RawValue>],
    page_info: PageInfo,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    total_results: usize,
    results_per_page: usize,
}

fn envelope(list: &List) -> String {
    let envelope = Envelope {
        kind: list.kind,
        etag: etag(&list.items.len().to_le_bytes()),
        next_page_token: list.next.as_deref(),
        items: &list.items,
        page_info: PageInfo { total_results: list.total, results_per_page: list.items.len() },
    };
    // Strings and numbers can always be serialized.
    serde_json::to_string(&envelope).unwrap_or_default()
}

/// An item as JSON.
pub(super) fn raw(item: &impl Serialize) -> Option<Box<RawValue>> {
    serde_json::value::to_raw_value(item).ok()
}

/// An entity tag of a content.
pub(super) fn etag(content: &[u8]) -> String {
    format!("{:032x}", xxh3_128(content))
}
