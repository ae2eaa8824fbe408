//! Error responses that many routes share, for the OpenAPI document.

use super::Problem;
use utoipa::IntoResponses;

/// Shared responses of routes with GET.
#[derive(IntoResponses)]
pub enum ReadResponses {
    /// As `If-None-Match` has it
    #[response(status = 304)]
    NotModified,
    /// Another method
    #[response(status = 405)]
    MethodNotAllowed(Problem),
    /// Not available now
    #[response(status = 503)]
    Unavailable(Problem),
    /// Not in time
    #[response(status = 504)]
    DeadlineExceeded(Problem),
}

/// Shared responses of routes with a request body.
#[derive(IntoResponses)]
pub enum WriteResponses {
    /// Another method
    #[response(status = 405)]
    MethodNotAllowed(Problem),
    /// The body is too large
    #[response(status = 413)]
    PayloadTooLarge(Problem),
    /// The body is not JSON
    #[response(status = 415)]
    UnsupportedMediaType(Problem),
    /// Not available now
    #[response(status = 503)]
    Unavailable(Problem),
    /// Not in time
    #[response(status = 504)]
    DeadlineExceeded(Problem),
}
