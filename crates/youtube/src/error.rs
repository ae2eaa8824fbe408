//! Errors, and the recommended action for each.

use crate::quota::{Bucket, Exhausted, ReserveError};
use serde::Deserialize;
use std::{fmt, iter::successors, time::Duration};

/// Maximum length of a server's message in characters; the rest is dropped.
const MAX_MESSAGE: usize = 300;

/// A request failed. No variant contains the key, also if the server repeated it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server reports that a daily quota is used up.
    #[error("quota {bucket} exceeded: {message}")]
    QuotaExceeded {
        /// The bucket of the request.
        bucket: Bucket,
        /// From the response.
        message: String,
    },
    /// The ledger of the client has no units left; nothing was sent.
    #[error(transparent)]
    BudgetExhausted(Exhausted),
    /// Too many requests in a short time.
    #[error("rate limited: {message}")]
    RateLimited {
        /// From `Retry-After`.
        retry_after: Option<Duration>,
        /// From the response.
        message: String,
    },
    /// A status from 500, or another that the API does not document.
    #[error("HTTP {status}: {message}")]
    Server {
        /// HTTP status.
        status: u16,
        /// From `Retry-After`.
        retry_after: Option<Duration>,
        /// From the response.
        message: String,
    },
    /// No complete response arrived.
    #[error("network error: {}", root_cause(.0))]
    Network(#[source] reqwest::Error),
    /// The deadline of the call passed.
    #[error("no response within {0:?}")]
    Timeout(Duration),
    /// The key cannot be used; no request will succeed.
    #[error("{problem}: {message}")]
    Key {
        /// The reason for which it cannot be used.
        problem: KeyProblem,
        /// From the response.
        message: String,
    },
    /// The resource does not exist.
    #[error("{kind} not found: {message}")]
    NotFound {
        /// The kind of the missing resource.
        kind: Resource,
        /// From the response.
        message: String,
    },
    /// The feed returned 404. Feeds have outages: the channel may exist.
    #[error("the feed is unavailable (HTTP 404)")]
    FeedUnavailable,
    /// The key has no access to the resource, such as a private playlist.
    #[error("forbidden ({reason}): {message}")]
    Forbidden {
        /// The reason in YouTube's documentation.
        reason: String,
        /// From the response.
        message: String,
    },
    /// The request is invalid.
    #[error("bad request ({reason}): {message}")]
    BadRequest {
        /// The reason in YouTube's documentation, such as `invalidPageToken`.
        reason: String,
        /// From the response.
        message: String,
    },
    /// The body does not have the documented form.
    #[error("invalid response: {reason}")]
    InvalidResponse {
        /// Location and cause.
        reason: String,
        /// The body ends early, so that another attempt can help.
        is_truncated: bool,
    },
    /// More ids than a request may have; nothing was sent.
    #[error("{0} ids in a request; at most {max} are allowed", max = crate::MAX_IDS)]
    TooManyIds(usize),
    /// The quota ledger cannot be read or written; nothing was sent.
    #[error(transparent)]
    Ledger(ReserveError),
}

/// The innermost cause, which has no URL.
fn root_cause(error: &reqwest::Error) -> String {
    let causes = successors(Some(error as &dyn std::error::Error), |error| error.source());
    causes.last().map(ToString::to_string).unwrap_or_default()
}

/// The reason for which a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyProblem {
    /// Unknown, deleted or mistyped.
    Invalid,
    /// Its expiration time passed.
    Expired,
    /// None was sent.
    Missing,
    /// Restricted to other addresses, referrers or APIs.
    Restricted,
    /// YouTube Data API v3 is not enabled in its project.
    AccessNotConfigured,
    /// Its project is suspended or deleted.
    Suspended,
}

impl fmt::Display for KeyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Invalid => "the API key is invalid",
            Self::Expired => "the API key is expired",
            Self::Missing => "the API key is missing",
            Self::Restricted => {
                "the restrictions of the API key exclude this server or YouTube Data API v3"
            }
            Self::AccessNotConfigured => {
                "YouTube Data API v3 is not enabled in the project of the API key"
            }
            Self::Suspended => "the project of the API key is suspended or deleted",
        })
    }
}

/// The kind of a missing resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// `channelNotFound`.
    Channel,
    /// A chart of a region and category; most categories have none since July 2025.
    Chart,
    /// `playlistNotFound` or `playlistItemNotFound`.
    Playlist,
    /// `videoNotFound`.
    Video,
    /// A resource of another kind, such as a category.
    Other,
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Channel => "channel",
            Self::Chart => "chart",
            Self::Playlist => "playlist",
            Self::Video => "video",
            Self::Other => "resource",
        })
    }
}

/// The recommended reaction to an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The request fails every time: continue with other requests.
    Skip,
    /// The same request may succeed later; the client has retried it already.
    RetryLater,
    /// Send no request of this bucket until the quota is reset.
    StopBucket(Bucket),
    /// Send no request until an operator has changed the key or its project.
    Halt,
}

impl Error {
    /// The recommended reaction.
    pub const fn action(&self) -> Action {
        match self {
            Self::QuotaExceeded { bucket, .. } => Action::StopBucket(*bucket),
            Self::BudgetExhausted(exhausted) => Action::StopBucket(exhausted.bucket),
            Self::Key { .. } => Action::Halt,
            Self::RateLimited { .. }
            | Self::Server { .. }
            | Self::Network(_)
            | Self::Timeout(_)
            | Self::FeedUnavailable
            | Self::InvalidResponse { .. }
            | Self::Ledger(_) => Action::RetryLater,
            Self::NotFound { .. }
            | Self::Forbidden { .. }
            | Self::BadRequest { .. }
            | Self::TooManyIds(_) => Action::Skip,
        }
    }

    /// The bucket whose quota does not allow the request.
    pub const fn stopped_bucket(&self) -> Option<Bucket> {
        match self.action() {
            Action::StopBucket(bucket) => Some(bucket),
            _ => None,
        }
    }

    /// The value of a metric label.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::QuotaExceeded { .. } => "quota_exceeded",
            Self::BudgetExhausted(_) => "budget_exhausted",
            Self::RateLimited { .. } => "rate_limited",
            Self::Server { .. } => "server",
            Self::Network(_) => "network",
            Self::Timeout(_) => "timeout",
            Self::Key { .. } => "key",
            Self::NotFound { .. } => "not_found",
            Self::FeedUnavailable => "feed_unavailable",
            Self::Forbidden { .. } => "forbidden",
            Self::BadRequest { .. } => "bad_request",
            Self::InvalidResponse { .. } => "invalid_response",
            Self::TooManyIds(_) => "too_many_ids",
            Self::Ledger(_) => "ledger",
        }
    }

    /// Whether another attempt within the same call can help.
    pub(crate) const fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. }
                | Self::Server { .. }
                | Self::Network(_)
                | Self::InvalidResponse { is_truncated: true, .. }
        )
    }

    /// The delay that the server requests.
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after, .. } | Self::Server { retry_after, .. } => {
                *retry_after
            }
            _ => None,
        }
    }
}

impl From<ReserveError> for Error {
    fn from(error: ReserveError) -> Self {
        match error {
            ReserveError::Exhausted(exhausted) => Self::BudgetExhausted(exhausted),
            unavailable @ ReserveError::Unavailable(_) => Self::Ledger(unavailable),
        }
    }
}

/// The body of an error response.
#[derive(Debug, Default, Deserialize)]
struct ErrorBody {
    error: ErrorDetails,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ErrorDetails {
    message: String,
    errors: Vec<ErrorItem>,
    details: Vec<ErrorInfo>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ErrorItem {
    reason: String,
}

/// `google.rpc.ErrorInfo`; other types of details have no reason.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ErrorInfo {
    reason: String,
    metadata: Metadata,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Metadata {
    /// Such as `1/d/{project}` for a daily quota.
    quota_unit: String,
    quota_limit: String,
}

/// Classifies a response whose status is not 200.
pub(crate) fn classify(
    status: u16,
    retry_after: Option<Duration>,
    body: &[u8],
    bucket: Bucket,
) -> Error {
    let parsed: Option<ErrorBody> = serde_json::from_slice(body).ok();
    let has_details = parsed.is_some();
    let ErrorDetails { message, errors, details } = parsed.unwrap_or_default().error;
    let reason = errors.into_iter().next().unwrap_or_default().reason;
    let info = details.into_iter().find(|info| !info.reason.is_empty()).unwrap_or_default();
    let text = if has_details { message } else { String::from_utf8_lossy(body).into_owned() };
    let message: String = without_tags(&text).chars().take(MAX_MESSAGE).collect();

    if let Some(problem) = key_problem(&reason, &info.reason, &message, status) {
        return Error::Key { problem, message };
    }
    let quota = info.metadata;
    let is_daily = quota.quota_unit.contains("/d/") || quota.quota_limit.contains("PerDay");
    match (status, reason.as_str()) {
        (403 | 429, "quotaExceeded" | "dailyLimitExceeded") => {
            Error::QuotaExceeded { bucket, message }
        }
        (403 | 429, "rateLimitExceeded" | "userRateLimitExceeded") if is_daily => {
            Error::QuotaExceeded { bucket, message }
        }
        (429, _) | (403, "rateLimitExceeded" | "userRateLimitExceeded") => {
            Error::RateLimited { retry_after, message }
        }
        (400 | 404, "videoChartNotFound") => Error::NotFound { kind: Resource::Chart, message },
        (404, reason) if has_details => {
            let kind = match reason {
                "channelNotFound" => Resource::Channel,
                "playlistNotFound" | "playlistItemNotFound" => Resource::Playlist,
                "videoNotFound" => Resource::Video,
                _ => Resource::Other,
            };
            Error::NotFound { kind, message }
        }
        (403, _) if has_details => Error::Forbidden { reason, message },
        (400, _) if has_details => Error::BadRequest { reason, message },
        _ => Error::Server { status, retry_after, message },
    }
}

/// The text without HTML tags: YouTube's messages contain links.
fn without_tags(text: &str) -> String {
    let mut parts = text.split('<');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |result, part| match part.split_once('>') {
        Some((_, rest)) => result + rest,
        None => result + "<" + part,
    })
}

fn key_problem(reason: &str, info: &str, message: &str, status: u16) -> Option<KeyProblem> {
    match (reason, info) {
        ("keyExpired", _) => Some(KeyProblem::Expired),
        (_, "API_KEY_INVALID") if message.contains("expired") => Some(KeyProblem::Expired),
        ("keyInvalid" | "authError", _) | (_, "API_KEY_INVALID") => Some(KeyProblem::Invalid),
        ("accessNotConfigured", _) | (_, "SERVICE_DISABLED") => {
            Some(KeyProblem::AccessNotConfigured)
        }
        ("ipRefererBlocked", _)
        | (
            _,
            "API_KEY_IP_ADDRESS_BLOCKED"
            | "API_KEY_HTTP_REFERRER_BLOCKED"
            | "API_KEY_SERVICE_BLOCKED"
            | "API_KEY_ANDROID_APP_BLOCKED"
            | "API_KEY_IOS_APP_BLOCKED",
        ) => Some(KeyProblem::Restricted),
        ("accountDisabled" | "projectSuspended", _)
        | (_, "CONSUMER_SUSPENDED" | "CONSUMER_INVALID") => Some(KeyProblem::Suspended),
        _ if message.contains("unregistered callers") || status == 401 => Some(KeyProblem::Missing),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
