//! API keys, feeds and the account itself.

use crate::{
    domain::NEW_PASSWORD_MIN,
    queries::{
        accounts::Account,
        api_keys::{ApiKeyRow, MAX_API_KEYS},
        digest::AlertRow,
        watchlist::WatchRow,
    },
    serializers::{AlertResponse, WatchResponse, feed_texts::Language},
    settings::ApiKeyLimit,
};
use chrono::{DateTime, Utc};
use common::{Error, auth::rules, error::FieldErrors, http::Field, time::OffsetTime};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

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

/// The parameters of `me/feed/{token}.atom`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FeedParams {
    /// The language of the texts, `ko` or `en`; by default `ko`.
    #[param(value_type = Option<String>, example = "en", pattern = "^(ko|en)$")]
    lang: Field<String>,
}

impl FeedParams {
    pub(crate) fn validate(self) -> Result<Language, Error> {
        let mut errors = FieldErrors::default();
        let language = self.lang.and_then(|text| match text.as_str() {
            "ko" => Ok(Language::Korean),
            "en" => Ok(Language::English),
            _ => Err("Must be ko or en."),
        });
        let language = language.optional("lang", &mut errors).unwrap_or(Language::Korean);
        errors.into_result().map(|()| language)
    }
}

/// The state of a feed.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedResponse {
    /// When its URL was created, in Seoul; null if there is no feed.
    #[schema(value_type = Option<String>, example = "2026-11-26T09:30:00+09:00")]
    pub created_at: Option<OffsetTime>,
}

/// A new URL of a feed.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewFeedResponse {
    /// The secret URL. It is not shown again.
    #[schema(
        example = "https://createtrend.example/api/me/feed/cf_3q2-7wEGCGCCZ2VtYmVycyBhcmUgbm90IHNlY3JldCE.atom"
    )]
    pub url: String,
    /// When it was created, in Seoul.
    #[schema(value_type = String, example = "2026-11-26T09:30:00+09:00")]
    pub created_at: OffsetTime,
}

/// A change of the password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PasswordRequest {
    /// The current password.
    #[schema(value_type = String, example = "correct horse battery staple", min_length = 1)]
    password: Field<String>,
    /// At least 8 characters and at most 4096 bytes. Trimmed and normalized (NFKC).
    #[schema(value_type = String, example = "better horse battery staple", min_length = 8, max_length = 4096)]
    new_password: Field<String>,
}

impl PasswordRequest {
    /// The present and the new password.
    pub(crate) fn validate(self) -> Result<(String, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let password = self.password.not_blank().required("password", &mut errors);
        let new = self.new_password.not_blank().and_then(|text| {
            if rules::normalize_password(&text).chars().count() < NEW_PASSWORD_MIN {
                return Err(format!(
                    "Ensure this field has at least {NEW_PASSWORD_MIN} characters."
                ));
            }
            rules::validate_password(&text).map_err(|error| error.to_string()).map(|()| text)
        });
        let new = new.required("new_password", &mut errors);
        password.zip(new).ok_or(errors)
    }
}

/// The confirmation of a deletion.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DeletionRequest {
    /// The current password.
    #[schema(value_type = String, example = "correct horse battery staple", min_length = 1)]
    password: Field<String>,
}

impl DeletionRequest {
    pub(crate) fn validate(self) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        self.password.not_blank().required("password", &mut errors).ok_or(errors)
    }
}

/// The error of a wrong current password.
pub(crate) fn wrong_password() -> FieldErrors {
    FieldErrors::single("password", "The password is wrong.")
}

/// The error of an account to which other tables refer.
pub(crate) fn account_in_use() -> FieldErrors {
    FieldErrors::single(
        "non_field_errors",
        "Records of another application refer to this account. Ask the operator to delete it.",
    )
}

/// All data of an account, except for hashes of secrets.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExportResponse {
    /// The username.
    #[schema(example = "오늘의_먹방")]
    username: String,
    /// Given name; empty if unknown.
    #[schema(example = "")]
    first_name: String,
    /// Family name; empty if unknown.
    #[schema(example = "")]
    last_name: String,
    /// Email address; empty if unknown.
    #[schema(example = "")]
    email: String,
    /// When it was registered, in Seoul.
    #[schema(value_type = Option<String>, example = "2026-11-20T09:30:00+09:00")]
    date_joined: Option<OffsetTime>,
    /// The last login, in Seoul.
    #[schema(value_type = Option<String>, example = "2026-11-26T09:30:00+09:00")]
    last_login: Option<OffsetTime>,
    /// Phone number, as entered.
    #[schema(example = "010-1234-5678")]
    phone: Option<String>,
    /// Whether the user subscribes to news.
    #[schema(example = true)]
    on_subscribe: Option<bool>,
    /// The `idx` of the user's own channel.
    #[schema(example = 17)]
    own_channel: Option<i32>,
    /// When each valid token expires, in Seoul.
    #[schema(value_type = Vec<String>, example = json!(["2026-11-27T09:30:00+09:00"]))]
    sessions: Vec<OffsetTime>,
    /// Addresses and networks from which the account has logged in.
    #[schema(example = json!(["203.0.113.7"]))]
    known_addresses: Vec<String>,
    /// The watchlist.
    watchlist: Vec<WatchResponse>,
    /// The alerts of the last year, newest first.
    alerts: Vec<AlertResponse>,
    /// The API keys.
    api_keys: Vec<ApiKeyResponse>,
    /// When the URL of the feed was created, in Seoul.
    #[schema(value_type = Option<String>, example = "2026-11-26T09:30:00+09:00")]
    feed_created_at: Option<OffsetTime>,
}

/// The stored data of an account, except its own rows.
pub(crate) struct AccountData {
    pub sessions: Vec<DateTime<Utc>>,
    pub known_addresses: Vec<String>,
    pub watchlist: Vec<WatchRow>,
    pub alerts: Vec<AlertRow>,
    pub api_keys: Vec<ApiKeyRow>,
    pub feed_created_at: Option<DateTime<Utc>>,
}

impl ExportResponse {
    pub(crate) fn new((user, info): Account, data: AccountData) -> Self {
        Self {
            username: user.username,
            first_name: user.first_name,
            last_name: user.last_name,
            email: user.email,
            date_joined: user.date_joined.map(OffsetTime),
            last_login: user.last_login.map(OffsetTime),
            on_subscribe: info.as_ref().and_then(|info| info.on_subscribe),
            own_channel: info.as_ref().and_then(|info| info.own_channel),
            phone: info.and_then(|info| info.phone),
            sessions: data.sessions.into_iter().map(OffsetTime).collect(),
            known_addresses: data.known_addresses,
            watchlist: data.watchlist.into_iter().map(Into::into).collect(),
            alerts: data.alerts.into_iter().map(Into::into).collect(),
            api_keys: data.api_keys.into_iter().map(Into::into).collect(),
            feed_created_at: data.feed_created_at.map(OffsetTime),
        }
    }
}
