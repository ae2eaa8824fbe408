//! JSON bodies with strict validation: every invalid field gets an error message.

mod fields;
#[cfg(test)]
mod tests;

pub use fields::OptionalField;

use crate::{Error, error::FieldErrors};
use actix_web::{
    FromRequest, HttpRequest, dev::Payload, error::PayloadError, http::header, web::Bytes,
};
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde_json::{Map, Value};

/// The fields of a request body, which is a JSON object. The last of several fields with one
/// name wins. An empty body is an object without fields.
///
/// A `Content-Type` other than JSON or a `Content-Encoding` returns 415, malformed JSON 400, and
/// a body above `http.max_body_bytes` 413.
#[derive(Debug, Default)]
pub struct Body(Map<String, Value>);

impl Body {
    /// Parses a JSON object.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let malformed = |error| Error::Malformed(format!("JSON parse error - {error}"));
        let kind = match serde_json::from_slice(bytes).map_err(malformed)? {
            Value::Object(fields) => return Ok(Self(fields)),
            Value::Array(_) => "a list",
            Value::String(_) => "a text",
            Value::Number(_) => "a number",
            Value::Bool(_) => "a boolean",
            Value::Null => "null",
        };
        let message = format!("Invalid data. Expected an object, but got {kind}.");
        Err(FieldErrors::of("non_field_errors", message).into())
    }

    /// The required string `name`, unchanged; adds an error if it is absent, invalid or blank.
    pub fn text(&self, name: &'static str, errors: &mut FieldErrors) -> Option<&str> {
        fields::required(&self.0, name, fields::non_blank_text)
            .map_err(|message| errors.add(name, message))
            .ok()
    }

    /// The required integer `name`, which may be a string; adds an error if absent or invalid.
    pub fn integer(&self, name: &'static str, errors: &mut FieldErrors) -> Option<i64> {
        fields::required(&self.0, name, fields::integer)
            .map_err(|message| errors.add(name, message))
            .ok()
    }

    /// Whether `name` is a string.
    pub fn is_text(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(Value::is_string)
    }

    /// The string `name`, which may be absent, null or blank; adds an error if it is invalid.
    pub fn optional_text(
        &self,
        name: &'static str,
        errors: &mut FieldErrors,
    ) -> OptionalField<&str> {
        fields::optional(&self.0, name, errors, fields::text)
    }

    /// The boolean `name`, which may be absent or null; adds an error if it is invalid.
    pub fn optional_bool(
        &self,
        name: &'static str,
        errors: &mut FieldErrors,
    ) -> OptionalField<bool> {
        fields::optional(&self.0, name, errors, fields::boolean)
    }

    /// The 64-bit integer `name`, which may be absent, null or a string; adds an error if it is
    /// invalid.
    pub fn optional_integer(
        &self,
        name: &'static str,
        errors: &mut FieldErrors,
    ) -> OptionalField<i64> {
        fields::optional(&self.0, name, errors, fields::integer)
    }
}

impl FromRequest for Body {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = Kind::of(request);
        if kind == Kind::Other || is_encoded(request) {
            return std::future::ready(Err(Error::UnsupportedMediaType)).boxed_local();
        }
        let reading = Bytes::from_request(request, payload);
        let parsing = async move {
            let bytes = reading.await.map_err(|error| read_error(&error))?;
            match kind {
                _ if bytes.is_empty() => Ok(Self::default()),
                Kind::Json => Self::parse(&bytes),
                Kind::Missing | Kind::Other => Err(Error::UnsupportedMediaType),
            }
        };
        parsing.boxed_local()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Missing,
    Json,
    Other,
}

impl Kind {
    fn of(request: &HttpRequest) -> Self {
        let Some(value) = request.headers().get(header::CONTENT_TYPE) else {
            return Self::Missing;
        };
        let text = value.to_str().unwrap_or_default();
        let essence = text.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/json") { Self::Json } else { Self::Other }
    }
}

/// Whether the body is compressed, which is not supported: untrusted input is not decompressed.
fn is_encoded(request: &HttpRequest) -> bool {
    let mut codings = request.headers().get_all(header::CONTENT_ENCODING);
    codings.any(|value| !value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity"))
}

fn read_error(error: &actix_web::Error) -> Error {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => Error::PayloadTooLarge,
        _ => Error::Malformed("The request body cannot be read.".to_owned()),
    }
}
