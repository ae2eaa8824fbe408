//! A finished answer: bytes, their `ETag`, and how long they may be kept.

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

/// The JSON bytes of an answer, ready to send to any number of clients.
#[derive(Debug, Clone)]
pub struct Answer {
    body: Bytes,
    /// Quoted, as it stands in the header.
    etag: HeaderValue,
    /// For how long a client may keep it, as it stands in the header.
    cache_control: HeaderValue,
    max_age: Duration,
    /// Since it was made.
    age: Duration,
}

impl Answer {
    /// The answer that `view` is, in JSON, which a client may keep for `max_age`.
    pub fn json(view: &impl Serialize, max_age: Duration) -> Result<Self, serde_json::Error> {
        let body = Bytes::from(serde_json::to_vec(view)?);
        let etag = header_value(format!("\"{:032x}\"", xxh3_128(&body)));
        let cache_control = header_value(format!("public, max-age={}", max_age.as_secs()));
        Ok(Self { body, etag, cache_control, max_age, age: Duration::ZERO })
    }

    /// The same answer, so long after it was made.
    pub fn at(self, age: Duration) -> Self {
        Self { age, ..self }
    }

    /// What it weighs, in bytes.
    pub fn len(&self) -> usize {
        self.body.len()
    }

    /// Whether it has no bytes: never, for JSON.
    pub fn is_empty(&self) -> bool {
        self.body.is_empty()
    }

    /// `Cache-Status` (RFC 9211): whether it comes from the replica's cache, and for how many
    /// seconds it is still fresh; below zero it is stale. Nothing where the cache is off.
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

    /// Whether the client has these bytes already (RFC 9110, section 13.1.2: weak comparison).
    fn is_known_to(&self, request: &HttpRequest) -> bool {
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

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let known =
            request.headers().contains_key(header::IF_NONE_MATCH) && self.is_known_to(request);
        let cache_status = self.cache_status();
        let mut response = if known {
            HttpResponse::new(StatusCode::NOT_MODIFIED)
        } else {
            HttpResponse::with_body(StatusCode::OK, BoxBody::new(self.body))
        };
        let headers = response.headers_mut();
        if !known {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
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

/// Of text that a header can hold: letters, digits and punctuation.
fn header_value(text: String) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
