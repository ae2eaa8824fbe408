//! HTTP requests of tests, and responses in snapshots.

use chrono::{Days, Utc};
use common::time::seoul_day;
use reqwest::{
    RequestBuilder, StatusCode,
    header::{HeaderMap, HeaderName},
};
use serde_json::Value;
use std::time::Duration;

/// Response headers in snapshots.
const SNAPSHOT_HEADERS: [&str; 5] =
    ["allow", "cache-control", "content-type", "retry-after", "www-authenticate"];

/// A client with a timeout of ten seconds, without proxy and decompression.
pub fn client() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy().no_gzip().timeout(Duration::from_secs(10));
    client.build().expect("an HTTP client")
}

/// A response with its whole body.
#[derive(Debug)]
pub struct Reply {
    /// Status of the response.
    pub status: StatusCode,
    /// All headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub body: String,
}

impl Reply {
    /// Sends a request; panics on an error.
    pub async fn send(request: RequestBuilder) -> Self {
        Self::try_send(request).await.expect("a response")
    }

    /// Sends a request.
    pub async fn try_send(request: RequestBuilder) -> reqwest::Result<Self> {
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(Self { status, headers, body: response.text().await? })
    }

    /// The value of a header, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether `Cache-Status` (RFC 9211) marks it as stale: a negative time to live in a replica,
    /// or `stale-if-error` in the gateway.
    pub fn is_stale(&self) -> bool {
        let values = self.headers.get_all("cache-status").into_iter();
        let mut members = values.filter_map(|value| value.to_str().ok());
        members.any(|text| text.contains("ttl=-") || text.contains("detail=stale-if-error"))
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("not JSON ({error}): {}", self.body))
    }

    /// Status, some headers and the body, without volatile values.
    pub fn snapshot(&self) -> String {
        let line = |name| self.header(name).map(|value| format!("{name}: {value}\n"));
        let headers: String = SNAPSHOT_HEADERS.into_iter().filter_map(line).collect();
        let pretty = serde_json::from_str::<Value>(&self.body)
            .and_then(|body| serde_json::to_string_pretty(&body));
        let body = redact_volatile(&pretty.unwrap_or_else(|_| self.body.clone()));
        format!("{}\n{headers}\n{body}", self.status)
    }
}

/// Replaces request ids, and dates by their distance from today.
pub fn redact_volatile(text: &str) -> String {
    let today = seoul_day(Utc::now());
    let mut text = text.to_owned();
    for distance in 0..60_u64 {
        let day = today.checked_sub_days(Days::new(distance)).expect("a day");
        text = text.replace(&day.to_string(), &format!("<today-{distance}>"));
    }
    let marker = "\"request_id\": \"";
    if let Some(start) = text.find(marker).map(|at| at + marker.len()) {
        let end = text[start..].find('"').map_or(text.len(), |at| start + at);
        text.replace_range(start..end, "<id>");
    }
    text
}
