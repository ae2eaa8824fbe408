//! The error type of handlers and queries, and its HTTP responses.

mod causes;
mod problem;
mod responses;

pub use causes::{causes, root_cause, with_causes};
pub use problem::{BodyProblem, FieldErrors, FieldProblem, MessageProblem, Problem};
pub use responses::{AccountResponses, ReadResponses, WriteResponses, add_examples_and_headers};

use actix_web::{
    HttpResponse, HttpResponseBuilder, ResponseError,
    http::{StatusCode, header},
};
use problem::EXAMPLE_REQUEST_ID;
use std::{borrow::Cow, error::Error as StdError, sync::Arc, time::Duration};

/// The error of a request.
///
/// 5xx errors are opaque to the client and logged once, with their cause chain, by the request
/// middleware.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// One or more fields of a query or body are invalid.
    #[error("invalid input")]
    Invalid(FieldErrors),
    /// The body cannot be parsed: the reason, without any of its content.
    #[error("{0}")]
    MalformedBody(String),
    /// Invalid input, reported in the field `message` as in the Django API.
    #[error("{message}")]
    InvalidWithMessage {
        /// Human-readable.
        message: &'static str,
        /// Machine-readable: stable, `snake_case`.
        code: &'static str,
    },
    /// Missing or invalid credentials.
    #[error("unauthorized")]
    Unauthorized(AuthenticationError),
    /// The resource does not exist.
    #[error("{0}")]
    NotFound(Cow<'static, str>),
    /// The resource does not support the method.
    #[error("Method not allowed.")]
    MethodNotAllowed {
        /// The supported methods, for the header `Allow`.
        allow: Cow<'static, str>,
    },
    /// The body is too large.
    #[error("the body is too large")]
    PayloadTooLarge,
    /// The body is not JSON.
    #[error("unsupported media type")]
    UnsupportedMediaType,
    /// Too many attempts.
    #[error("throttled")]
    TooManyRequests {
        /// Time until the next attempt is allowed.
        retry_after: Duration,
    },
    /// A dependency is unavailable.
    #[error("{dependency} is unavailable")]
    Unavailable {
        /// Name of the dependency; for the log.
        dependency: &'static str,
        /// The cause.
        #[source]
        source: Arc<dyn StdError + Send + Sync>,
    },
    /// A concurrency limit is reached.
    #[error("concurrency limit reached: {0}")]
    Overloaded(&'static str),
    /// Invalid response from an upstream service.
    #[error("invalid response from {from}")]
    BadGateway {
        /// Name of the upstream; for the log.
        from: &'static str,
        /// The cause.
        #[source]
        source: Arc<dyn StdError + Send + Sync>,
    },
    /// The deadline of the request is exceeded: a dependency is slow or overloaded.
    #[error("request timed out")]
    TimedOut,
    /// No reply from an upstream service within its timeout.
    #[error("no reply from upstream in time")]
    UpstreamTimedOut,
    /// An internal error.
    #[error("internal error")]
    Internal(#[source] Arc<dyn StdError + Send + Sync>),
}

/// Why the header `Authorization` is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthenticationError {
    /// The header is missing.
    Missing,
    /// Not a valid token.
    Invalid,
}

impl Error {
    /// An internal error caused by `source`.
    pub fn internal(source: impl StdError + Send + Sync + 'static) -> Self {
        Self::Internal(Arc::new(source))
    }

    /// The resource does not exist, with the text of the Django API.
    pub fn not_found() -> Self {
        Self::NotFound("Not found.".into())
    }

    /// The stable, machine-readable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::MalformedBody(_) => "parse_error",
            Self::InvalidWithMessage { code, .. } => code,
            Self::Unauthorized(AuthenticationError::Missing) => "not_authenticated",
            Self::Unauthorized(AuthenticationError::Invalid) => "authentication_failed",
            Self::NotFound(_) => "not_found",
            Self::MethodNotAllowed { .. } => "method_not_allowed",
            Self::PayloadTooLarge => "payload_too_large",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::TooManyRequests { .. } => "throttled",
            Self::Unavailable { .. } | Self::Overloaded(_) | Self::TimedOut => {
                "service_unavailable"
            }
            Self::BadGateway { .. } => "bad_gateway",
            Self::UpstreamTimedOut => "deadline_exceeded",
            Self::Internal(_) => "internal_error",
        }
    }

    /// Whether a retry of the same request may succeed.
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Invalid(_)
            | Self::MalformedBody(_)
            | Self::InvalidWithMessage { .. }
            | Self::Unauthorized(_)
            | Self::NotFound(_)
            | Self::MethodNotAllowed { .. }
            | Self::PayloadTooLarge
            | Self::UnsupportedMediaType => false,
            Self::TooManyRequests { .. }
            | Self::Unavailable { .. }
            | Self::Overloaded(_)
            | Self::BadGateway { .. }
            | Self::TimedOut
            | Self::UpstreamTimedOut
            | Self::Internal(_) => true,
        }
    }

    fn detail(&self) -> Cow<'static, str> {
        match self {
            Self::Invalid(_) => "Invalid input.".into(),
            Self::MalformedBody(detail) => detail.clone().into(),
            Self::InvalidWithMessage { message, .. } => (*message).into(),
            Self::Unauthorized(AuthenticationError::Missing) => {
                "Authentication credentials were not provided.".into()
            }
            Self::Unauthorized(AuthenticationError::Invalid) => "Invalid token.".into(),
            Self::NotFound(detail) => detail.clone(),
            Self::MethodNotAllowed { .. } => "Method not allowed.".into(),
            Self::PayloadTooLarge => "The request body is too large.".into(),
            Self::UnsupportedMediaType => "Unsupported media type.".into(),
            Self::TooManyRequests { retry_after } => {
                let (seconds, unit) = match whole_seconds(*retry_after) {
                    1 => (1, "second"),
                    seconds => (seconds, "seconds"),
                };
                format!("Request was throttled. Expected available in {seconds} {unit}.").into()
            }
            Self::Unavailable { .. } => "Temporarily unavailable, please try again.".into(),
            Self::Overloaded(_) => "Server overloaded, please try again.".into(),
            Self::BadGateway { .. } => "Invalid response from upstream.".into(),
            Self::TimedOut => "The request timed out, please try again.".into(),
            Self::UpstreamTimedOut => "The request timed out.".into(),
            Self::Internal(_) => "Something went wrong.".into(),
        }
    }

    /// The response body as JSON.
    pub fn body(&self, request_id: &str) -> String {
        let request_id = request_id.to_owned();
        let code = Cow::Borrowed(self.code());
        let text = match self {
            Self::Invalid(fields) => {
                serde_json::to_string(&FieldProblem { fields: fields.0.clone(), code, request_id })
            }
            Self::InvalidWithMessage { .. } => {
                serde_json::to_string(&MessageProblem { message: self.detail(), code, request_id })
            }
            _ => serde_json::to_string(&Problem { detail: self.detail(), code, request_id }),
        };
        text.unwrap_or_default()
    }

    /// The response body as an example in the OpenAPI document.
    pub fn example(&self) -> serde_json::Value {
        serde_json::from_str(&self.body(EXAMPLE_REQUEST_ID)).unwrap_or_default()
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Invalid(_) | Self::MalformedBody(_) | Self::InvalidWithMessage { .. } => {
                StatusCode::BAD_REQUEST
            }
            Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable { .. } | Self::Overloaded(_) | Self::TimedOut => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::BadGateway { .. } => StatusCode::BAD_GATEWAY,
            Self::UpstreamTimedOut => StatusCode::GATEWAY_TIMEOUT,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The response without its body, which contains the request id: the middleware of
    /// [`crate::http`] adds it.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponseBuilder::new(self.status_code());
        match self {
            Self::Unauthorized(_) => {
                response.insert_header((header::WWW_AUTHENTICATE, "Token"));
            }
            Self::MethodNotAllowed { allow } => {
                response.insert_header((header::ALLOW, allow.as_ref()));
            }
            Self::TooManyRequests { retry_after } => {
                response.insert_header((header::RETRY_AFTER, whole_seconds(*retry_after)));
            }
            Self::Unavailable { .. } | Self::Overloaded(_) | Self::TimedOut => {
                response.insert_header((header::RETRY_AFTER, "1"));
            }
            _ => {}
        }
        response.finish()
    }
}

/// Rounded up, at least 1: a retry after this time is not throttled again.
fn whole_seconds(time: Duration) -> u64 {
    (time.as_secs() + u64::from(time.subsec_nanos() > 0)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn body_of_invalid_fields_has_one_key_per_field() {
        let mut errors = FieldErrors::default();
        errors.add("search", "a");
        errors.add("keyword", "b");
        let body = Error::from(errors).body("id");
        assert_eq!(body, r#"{"keyword":["b"],"search":["a"],"code":"invalid","request_id":"id"}"#);
    }

    #[test]
    fn body_of_internal_error_does_not_contain_the_cause() {
        let error = Error::internal(std::io::Error::other("no route to 10.0.0.1"));
        let body = error.body("id");
        assert_eq!(
            body,
            r#"{"detail":"Something went wrong.","code":"internal_error","request_id":"id"}"#
        );
    }

    #[test]
    fn body_of_message_error_has_message_instead_of_detail() {
        let body =
            Error::InvalidWithMessage { message: "short field", code: "short_field" }.body("id");
        assert_eq!(body, r#"{"message":"short field","code":"short_field","request_id":"id"}"#);
    }

    #[test]
    fn unauthorized_response_names_the_scheme() {
        for (credentials, code) in [
            (AuthenticationError::Missing, "not_authenticated"),
            (AuthenticationError::Invalid, "authentication_failed"),
        ] {
            let error = Error::Unauthorized(credentials);
            let response = error.error_response();
            assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
            let scheme = response.headers().get(header::WWW_AUTHENTICATE);
            assert_eq!(scheme.unwrap(), "Token");
            assert_eq!(error.code(), code);
        }
    }

    #[test]
    fn throttled_response_rounds_retry_after_up() {
        for (millis, seconds, words) in
            [(0, "1", "1 second."), (1, "1", "1 second."), (1001, "2", "2 seconds.")]
        {
            let error = Error::TooManyRequests { retry_after: Duration::from_millis(millis) };
            let response = error.error_response();
            assert_eq!(response.headers().get(header::RETRY_AFTER).unwrap(), seconds);
            assert!(error.detail().ends_with(words), "{millis}");
        }
    }
}
