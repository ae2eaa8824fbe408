//! Query strings with strict validation: invalid UTF-8 is an error of its field.

use crate::error::FieldErrors;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use percent_encoding::percent_decode_str;
use std::{
    borrow::Cow,
    future::{Ready, ready},
};

/// The query parameters of a request. The last of several with one name wins, as in Django.
#[derive(Debug, Default)]
pub struct Query {
    pairs: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Query {
    /// Parses `name=value&…` (`application/x-www-form-urlencoded`).
    pub fn parse(text: &str) -> Self {
        let pairs = text.split('&').filter(|part| !part.is_empty()).map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(name), decode(value))
        });
        Self { pairs: pairs.collect() }
    }

    /// All parameters, decoded, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.pairs.iter().map(|(name, value)| (name.as_slice(), value.as_slice()))
    }

    /// The value of `name`: `None` if absent, an error message if it is not valid text.
    pub fn text(&self, name: &str) -> Result<Option<&str>, &'static str> {
        let found = self.pairs.iter().rev().find(|(key, _)| key == name.as_bytes());
        let Some((_, value)) = found else {
            return Ok(None);
        };
        let text = std::str::from_utf8(value).map_err(|_| "This is not valid UTF-8.")?;
        if text.contains('\0') {
            return Err("Null characters are not allowed.");
        }
        Ok(Some(text))
    }

    /// The value of the required parameter `name`; adds an error if it is absent or blank.
    pub fn required(&self, name: &'static str, errors: &mut FieldErrors) -> Option<&str> {
        match self.text(name) {
            Ok(Some(text)) if !text.trim().is_empty() => return Some(text),
            Ok(Some(_)) => errors.add(name, "This field may not be blank."),
            Ok(None) => errors.add(name, "This field is required."),
            Err(message) => errors.add(name, message),
        }
        None
    }
}

impl FromRequest for Query {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::parse(request.query_string())))
    }
}

fn decode(text: &str) -> Vec<u8> {
    let spaced: Cow<'_, str> =
        if text.contains('+') { text.replace('+', " ").into() } else { text.into() };
    Cow::from(percent_decode_str(&spaced)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_decoded_and_the_last_of_a_name_counts() {
        let query = Query::parse("keyword=a&keyword=%EB%A1%A4+%ED%95%98%EC%9D%B4&empty&x=1=2");
        assert_eq!(query.text("keyword"), Ok(Some("롤 하이")));
        assert_eq!(query.text("empty"), Ok(Some("")));
        assert_eq!(query.text("x"), Ok(Some("1=2")));
        assert_eq!(query.text("missing"), Ok(None));
    }

    #[test]
    fn broken_utf8_and_nul_are_errors_of_their_field() {
        let query = Query::parse("a=%FF&b=%00&c=%2");
        assert_eq!(query.text("a"), Err("This is not valid UTF-8."));
        assert_eq!(query.text("b"), Err("Null characters are not allowed."));
        assert_eq!(query.text("c"), Ok(Some("%2")));
    }
}
