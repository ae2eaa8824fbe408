//! A request's id: the gateway's, or one of our own.

use actix_web::http::header::HeaderMap;
use uuid::Uuid;

/// The header that carries it, in both directions.
pub(super) const HEADER: &str = "x-request-id";

/// The id the gateway gave, if it is well-formed, else a new one.
pub(super) fn of(headers: &HeaderMap) -> String {
    headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .filter(|id| is_well_formed(id))
        .map_or_else(|| Uuid::new_v4().simple().to_string(), str::to_owned)
}

/// 8 to 64 characters that are safe in a log line, a header and JSON.
fn is_well_formed(id: &str) -> bool {
    (8..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_well_formed;

    #[test]
    fn only_plain_ids_are_passed_on() {
        assert!(is_well_formed("0d6e2a3c5f5b4a1e9d0c8b7a6f5e4d3c"));
        assert!(!is_well_formed("short"));
        assert!(!is_well_formed("two words"));
        assert!(!is_well_formed("\"quoted\"id"));
        assert!(!is_well_formed(&"x".repeat(65)));
    }
}
