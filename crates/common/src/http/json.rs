//! JSON bodies with strict validation.

#[cfg(test)]
mod tests;

use super::field::RawField;
use crate::{Error, error::FieldErrors};
use actix_web::{
    FromRequest, HttpRequest, HttpResponse, Responder,
    dev::Payload,
    error::PayloadError,
    http::header,
    web::{self, Bytes},
};
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde::{
    Serialize,
    de::{DeserializeOwned, value::MapDeserializer},
};
use serde_json::{Map, Value};

/// A JSON object in a request, with [`Field`](super::Field)s, or a JSON response.
///
/// An empty body is an object without fields; the last of several fields with one name counts.
/// A `Content-Type` other than JSON or a `Content-Encoding` returns 415, malformed JSON 400, and
/// a body above `http.max_body_bytes` 413. actix-web's `Json` decompresses untrusted input,
/// rejects repeated fields and reports only the first invalid one.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> Json<T> {
    /// Parses a JSON object.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let malformed = |error| Error::MalformedBody(format!("JSON parse error - {error}"));
        let kind = match serde_json::from_slice(bytes).map_err(malformed)? {
            Value::Object(fields) => return Self::from_fields(fields).map_err(malformed),
            Value::Array(_) => "a list",
            Value::String(_) => "a text",
            Value::Number(_) => "a number",
            Value::Bool(_) => "a boolean",
            Value::Null => "null",
        };
        let message = format!("Invalid data. Expected an object, but got {kind}.");
        Err(FieldErrors::single("non_field_errors", message).into())
    }

    fn from_fields(fields: Map<String, Value>) -> serde_json::Result<Self> {
        let fields = fields.into_iter().map(|(name, value)| (name, RawField(Ok(value))));
        T::deserialize(MapDeserializer::new(fields)).map(Self)
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = MediaType::of(request);
        if media_type == MediaType::Other || is_encoded(request) {
            return std::future::ready(Err(Error::UnsupportedMediaType)).boxed_local();
        }
        let reading = Bytes::from_request(request, payload);
        let parsing = async move {
            let bytes = reading.await.map_err(|error| read_error(&error))?;
            match media_type {
                _ if bytes.is_empty() => Self::parse(b"{}"),
                MediaType::Json => Self::parse(&bytes),
                MediaType::Missing | MediaType::Other => Err(Error::UnsupportedMediaType),
            }
        };
        parsing.boxed_local()
    }
}

impl<T: Serialize> Responder for Json<T> {
    type Body = <web::Json<T> as Responder>::Body;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<Self::Body> {
        web::Json(self.0).respond_to(request)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MediaType {
    Missing,
    Json,
    Other,
}

impl MediaType {
    fn of(request: &HttpRequest) -> Self {
        let Some(value) = request.headers().get(header::CONTENT_TYPE) else {
            return Self::Missing;
        };
        let text = value.to_str().unwrap_or_default();
        let essence = text.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/json") { Self::Json } else { Self::Other }
    }
}

fn is_encoded(request: &HttpRequest) -> bool {
    let mut codings = request.headers().get_all(header::CONTENT_ENCODING);
    codings.any(|value| !value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity"))
}

fn read_error(error: &actix_web::Error) -> Error {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => Error::PayloadTooLarge,
        _ => Error::MalformedBody("The request body cannot be read.".to_owned()),
    }
}
