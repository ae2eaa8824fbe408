//! Request ids in messages.
//!
//! A message that is published while a request is handled carries the request's id twice: as
//! AMQP's `correlation_id`, and as the header [`REQUEST_ID`] for consumers whose client library
//! uses `correlation_id` itself. Consumers that know neither ignore both.

use crate::request_id::{self, RequestId};
use lapin::{
    BasicProperties,
    types::{AMQPValue, FieldTable},
};

/// The header that carries the request's id: a long string.
pub const REQUEST_ID: &str = "request_id";

/// The request's id that a message carries, if it is well-formed. The `correlation_id` takes precedence.
pub fn request_id_of(properties: &BasicProperties) -> Option<RequestId> {
    let correlation = properties.correlation_id().as_ref().map(|id| id.as_str().as_bytes());
    correlation.and_then(RequestId::parse).or_else(|| request_id_header_of(properties))
}

/// The request's id in the header of a message whose `correlation_id` is not one.
pub fn request_id_header_of(properties: &BasicProperties) -> Option<RequestId> {
    let header = properties.headers().as_ref().and_then(|headers| long_string(headers, REQUEST_ID));
    header.and_then(RequestId::parse)
}

/// Adds the id of the current request, if there is one.
pub(super) fn correlate(properties: BasicProperties, mut headers: FieldTable) -> BasicProperties {
    let Some(id) = request_id::current() else {
        return properties.with_headers(headers);
    };
    headers.insert(REQUEST_ID.into(), AMQPValue::LongString(id.as_str().into()));
    properties.with_correlation_id(id.as_str().into()).with_headers(headers)
}

fn long_string<'a>(headers: &'a FieldTable, name: &str) -> Option<&'a [u8]> {
    match headers.inner().get(name)? {
        AMQPValue::LongString(text) => Some(text.as_bytes()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing::Span;

    async fn properties_within(id: Option<RequestId>) -> BasicProperties {
        let properties = async { correlate(BasicProperties::default(), FieldTable::default()) };
        request_id::scope(id, Span::none(), properties).await
    }

    #[tokio::test]
    async fn message_has_the_request_id_as_correlation_id_and_header() {
        let id = RequestId::parse(b"request-1");
        let both = properties_within(id.clone()).await;
        assert_eq!(request_id_of(&both), id);
        let headers = both.headers().clone().unwrap_or_default();
        assert_eq!(long_string(&headers, REQUEST_ID), Some(&b"request-1"[..]));
        let only_header = BasicProperties::default().with_headers(headers);
        assert_eq!(request_id_of(&only_header), id);
        let other_correlation = only_header.with_correlation_id("prediction-1".into());
        assert_eq!(request_id_header_of(&other_correlation), id);
        assert_eq!(request_id_of(&properties_within(None).await), None);
    }

    #[test]
    fn malformed_correlation_id_is_ignored() {
        for malformed in ["", "7", "line\nbreak", "\"quoted\"id"] {
            let properties = BasicProperties::default().with_correlation_id(malformed.into());
            assert_eq!(request_id_of(&properties), None, "{malformed}");
        }
    }
}
