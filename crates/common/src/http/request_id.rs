//! A request's id: the gateway's, or one of our own.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

/// The header that carries it, in both directions.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id the gateway gave, if it is well-formed, else a new one.
pub(super) fn of(headers: &HeaderMap) -> HeaderValue {
    let given = headers.get(HEADER).filter(|id| is_well_formed(id.as_bytes()));
    given.cloned().unwrap_or_else(new)
}

fn new() -> HeaderValue {
    let mut text = Uuid::encode_buffer();
    let id = Uuid::new_v4().simple().encode_lower(&mut text);
    HeaderValue::from_str(id).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// 8 to 64 characters that are safe in a log line, a header and JSON.
fn is_well_formed(id: &[u8]) -> bool {
    (8..=64).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::is_well_formed;

    #[test]
    fn only_plain_ids_are_passed_on() {
        assert!(is_well_formed(b"0d6e2a3c5f5b4a1e9d0c8b7a6f5e4d3c"));
        assert!(!is_well_formed(b"short"));
        assert!(!is_well_formed(b"two words"));
        assert!(!is_well_formed(b"\"quoted\"id"));
        assert!(!is_well_formed(&[b'x'; 65]));
    }
}
