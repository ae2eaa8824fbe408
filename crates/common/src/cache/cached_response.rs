//! A serialized response with its caching headers.

use crate::http::{CsvRows, ListFormat, to_csv};
use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    http::{
        StatusCode,
        header::{self, EntityTag, Header, HeaderValue, IfNoneMatch},
    },
};
use bytes::Bytes;
use serde::Serialize;
use std::time::Duration;
use xxhash_rust::xxh3::xxh3_128;

/// A response body, JSON or CSV, with its `ETag` and age. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct CachedResponse {
    body: Bytes,
    content_type: &'static str,
    /// Quoted.
    etag: HeaderValue,
    cache_control: HeaderValue,
    max_age: Duration,
    age: Duration,
}

impl CachedResponse {
    /// Serializes `body` as JSON, with `Cache-Control: max-age`.
    pub fn json(body: &impl Serialize, max_age: Duration) -> Result<Self, serde_json::Error> {
        Ok(Self::new(serde_json::to_vec(body)?, ListFormat::Json, max_age))
    }

    /// Serializes the rows of `list` as CSV, with `Cache-Control: max-age`.
    pub fn csv<T: CsvRows>(list: &T, max_age: Duration) -> Result<Self, csv::Error> {
        Ok(Self::new(to_csv(list.rows())?, ListFormat::Csv, max_age))
    }

    fn new(body: Vec<u8>, format: ListFormat, max_age: Duration) -> Self {
        let body = Bytes::from(body);
        let etag = header_value(format!("\"{:032x}\"", xxh3_128(&body)));
        let cache_control = header_value(format!("public, max-age={}", max_age.as_secs()));
        let content_type = format.content_type();
        Self { body, content_type, etag, cache_control, max_age, age: Duration::ZERO }
    }

    /// The same response with another age.
    pub fn with_age(self, age: Duration) -> Self {
        Self { age, ..self }
    }

    /// Size of the body in bytes.
    pub fn size(&self) -> usize {
        self.body.len()
    }

    /// `Cache-Status` (RFC 9211): hit or miss, and the remaining time to live in seconds, which is
    /// negative if the response is stale. `None` if the cache is disabled.
    fn cache_status(&self) -> Option<HeaderValue> {
        if self.max_age.is_zero() {
            return None;
        }
        if self.age.is_zero() {
            return Some(HeaderValue::from_static("replica; fwd=miss"));
        }
        let ttl = match self.max_age.checked_sub(self.age) {
            Some(left) if !left.is_zero() => left.as_secs().to_string(),
            _ => format!("-{}", self.age.abs_diff(self.max_age).as_secs().max(1)),
        };
        Some(header_value(format!("replica; hit; ttl={ttl}")))
    }

    /// Whether `If-None-Match` matches (RFC 9110, section 13.1.2: weak comparison).
    fn matches_etag(&self, request: &HttpRequest) -> bool {
        let Ok(ours) = self.etag.to_str().unwrap_or_default().parse::<EntityTag>() else {
            return false;
        };
        match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => true,
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|tag| tag.weak_eq(&ours)),
            Err(_) => false,
        }
    }
}

impl Responder for CachedResponse {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let not_modified =
            request.headers().contains_key(header::IF_NONE_MATCH) && self.matches_etag(request);
        let cache_status = self.cache_status();
        let mut response = if not_modified {
            HttpResponse::new(StatusCode::NOT_MODIFIED)
        } else {
            HttpResponse::with_body(StatusCode::OK, BoxBody::new(self.body))
        };
        let headers = response.headers_mut();
        if !not_modified {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        }
        headers.insert(header::CACHE_CONTROL, self.cache_control);
        headers.insert(header::AGE, self.age.as_secs().into());
        headers.insert(header::ETAG, self.etag);
        if let Some(status) = cache_status {
            headers.insert(header::CACHE_STATUS, status);
        }
        response
    }
}

/// The text must consist of visible ASCII characters.
fn header_value(text: String) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
