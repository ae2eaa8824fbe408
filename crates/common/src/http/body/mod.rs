//! A JSON body, read strictly: every field that cannot be used gets a message.

mod fields;
#[cfg(test)]
mod tests;

pub use fields::Given;

use crate::{Error, error::FieldErrors};
use actix_web::{
    FromRequest, HttpRequest, dev::Payload, error::PayloadError, http::header, web::Bytes,
};
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde_json::{Map, Value};

/// The fields of a request's body, which is one JSON object. Of a name given twice the
/// last counts. Nothing at all is an object without fields.
///
/// A body that is not JSON by its `Content-Type`, or has a `Content-Encoding`, is refused with
/// 415, one that cannot be read with 400, one beyond the limit of the settings with 413.
#[derive(Debug, Default)]
pub struct Body(Map<String, Value>);

impl Body {
    /// Reads an object.
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

    /// The text `name`, which must be there and not blank, as it stands there. Otherwise an
    /// error is added to `errors`.
    pub fn text(&self, name: &'static str, errors: &mut FieldErrors) -> Option<&str> {
        fields::required(&self.0, name, fields::unblank)
            .map_err(|message| errors.add(name, message))
            .ok()
    }

    /// The integer `name`, which must be there and may be written as text. Otherwise an error
    /// is added to `errors`.
    pub fn integer(&self, name: &'static str, errors: &mut FieldErrors) -> Option<i64> {
        fields::required(&self.0, name, fields::integer)
            .map_err(|message| errors.add(name, message))
            .ok()
    }

    /// Whether `name` is a text.
    pub fn is_text(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(Value::is_string)
    }

    /// The text `name`, which may be absent, null or blank. Where it is no text an error is
    /// added to `errors`.
    pub fn optional_text(&self, name: &'static str, errors: &mut FieldErrors) -> Given<&str> {
        fields::optional(&self.0, name, errors, fields::text)
    }

    /// The boolean `name`, which may be absent or null. Where it is none an error is added
    /// to `errors`.
    pub fn optional_bool(&self, name: &'static str, errors: &mut FieldErrors) -> Given<bool> {
        fields::optional(&self.0, name, errors, fields::boolean)
    }

    /// The integer `name`, which may be absent or null, and may be written as text. Where it
    /// is none of 64 bits an error is added to `errors`.
    pub fn optional_integer(&self, name: &'static str, errors: &mut FieldErrors) -> Given<i64> {
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
            let bytes = reading.await.map_err(|error| refusal(&error))?;
            match kind {
                _ if bytes.is_empty() => Ok(Self::default()),
                Kind::Json => Self::parse(&bytes),
                Kind::Unsaid | Kind::Other => Err(Error::UnsupportedMediaType),
            }
        };
        parsing.boxed_local()
    }
}

/// What the header `Content-Type` says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unsaid,
    Json,
    Other,
}

impl Kind {
    fn of(request: &HttpRequest) -> Self {
        let Some(value) = request.headers().get(header::CONTENT_TYPE) else {
            return Self::Unsaid;
        };
        let text = value.to_str().unwrap_or_default();
        let essence = text.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/json") { Self::Json } else { Self::Other }
    }
}

/// Whether the body is compressed: clients may not, and nothing here expands untrusted input.
fn is_encoded(request: &HttpRequest) -> bool {
    let mut codings = request.headers().get_all(header::CONTENT_ENCODING);
    codings.any(|value| !value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity"))
}

fn refusal(error: &actix_web::Error) -> Error {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => Error::PayloadTooLarge,
        _ => Error::Malformed("The request body cannot be read.".to_owned()),
    }
}
