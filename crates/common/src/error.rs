//! The one error of handlers and queries, and how a client sees it.

use actix_web::{
    HttpResponse, HttpResponseBuilder, ResponseError,
    http::{StatusCode, header},
};
use serde::Serialize;
use std::{borrow::Cow, collections::BTreeMap, error::Error as StdError, sync::Arc};
use utoipa::{IntoResponses, ToSchema};

/// Why a request got no answer, or not the one it wanted.
///
/// Errors of 5xx are opaque to the client and logged once, with their sources, where
/// the answer is made.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// One or more fields of a query or body cannot be used.
    #[error("invalid input")]
    Invalid(FieldErrors),
    /// There is no such thing.
    #[error("{0}")]
    NotFound(Cow<'static, str>),
    /// The path exists, but not with this method.
    #[error("Method not allowed.")]
    MethodNotAllowed {
        /// The methods that exist, as in the header `Allow`.
        allow: &'static str,
    },
    /// Something this service depends on does not answer.
    #[error("{dependency} is unavailable")]
    Unavailable {
        /// What does not answer; for the log.
        dependency: &'static str,
        /// What went wrong.
        #[source]
        source: Arc<dyn StdError + Send + Sync>,
    },
    /// The answer would come too late.
    #[error("deadline exceeded")]
    DeadlineExceeded,
    /// A fault of ours.
    #[error("internal error")]
    Internal(#[source] Arc<dyn StdError + Send + Sync>),
}

/// Messages for each field that cannot be used, by the field's name.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FieldErrors(pub BTreeMap<Cow<'static, str>, Vec<String>>);

impl FieldErrors {
    /// Adds a message for a field.
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.entry(Cow::Borrowed(field)).or_default().push(message.into());
    }

    /// Whether there is a message for this field.
    pub fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

/// The body of every error but those of single fields.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// What went wrong, for people.
    #[schema(example = "Not found.")]
    pub detail: Cow<'static, str>,
    /// What went wrong, for programs: stable, `snake_case`.
    #[schema(example = "not_found")]
    pub code: Cow<'static, str>,
    /// The request's id, as in the header `X-Request-ID` and in the logs.
    #[schema(example = "0d6e2a3c5f5b4a1e9d0c8b7a6f5e4d3c")]
    pub request_id: String,
}

impl Problem {
    /// What the HTTP status alone says, for errors that actix makes itself.
    pub fn of_status(status: StatusCode, request_id: &str) -> Self {
        let reason = status.canonical_reason().unwrap_or("Error");
        Self {
            detail: format!("{reason}.").into(),
            code: reason.to_lowercase().replace([' ', '-'], "_").into(),
            request_id: request_id.to_owned(),
        }
    }
}

/// The body of an error of single fields: one key per bad field, with its messages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "keyword": ["This field is required."],
    "code": "invalid",
    "request_id": "0d6e2a3c5f5b4a1e9d0c8b7a6f5e4d3c"
}))]
pub struct FieldProblem {
    /// The messages of each bad field.
    #[serde(flatten)]
    pub fields: BTreeMap<Cow<'static, str>, Vec<String>>,
    /// Always `invalid`.
    pub code: Cow<'static, str>,
    /// The request's id, as in the header `X-Request-ID` and in the logs.
    pub request_id: String,
}

/// What every read route may answer beside its own: for its part of the OpenAPI document.
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

impl Error {
    /// The stable name of this kind of error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::NotFound(_) => "not_found",
            Self::MethodNotAllowed { .. } => "method_not_allowed",
            Self::Unavailable { .. } => "service_unavailable",
            Self::DeadlineExceeded => "deadline_exceeded",
            Self::Internal(_) => "internal_error",
        }
    }

    /// Whether the same request would fail again, however often it is sent.
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Invalid(_) | Self::NotFound(_) | Self::MethodNotAllowed { .. })
    }

    fn detail(&self) -> Cow<'static, str> {
        match self {
            Self::Invalid(_) => "Invalid input.".into(),
            Self::NotFound(detail) => detail.clone(),
            Self::MethodNotAllowed { .. } => "Method not allowed.".into(),
            Self::Unavailable { .. } => "Temporarily unavailable, please try again.".into(),
            Self::DeadlineExceeded => "The answer took too long.".into(),
            Self::Internal(_) => "Something went wrong.".into(),
        }
    }

    /// The answer's body, as JSON.
    pub fn body(&self, request_id: &str) -> String {
        let request_id = request_id.to_owned();
        let code = Cow::Borrowed(self.code());
        let text = match self {
            Self::Invalid(fields) => {
                serde_json::to_string(&FieldProblem { fields: fields.0.clone(), code, request_id })
            }
            _ => serde_json::to_string(&Problem { detail: self.detail(), code, request_id }),
        };
        text.unwrap_or_default()
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::DeadlineExceeded => StatusCode::GATEWAY_TIMEOUT,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The answer without its body, which needs the request's id: the middleware of
    /// [`crate::http`] writes it.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponseBuilder::new(self.status_code());
        match self {
            Self::MethodNotAllowed { allow } => {
                response.insert_header((header::ALLOW, *allow));
            }
            Self::Unavailable { .. } => {
                response.insert_header((header::RETRY_AFTER, "1"));
            }
            _ => {}
        }
        response.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_fields_has_one_key_for_each() {
        let mut errors = FieldErrors::default();
        errors.add("search", "a");
        errors.add("keyword", "b");
        let body = Error::from(errors).body("id");
        assert_eq!(body, r#"{"keyword":["b"],"search":["a"],"code":"invalid","request_id":"id"}"#);
    }

    #[test]
    fn an_error_of_ours_says_nothing_of_its_source() {
        let error = Error::Internal(Arc::new(std::io::Error::other("no route to 10.0.0.1")));
        let body = error.body("id");
        assert_eq!(
            body,
            r#"{"detail":"Something went wrong.","code":"internal_error","request_id":"id"}"#
        );
    }
}
