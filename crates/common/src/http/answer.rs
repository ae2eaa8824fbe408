//! A finished answer: bytes, their `ETag`, and how long they may be kept.

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    http::header::{self, EntityTag, Header, HeaderValue, IfNoneMatch},
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
    freshness: Freshness,
}

/// How old an answer is, and how long a client may keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    /// `Cache-Control: max-age`.
    pub max_age: Duration,
    /// Since the answer was made.
    pub age: Duration,
    /// Older than it should be: given because there is no newer one yet.
    pub stale: bool,
}

impl Freshness {
    /// A new answer that may be kept for `max_age`.
    pub const fn new(max_age: Duration) -> Self {
        Self { max_age, age: Duration::ZERO, stale: false }
    }
}

impl Answer {
    /// The answer that `view` is, in JSON.
    pub fn json(view: &impl Serialize, freshness: Freshness) -> Result<Self, serde_json::Error> {
        let body = Bytes::from(serde_json::to_vec(view)?);
        let tag = format!("\"{:032x}\"", xxh3_128(&body));
        // Hexadecimal digits in quotes are a valid header.
        let etag = HeaderValue::try_from(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""));
        Ok(Self { body, etag, freshness })
    }

    /// The same answer, later.
    pub fn at(&self, freshness: Freshness) -> Self {
        Self { freshness, ..self.clone() }
    }

    /// What it weighs, in bytes.
    pub fn len(&self) -> usize {
        self.body.len()
    }

    /// Whether it has no bytes: never, for JSON.
    pub fn is_empty(&self) -> bool {
        self.body.is_empty()
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
        let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        let max_age = self.freshness.max_age.as_secs();
        response
            .insert_header((header::CACHE_CONTROL, format!("public, max-age={max_age}")))
            .insert_header((header::AGE, self.freshness.age.as_secs()))
            .insert_header((header::ETAG, self.etag));
        if self.freshness.stale {
            response.insert_header((header::WARNING, "110 - \"Response is Stale\""));
        }
        if known {
            return response.finish();
        }
        response.content_type("application/json").body(self.body)
    }
}
