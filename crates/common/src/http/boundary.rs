//! The outermost middleware: request ids, the bodies of errors, their log lines, and counting.

use super::{metrics::Metrics, request_id};
use crate::{Error, error::Problem};
use actix_web::{
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    middleware::Next,
    web,
};
use std::{error::Error as StdError, time::Instant};

/// Gives every answer the request's id, every error its JSON body, and counts it.
pub(super) async fn finish(
    metrics: web::Data<Metrics>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let began = Instant::now();
    let id = request_id::of(request.headers());
    let response = next.call(request).await?.map_into_boxed_body();
    // It is plain ASCII.
    let mut response = match error_body(&response, id.to_str().unwrap_or_default()) {
        Some(body) => with_json_body(response, body),
        None => response,
    };
    response.headers_mut().insert(request_id::HEADER, id);
    metrics.count(response.request(), response.status(), began.elapsed());
    Ok(response)
}

/// The JSON body of an answer that is an error and has none yet.
fn error_body(response: &ServiceResponse, id: &str) -> Option<String> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let error = response.response().error();
    match error.and_then(actix_web::Error::as_error::<Error>) {
        Some(error) => {
            log(response, error, id);
            Some(error.body(id))
        }
        // An answer such as that of `/health/ready` says what is wrong itself.
        None if response.headers().contains_key(header::CONTENT_TYPE) && error.is_none() => None,
        None => serde_json::to_string(&Problem::of_status(status, id)).ok(),
    }
}

fn with_json_body(response: ServiceResponse, body: String) -> ServiceResponse {
    let mut response = response.map_body(|_, _| BoxBody::new(body));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// One line for each answer of 5xx, with what led to it.
fn log(response: &ServiceResponse, error: &Error, request_id: &str) {
    let status = response.status();
    if !status.is_server_error() {
        return;
    }
    let (method, path) = (response.request().method(), response.request().path());
    let causes = causes(error);
    if status == StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!(%method, path, status = status.as_u16(), request_id, causes, "{error}");
    } else {
        tracing::warn!(%method, path, status = status.as_u16(), request_id, causes, "{error}");
    }
}

/// The sources of an error, the nearest first.
fn causes(error: &dyn StdError) -> String {
    let mut texts = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        texts.push(cause.to_string());
        source = cause.source();
    }
    texts.join(": ")
}
