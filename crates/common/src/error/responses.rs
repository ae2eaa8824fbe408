//! Responses in the OpenAPI document: error examples and headers.

use super::{AuthenticationError, Error, Problem};
use actix_web::ResponseError;
use std::{io, sync::Arc, time::Duration};
use utoipa::{
    IntoResponses,
    openapi::{Header, Object, OpenApi, PathItem, RefOr, Response, Type},
};

/// Shared responses of routes with GET.
#[derive(IntoResponses)]
pub enum ReadResponses {
    /// Not modified: the `ETag` matches `If-None-Match`
    #[response(status = 304)]
    NotModified,
    /// Method not allowed
    #[response(status = 405)]
    MethodNotAllowed(Problem),
    /// Service unavailable
    #[response(status = 503)]
    Unavailable(Problem),
    /// Timeout exceeded
    #[response(status = 504)]
    UpstreamTimedOut(Problem),
}

/// Shared responses of routes with a request body.
#[derive(IntoResponses)]
pub enum WriteResponses {
    /// Method not allowed
    #[response(status = 405)]
    MethodNotAllowed(Problem),
    /// Request body too large
    #[response(status = 413)]
    PayloadTooLarge(Problem),
    /// Request body is not JSON
    #[response(status = 415)]
    UnsupportedMediaType(Problem),
    /// Service unavailable
    #[response(status = 503)]
    Unavailable(Problem),
    /// Timeout exceeded
    #[response(status = 504)]
    UpstreamTimedOut(Problem),
}

/// Shared responses of routes that require a token and have no request body.
#[derive(IntoResponses)]
pub enum AccountResponses {
    /// Missing or invalid token
    #[response(status = 401)]
    Unauthorized(Problem),
    /// Method not allowed
    #[response(status = 405)]
    MethodNotAllowed(Problem),
    /// Service unavailable
    #[response(status = 503)]
    Unavailable(Problem),
    /// Timeout exceeded
    #[response(status = 504)]
    UpstreamTimedOut(Problem),
}

/// The headers of cached responses.
const CACHE_HEADERS: [&str; 2] = ["Cache-Control", "ETag"];

/// All documented headers: name, type and description.
const HEADERS: [(&str, Type, &str); 5] = [
    ("Allow", Type::String, "The supported methods."),
    (CACHE_HEADERS[0], Type::String, "How long the response is fresh."),
    (CACHE_HEADERS[1], Type::String, "Hash of the response, for `If-None-Match`."),
    ("Retry-After", Type::Integer, "Seconds to wait before a retry."),
    ("WWW-Authenticate", Type::String, "Always `Token`."),
];

/// The default example of each error status. A handler that returns another error with the same
/// status has its own example.
fn examples() -> [Error; 9] {
    let source = Arc::new(io::Error::from(io::ErrorKind::Other));
    [
        Error::Unauthorized(AuthenticationError::Missing),
        Error::not_found(),
        Error::MethodNotAllowed { allow: "GET, HEAD, OPTIONS".into() },
        Error::PayloadTooLarge,
        Error::UnsupportedMediaType,
        Error::TooManyRequests { retry_after: Duration::from_secs(4) },
        Error::BadGateway { from: "", source: source.clone() },
        Error::Unavailable { dependency: "", source },
        Error::UpstreamTimedOut,
    ]
}

/// Adds the examples of errors without one, the headers of errors, and the headers of cached
/// responses.
pub fn add_examples_and_headers(document: &mut OpenApi) {
    for PathItem { get, put, post, patch, delete, .. } in document.paths.paths.values_mut() {
        for operation in [get, put, post, patch, delete].into_iter().flatten() {
            let responses = &mut operation.responses.responses;
            let is_cached = responses.contains_key("304");
            for (status, response) in responses {
                let RefOr::T(response) = response else { continue };
                if is_cached && matches!(status.as_str(), "200" | "304") {
                    add_headers(response, |name| CACHE_HEADERS.contains(&name));
                }
                let error = examples().into_iter().find(|e| e.status_code().as_str() == status);
                if let Some(error) = error {
                    let headers = error.error_response();
                    add_headers(response, |name| headers.headers().contains_key(name));
                    for content in response.content.values_mut() {
                        let RefOr::T(content) = content else { continue };
                        content.example.get_or_insert_with(|| error.example());
                    }
                }
            }
        }
    }
}

fn add_headers(response: &mut Response, applies: impl Fn(&str) -> bool) {
    for (name, kind, description) in HEADERS.into_iter().filter(|(name, ..)| applies(name)) {
        let mut header = Header::new(Object::with_type(kind));
        header.description = Some(description.to_owned());
        response.headers.insert(name.to_owned(), header.into());
    }
}
