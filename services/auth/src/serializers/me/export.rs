//! All data of an account.

use super::{api_keys::ApiKeyResponse, digest::AlertResponse, watchlist::WatchResponse};
use crate::queries::{
    accounts::Account, api_keys::ApiKeyRow, digest::AlertRow, watchlist::WatchRow,
};
use chrono::{DateTime, Utc};
use common::time::OffsetTime;
use serde::Serialize;
use utoipa::ToSchema;

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
