//! Bodies, as clients send them.

use super::*;
use actix_web::{ResponseError, http::StatusCode, test::TestRequest, web::PayloadConfig};

async fn read(content_type: Option<&str>, body: impl Into<Bytes>) -> Result<Body, Error> {
    let limit = PayloadConfig::new(64);
    let mut request = TestRequest::post().app_data(limit).set_payload(body);
    if let Some(value) = content_type {
        request = request.insert_header((header::CONTENT_TYPE, value));
    }
    let (request, mut payload) = request.to_http_parts();
    Body::from_request(&request, &mut payload).await
}

async fn refused(content_type: Option<&str>, body: impl Into<Bytes>) -> (u16, &'static str) {
    let error = read(content_type, body).await.unwrap_err();
    (error.status_code().as_u16(), error.code())
}

const JSON: Option<&str> = Some("application/json");

#[actix_web::test]
async fn json_is_read_whatever_the_parameters_of_its_type() {
    for content_type in ["application/json", "Application/JSON; charset=utf-8"] {
        let body = read(Some(content_type), r#"{"a":"먹방","a":"롤"}"#).await.unwrap();
        assert_eq!(body.text("a", &mut FieldErrors::default()), Some("롤"));
    }
}

#[actix_web::test]
async fn nothing_is_an_object_without_fields() {
    for content_type in [JSON, None] {
        assert!(read(content_type, "").await.unwrap().0.is_empty());
    }
    let form = Some("application/x-www-form-urlencoded");
    assert_eq!(refused(form, "").await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[actix_web::test]
async fn what_is_not_json_by_its_type_is_not_read() {
    let others = ["application/x-www-form-urlencoded", "text/plain", "application/jsonp", ""];
    for content_type in others.map(Some).into_iter().chain([None]) {
        assert_eq!(refused(content_type, "{}").await, (415, "unsupported_media_type"));
    }
}

#[actix_web::test]
async fn body_with_content_encoding_returns_415() {
    let read = async |encoding: &'static str| {
        let request = TestRequest::post()
            .insert_header((header::CONTENT_TYPE, "application/json"))
            .insert_header((header::CONTENT_ENCODING, encoding))
            .set_payload("{}");
        let (request, mut payload) = request.to_http_parts();
        Body::from_request(&request, &mut payload).await
    };
    for encoding in ["gzip", "br", "deflate", "zstd", "x-unknown", "identity, gzip", ""] {
        let error = read(encoding).await.unwrap_err();
        assert_eq!(error.status_code(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{encoding}");
    }
    assert!(read("Identity").await.is_ok());
}

#[actix_web::test]
async fn what_cannot_be_read_is_400() {
    let bodies: [&[u8]; 7] = [
        b"{",
        b"{} {}",
        b"a=b",
        b"{\"a\":\"\xff\"}",
        b"\xef\xbb\xbf{}",
        b"{\"a\":\"\\ud800\"}",
        b" ",
    ];
    for body in bodies {
        assert_eq!(refused(JSON, body).await, (400, "parse_error"), "{body:?}");
    }
    let deep = "[".repeat(60);
    assert_eq!(refused(JSON, deep).await, (400, "parse_error"));
}

#[actix_web::test]
async fn what_is_no_object_is_400() {
    for body in ["[]", "\"a\"", "1", "true", "null"] {
        assert_eq!(refused(JSON, body).await, (400, "invalid"), "{body}");
    }
}

#[actix_web::test]
async fn what_is_too_large_is_413() {
    let large = format!("{{\"a\":\"{}\"}}", "a".repeat(64));
    assert_eq!(refused(JSON, large).await, (413, "payload_too_large"));
}

/// What `read` says of the field `a`.
fn outcome<T>(
    body: &str,
    read: impl for<'a> Fn(&'a Body, &mut FieldErrors) -> T,
) -> Result<T, String> {
    let body = Body::parse(body.as_bytes()).unwrap();
    let mut errors = FieldErrors::default();
    let value = read(&body, &mut errors);
    match errors.0.remove("a") {
        Some(messages) => Err(messages.concat()),
        None => Ok(value),
    }
}

#[test]
fn a_required_text_is_there_and_not_blank() {
    let text = |body: &str| outcome(body, |body, errors| body.text("a", errors).map(str::to_owned));
    assert_eq!(text(r#"{"a":" b "}"#), Ok(Some(" b ".to_owned())));
    for (body, message) in [
        ("{}", "This field is required."),
        (r#"{"a":null}"#, "This field may not be null."),
        (r#"{"a":" "}"#, "This field may not be blank."),
        (r#"{"a":1}"#, "Not a valid string."),
        (r#"{"a":["b"]}"#, "Not a valid string."),
        (r#"{"a":"\u0000"}"#, "Null characters are not allowed."),
    ] {
        assert_eq!(text(body), Err(message.to_owned()), "{body}");
    }
}

#[test]
fn an_optional_text_may_be_absent_null_or_blank() {
    let text = |body: &str| {
        outcome(body, |body, errors| match body.optional_text("a", errors) {
            OptionalField::Absent => OptionalField::Absent,
            OptionalField::Null => OptionalField::Null,
            OptionalField::Value(text) => OptionalField::Value(text.to_owned()),
        })
    };
    assert_eq!(text("{}"), Ok(OptionalField::Absent));
    assert_eq!(text(r#"{"a":null}"#), Ok(OptionalField::Null));
    assert_eq!(text(r#"{"a":""}"#), Ok(OptionalField::Value(String::new())));
    assert_eq!(text(r#"{"a":{}}"#), Err("Not a valid string.".to_owned()));
}

#[test]
fn a_boolean_is_one_of_two() {
    let boolean = |body: &str| outcome(body, |body, errors| body.optional_bool("a", errors));
    assert_eq!(boolean(r#"{"a":false}"#), Ok(OptionalField::Value(false)));
    assert_eq!(boolean(r#"{"a":null}"#), Ok(OptionalField::Null));
    for wrong in [r#"{"a":"true"}"#, r#"{"a":1}"#, r#"{"a":[]}"#] {
        assert_eq!(boolean(wrong), Err("Must be a valid boolean.".to_owned()), "{wrong}");
    }
}

#[test]
fn an_integer_may_be_written_as_text() {
    let integer = |body: &str| outcome(body, |body, errors| body.optional_integer("a", errors));
    assert_eq!(integer(r#"{"a":9}"#), Ok(OptionalField::Value(9)));
    assert_eq!(integer(r#"{"a":"9"}"#), Ok(OptionalField::Value(9)));
    assert_eq!(integer(r#"{"a":99999999999}"#), Ok(OptionalField::Value(99_999_999_999)));
    for wrong in ["1.5", "\"\"", "\"one\"", "true", "99999999999999999999", "[1]"] {
        let body = format!("{{\"a\":{wrong}}}");
        assert_eq!(integer(&body), Err("A valid integer is required.".to_owned()), "{wrong}");
    }
}
