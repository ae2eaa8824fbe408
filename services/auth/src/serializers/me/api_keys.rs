//! API keys.

use crate::{
    queries::api_keys::{ApiKeyRow, MAX_API_KEYS},
    settings::ApiKeyLimit,
};
use common::{error::FieldErrors, http::Field, time::OffsetTime};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Maximum length of the name of an API key in characters.
const MAX_KEY_NAME: usize = 100;

/// A new API key.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ApiKeyRequest {
    /// The purpose; not blank.
    #[schema(value_type = String, example = "주간 보고서", min_length = 1, max_length = 100)]
    name: Field<String>,
}

impl ApiKeyRequest {
    pub(crate) fn validate(self) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = self.name.not_invisible().max_chars(MAX_KEY_NAME).required("name", &mut errors);
        name.map(|name| name.trim().to_owned()).ok_or(errors)
    }
}

/// The error of a key beyond the limit.
pub(crate) fn too_many_keys() -> FieldErrors {
    let message = format!("An account has at most {MAX_API_KEYS} API keys.");
    FieldErrors::single("non_field_errors", message)
}

/// An API key, without its secret part.
#[derive(Serialize, ToSchema)]
pub(crate) struct ApiKeyResponse {
    /// The id of the key.
    #[schema(example = 3)]
    id: i32,
    /// The purpose.
    #[schema(example = "주간 보고서")]
    name: String,
    /// The first characters of the key.
    #[schema(example = "ct_3q2-7w")]
    prefix: String,
    /// When it was created, in Seoul.
    #[schema(value_type = String, example = "2026-11-26T09:30:00+09:00")]
    created_at: OffsetTime,
    /// The last request with it, in Seoul.
    #[schema(value_type = Option<String>, example = "2026-11-27T18:04:12+09:00")]
    last_used_at: Option<OffsetTime>,
}

impl From<ApiKeyRow> for ApiKeyResponse {
    fn from(row: ApiKeyRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            prefix: row.prefix,
            created_at: OffsetTime(row.created_at),
            last_used_at: row.last_used_at.map(OffsetTime),
        }
    }
}

/// The API keys of an account.
#[derive(Serialize, ToSchema)]
pub(crate) struct ApiKeysResponse {
    /// Oldest first, at most 10.
    keys: Vec<ApiKeyResponse>,
    /// Requests that each key may send in a window.
    #[schema(example = 600)]
    requests: u32,
    /// The length of a window.
    #[schema(example = 60)]
    window_seconds: u64,
}

impl ApiKeysResponse {
    pub(crate) fn new(rows: Vec<ApiKeyRow>, limit: &ApiKeyLimit) -> Self {
        Self {
            keys: rows.into_iter().map(Into::into).collect(),
            requests: limit.requests,
            window_seconds: limit.window_seconds(),
        }
    }
}

/// A new API key.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewApiKeyResponse {
    /// Sent as the header `X-Api-Key`. It is not shown again.
    #[schema(example = "ct_3q2-7wEGCGCCZ2VtYmVycyBhcmUgbm90IHNlY3JldCE")]
    pub key: String,
    #[serde(flatten)]
    pub about: ApiKeyResponse,
}
