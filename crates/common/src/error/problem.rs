//! Validation errors by field, and response bodies of errors.

use super::Error;
use actix_web::http::StatusCode;
use serde::Serialize;
use std::{borrow::Cow, collections::BTreeMap};
use utoipa::ToSchema;

/// Error messages by the name of the invalid field.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FieldErrors(pub BTreeMap<Cow<'static, str>, Vec<String>>);

impl FieldErrors {
    /// The error of a single field.
    pub fn single(field: &'static str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// Adds a message for a field.
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.entry(Cow::Borrowed(field)).or_default().push(message.into());
    }

    /// Whether there is a message for this field.
    pub fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// Whether there are no errors.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// An error if any field is invalid.
    pub fn into_result(self) -> Result<(), Error> {
        if self.is_empty() { Ok(()) } else { Err(self.into()) }
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

/// The request id in examples.
pub(super) const EXAMPLE_REQUEST_ID: &str = "0d6e2a3c5f5b4a1e9d0c8b7a6f5e4d3c";

/// Body of an error response.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Human-readable message.
    #[schema(example = "Not found.")]
    pub detail: Cow<'static, str>,
    /// Machine-readable code: stable, `snake_case`.
    #[schema(example = "not_found")]
    pub code: Cow<'static, str>,
    /// Request id, as in the header `X-Request-ID` and in the logs.
    #[schema(example = json!(EXAMPLE_REQUEST_ID))]
    pub request_id: String,
}

impl Problem {
    /// A body derived from the HTTP status, for errors created by actix.
    pub fn of_status(status: StatusCode, request_id: &str) -> Self {
        let reason = status.canonical_reason().unwrap_or("Error");
        Self {
            detail: format!("{reason}.").into(),
            code: reason.to_lowercase().replace([' ', '-'], "_").into(),
            request_id: request_id.to_owned(),
        }
    }
}

/// Body of an error response for invalid fields: one key per field, with its messages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "keyword": ["This field is required."],
    "code": "invalid",
    "request_id": EXAMPLE_REQUEST_ID
}))]
pub struct FieldProblem {
    /// Messages of each invalid field.
    #[serde(flatten)]
    pub fields: BTreeMap<Cow<'static, str>, Vec<String>>,
    /// Always `invalid`.
    #[schema(example = "invalid")]
    pub code: Cow<'static, str>,
    /// Request id, as in the header `X-Request-ID` and in the logs.
    #[schema(example = json!(EXAMPLE_REQUEST_ID))]
    pub request_id: String,
}

/// Body of an error response for a request body: invalid fields, or malformed JSON.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum BodyProblem {
    /// Invalid fields.
    Fields(FieldProblem),
    /// Malformed JSON.
    Unreadable(Problem),
}

/// Body of an error response with `message` instead of `detail`.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageProblem {
    /// Human-readable message.
    #[schema(example = "short field")]
    pub message: Cow<'static, str>,
    /// Machine-readable code: stable, `snake_case`.
    #[schema(example = "short_field")]
    pub code: Cow<'static, str>,
    /// Request id, as in the header `X-Request-ID` and in the logs.
    #[schema(example = json!(EXAMPLE_REQUEST_ID))]
    pub request_id: String,
}
