//! Response bodies of errors.

use actix_web::http::StatusCode;
use serde::Serialize;
use std::{borrow::Cow, collections::BTreeMap};
use utoipa::ToSchema;

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

/// The body of an error of a body: of its fields, or of all of it where it cannot be read.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum BodyProblem {
    /// Fields that cannot be used.
    Fields(FieldProblem),
    /// No JSON at all.
    Unreadable(Problem),
}

/// The body of the few errors that say `message` where others say `detail`.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageProblem {
    /// What went wrong, for people.
    #[schema(example = "short field")]
    pub message: Cow<'static, str>,
    /// What went wrong, for programs: stable, `snake_case`.
    #[schema(example = "short_field")]
    pub code: Cow<'static, str>,
    /// The request's id, as in the header `X-Request-ID` and in the logs.
    #[schema(example = "0d6e2a3c5f5b4a1e9d0c8b7a6f5e4d3c")]
    pub request_id: String,
}
