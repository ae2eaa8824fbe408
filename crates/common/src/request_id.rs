//! The id of a request: in its response, its log lines and its messages.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use tracing::{Instrument, Span};
use uuid::Uuid;

/// The HTTP header that carries it, in both directions.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The target of the spans that carry a request's id. No filter of the settings disables it.
pub const SPAN_TARGET: &str = "request_id";

tokio::task_local! {
    static CURRENT: Option<RequestId>;
}

/// 8 to 64 characters that are safe in a log line, a header and JSON. Cloning is cheap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// Parses an id; `None` if it is not well-formed.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let value = HeaderValue::from_bytes(bytes).ok()?;
        is_well_formed(bytes).then_some(Self(value))
    }

    /// The id that the gateway set, if it is well-formed, else a random one.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Self {
        let received = headers.get(HEADER).filter(|id| is_well_formed(id.as_bytes()));
        received.map_or_else(Self::random, |id| Self(id.clone()))
    }

    fn random() -> Self {
        let mut text = Uuid::encode_buffer();
        let id = Uuid::new_v4().simple().encode_lower(&mut text);
        Self(HeaderValue::from_str(id).unwrap_or_else(|_| HeaderValue::from_static("")))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        // It is ASCII.
        self.0.to_str().unwrap_or_default()
    }

    pub(crate) fn into_header_value(self) -> HeaderValue {
        self.0
    }
}

/// Runs `future` as part of the request `id`: its log lines are in `span`, and messages that
/// it publishes carry the id. Tasks that it spawns have to be instrumented with the span.
pub async fn scope<F: Future>(id: Option<RequestId>, span: Span, future: F) -> F::Output {
    CURRENT.scope(id, future.instrument(span)).await
}

/// The id of the request that the current task belongs to, set by [`scope`].
pub fn current() -> Option<RequestId> {
    CURRENT.try_with(Clone::clone).ok().flatten()
}

/// Whether the id matches the pattern of the gateway (`nginx.conf`).
fn is_well_formed(id: &[u8]) -> bool {
    (8..=64).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PATTERN: &str = "[A-Za-z0-9._-]{8,64}";

    #[test]
    fn request_id_with_other_characters_or_length_is_rejected() {
        assert!(RequestId::parse(b"0d6e2a3c5f5b4a1e9d0c8b7a6f5e4d3c").is_some());
        for malformed in
            [&b"short.7"[..], b"two words", b"\"quoted\"id", &[b'x'; 65], b"12345678\n"]
        {
            assert_eq!(RequestId::parse(malformed), None, "{malformed:?}");
        }
    }

    #[test]
    fn request_id_pattern_matches_gateway_configuration() {
        let gateway = include_str!("../../../nginx.conf");
        assert!(gateway.contains(&format!("\"~^{PATTERN}$\" $http_x_request_id;")));
    }

    #[tokio::test]
    async fn current_request_id_ends_with_its_scope() {
        let id = RequestId::parse(b"request-1").unwrap();
        let inside = scope(Some(id.clone()), Span::none(), async { current() }).await;
        assert_eq!((inside, current()), (Some(id), None));
    }

    proptest! {
        #[test]
        fn request_id_that_matches_the_pattern_is_accepted(id in PATTERN) {
            let parsed = RequestId::parse(id.as_bytes());
            prop_assert_eq!(parsed.as_ref().map(RequestId::as_str), Some(id.as_str()));
        }
    }
}
