//! Errors in the form of the API.

use actix_web::{HttpResponse, http::StatusCode};
use serde_json::json;

/// An error of the API.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    status: u16,
    reason: &'static str,
    message: String,
    /// The reason of `google.rpc.ErrorInfo`.
    info: Option<&'static str>,
}

impl Problem {
    pub(super) fn new(status: u16, reason: &'static str, message: impl Into<String>) -> Self {
        Self { status, reason, message: message.into(), info: None }
    }

    pub(super) fn with_info(self, info: &'static str) -> Self {
        Self { info: Some(info), ..self }
    }

    pub(super) fn quota_exceeded() -> Self {
        let message = "The request cannot be completed because you have exceeded your \
                       <a href=\"/youtube/v3/getting-started#quota\">quota</a>.";
        Self::new(403, "quotaExceeded", message)
    }

    pub(super) fn key_invalid() -> Self {
        let message = "API key not valid. Please pass a valid API key.";
        Self::new(400, "badRequest", message).with_info("API_KEY_INVALID")
    }

    pub(super) fn key_missing() -> Self {
        let message = "Method doesn't allow unregistered callers (callers without established \
                       identity). Please use API Key or other form of API consumer identity to \
                       call this API.";
        Self::new(403, "forbidden", message)
    }

    pub(super) fn invalid_parameter(name: &str) -> Self {
        Self::new(400, "invalidParameter", format!("Invalid value for parameter: {name}"))
    }

    pub(super) fn response(&self) -> HttpResponse {
        let Self { status, reason, message, info } = self;
        let item = json!({ "message": message, "domain": "youtube", "reason": reason });
        let mut error = json!({ "code": status, "message": message, "errors": [item] });
        if let Some(info) = info {
            error["details"] = json!([{
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": info,
                "domain": "googleapis.com",
                "metadata": { "service": "youtube.googleapis.com" },
            }]);
        }
        let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        HttpResponse::build(status).json(json!({ "error": error }))
    }
}
