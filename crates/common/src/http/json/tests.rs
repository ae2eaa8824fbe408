use super::*;
use crate::http::Field;
use actix_web::{ResponseError, test::TestRequest, web::PayloadConfig};
use std::collections::HashMap;

const JSON: Option<&str> = Some("application/json");

async fn parse_request(request: TestRequest) -> Result<HashMap<String, Field<String>>, Error> {
    let (request, mut payload) = request.app_data(PayloadConfig::new(64)).to_http_parts();
    Json::from_request(&request, &mut payload).await.map(|Json(fields)| fields)
}

async fn parse(
    content_type: Option<&str>,
    body: impl Into<Bytes>,
) -> Result<HashMap<String, Field<String>>, (u16, &'static str)> {
    let request = TestRequest::post().set_payload(body);
    let request = match content_type {
        Some(value) => request.insert_header((header::CONTENT_TYPE, value)),
        None => request,
    };
    let parsed = parse_request(request).await;
    parsed.map_err(|error| (error.status_code().as_u16(), error.code()))
}

#[actix_web::test]
async fn json_body_is_parsed_and_the_last_of_repeated_fields_counts() {
    for content_type in ["application/json", "Application/JSON; charset=utf-8"] {
        let fields = parse(Some(content_type), r#"{"a":"먹방","a":"롤","b":null}"#).await.unwrap();
        assert_eq!(fields["a"], Field::Value("롤".into()));
        assert_eq!(fields["b"], Field::Null);
    }
}

#[actix_web::test]
async fn empty_body_is_an_object_without_fields() {
    for content_type in [JSON, None] {
        assert!(parse(content_type, "").await.unwrap().is_empty());
    }
    let form = Some("application/x-www-form-urlencoded");
    assert_eq!(parse(form, "").await, Err((415, "unsupported_media_type")));
}

#[actix_web::test]
async fn body_with_another_content_type_returns_415() {
    let others = ["application/x-www-form-urlencoded", "text/plain", "application/jsonp", ""];
    for content_type in others.map(Some).into_iter().chain([None]) {
        assert_eq!(parse(content_type, "{}").await, Err((415, "unsupported_media_type")));
    }
}

#[actix_web::test]
async fn body_with_content_encoding_returns_415() {
    let parse = async |encoding: &'static str| {
        let request = TestRequest::post()
            .insert_header((header::CONTENT_TYPE, "application/json"))
            .insert_header((header::CONTENT_ENCODING, encoding));
        parse_request(request.set_payload("{}")).await
    };
    for encoding in ["gzip", "br", "deflate", "zstd", "x-unknown", "identity, gzip", ""] {
        assert_eq!(parse(encoding).await.unwrap_err().status_code(), 415, "{encoding}");
    }
    assert!(parse("Identity").await.is_ok());
}

#[actix_web::test]
async fn malformed_json_returns_400() {
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
        assert_eq!(parse(JSON, body).await, Err((400, "parse_error")), "{body:?}");
    }
    let deep = "[".repeat(60);
    assert_eq!(parse(JSON, deep).await, Err((400, "parse_error")));
}

#[actix_web::test]
async fn json_that_is_not_an_object_returns_400() {
    for body in ["[]", "\"a\"", "1", "true", "null"] {
        assert_eq!(parse(JSON, body).await, Err((400, "invalid")), "{body}");
    }
}

#[actix_web::test]
async fn too_large_body_returns_413() {
    let large = format!("{{\"a\":\"{}\"}}", "a".repeat(64));
    assert_eq!(parse(JSON, large).await, Err((413, "payload_too_large")));
}
