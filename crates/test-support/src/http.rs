//! Requests of a test, and answers as snapshots show them.

use chrono::{Days, Utc};
use common::time::seoul_day;
use reqwest::{
    RequestBuilder, StatusCode,
    header::{HeaderMap, HeaderName},
};
use serde_json::Value;
use std::time::Duration;

/// Headers that are part of the contract and differ between responses.
const HEADERS_THAT_MATTER: [&str; 5] =
    ["allow", "cache-control", "content-type", "retry-after", "www-authenticate"];

/// A client that waits ten seconds at most, uses no proxy, and leaves answers compressed.
pub fn client() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy().no_gzip().timeout(Duration::from_secs(10));
    client.build().expect("an HTTP client")
}

/// An answer, read in full.
#[derive(Debug)]
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: String,
}

impl Reply {
    /// The answer to a request.
    pub async fn to(request: RequestBuilder) -> Self {
        Self::try_to(request).await.expect("the request is answered")
    }

    /// The answer to a request, or why there is none.
    pub async fn try_to(request: RequestBuilder) -> reqwest::Result<Self> {
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(Self { status, headers, body: response.text().await? })
    }

    /// A header, as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether it says that it is stale (`Cache-Status`, RFC 9211): a time to live below zero
    /// in the cache of a replica, or the gateway's own word.
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

    /// The answer as a snapshot shows it: status, the headers that matter, the body with
    /// steady values in place of days and request ids.
    pub fn snapshot(&self) -> String {
        let line = |name| self.header(name).map(|value| format!("{name}: {value}\n"));
        let headers: String = HEADERS_THAT_MATTER.into_iter().filter_map(line).collect();
        let pretty = serde_json::from_str::<Value>(&self.body)
            .and_then(|body| serde_json::to_string_pretty(&body));
        let body = steady(&pretty.unwrap_or_else(|_| self.body.clone()));
        format!("{}\n{headers}\n{body}", self.status)
    }
}

/// The text with days as their distance from today, and without request ids.
pub fn steady(text: &str) -> String {
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
