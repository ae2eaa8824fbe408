//! Query strings with strict validation.

use super::field::RawField;
use crate::Error;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use percent_encoding::percent_decode_str;
use serde::de::{DeserializeOwned, value::MapDeserializer};
use std::{
    borrow::Cow,
    collections::HashMap,
    future::{Ready, ready},
};

/// The parameters of a query string, with [`Field`](super::Field)s. The last of several with one
/// name counts, as in Django.
///
/// actix-web's `Query` replaces invalid UTF-8 and rejects repeated parameters.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> Query<T> {
    /// Parses `name=value&…` (`application/x-www-form-urlencoded`).
    pub fn parse(text: &str) -> Result<Self, Error> {
        let parameters: HashMap<_, _> = decode_query(text).collect();
        let fields = parameters.into_iter().filter_map(|(name, value)| {
            let value = String::from_utf8(value).map_err(|_| "This is not valid UTF-8.");
            Some((String::from_utf8(name).ok()?, RawField(value.map(Into::into))))
        });
        let found = T::deserialize(MapDeserializer::new(fields));
        found.map(Self).map_err(|error| Error::MalformedBody(error.to_string()))
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::parse(request.query_string()))
    }
}

/// The names and values of a query string, decoded, in order; they may be invalid UTF-8.
pub fn decode_query(text: &str) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
    text.split('&').filter(|part| !part.is_empty()).map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(name), decode(value))
    })
}

fn decode(text: &str) -> Vec<u8> {
    let spaced: Cow<'_, str> =
        if text.contains('+') { text.replace('+', " ").into() } else { text.into() };
    Cow::from(percent_decode_str(&spaced)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Field;

    fn parse(text: &str) -> HashMap<String, Field<String>> {
        Query::parse(text).unwrap().0
    }

    #[test]
    fn query_is_decoded_and_the_last_of_repeated_parameters_counts() {
        let query = parse("keyword=a&keyword=%EB%A1%A4+%ED%95%98%EC%9D%B4&empty&x=1=2");
        assert_eq!(query["keyword"], Field::Value("롤 하이".into()));
        assert_eq!(query["empty"], Field::Value(String::new()));
        assert_eq!(query["x"], Field::Value("1=2".into()));
        assert_eq!(query.len(), 3);
    }

    #[test]
    fn invalid_utf8_and_null_characters_are_errors_of_their_field() {
        let query = parse("a=%FF&b=%00&c=%2&%FF=d");
        assert_eq!(query["a"], Field::Invalid("This is not valid UTF-8.".into()));
        assert_eq!(query["b"], Field::Invalid("Null characters are not allowed.".into()));
        assert_eq!(query["c"], Field::Value("%2".into()));
        assert_eq!(query.len(), 3);
    }

    #[test]
    fn unknown_parameters_are_ignored() {
        #[derive(Debug, serde::Deserialize)]
        struct Params {
            page: Field<String>,
        }
        let Query(params) = Query::<Params>::parse("other=%FF").unwrap();
        assert_eq!(params.page, Field::Missing);
    }
}
