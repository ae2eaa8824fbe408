//! The path parameter `{idx}`.

use crate::Error;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use std::future::{Ready, ready};

/// The path parameter `{idx}`; 404 if it is not a number that a row can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idx(pub i32);

impl Idx {
    fn parse(text: &str) -> Option<Self> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { text.parse().ok().map(Self) } else { None }
    }
}

impl FromRequest for Idx {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.match_info().get("idx").and_then(Self::parse);
        ready(found.ok_or_else(Error::not_found))
    }
}

#[cfg(test)]
mod tests {
    use super::Idx;

    #[test]
    fn idx_accepts_only_digits_within_32_bits() {
        assert_eq!(Idx::parse("7"), Some(Idx(7)));
        assert_eq!(Idx::parse("007"), Some(Idx(7)));
        assert_eq!(Idx::parse("2147483647"), Some(Idx(i32::MAX)));
        for text in ["", "+7", "-7", "7.0", "seven", "٧", "2147483648", "99999999999999999999"] {
            assert_eq!(Idx::parse(text), None, "{text}");
        }
    }
}
