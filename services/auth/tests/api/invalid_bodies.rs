//! Invalid request bodies: always a 4xx response, never 5xx.

use crate::fixture::{LOGIN, NAME, PASSWORD, REGISTER, TestContext, UPDATE};
use reqwest::{Method, RequestBuilder};
use test_support::{Reply, client};

/// JSON values of all types, including edge cases.
const VALUES: [&str; 19] = [
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "1e999",
    "99999999999999999999999999",
    "\"\"",
    "\" \"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\u{feff}\u{202e}abcd\"",
    "[]",
    "[[]]",
    "[\"abcdef\"]",
    "{}",
    "{\"a\": {\"b\": null}}",
    "\"abcdef\"",
];

/// A request to each route with a body.
fn requests(context: &TestContext, token: &str) -> Vec<(&'static str, RequestBuilder)> {
    let request = |method, path| {
        let request = client().request(method, context.service.url(path));
        let request = request.header("authorization", format!("Token {token}"));
        (path, request.header("content-type", "application/json"))
    };
    vec![
        request(Method::POST, REGISTER),
        request(Method::POST, LOGIN),
        request(Method::PUT, UPDATE),
        request(Method::PATCH, UPDATE),
    ]
}

/// Sends the body to all routes; the status must be 400 or in `other_statuses`.
async fn assert_400(context: &TestContext, token: &str, body: &[u8], other_statuses: &[u16]) {
    for (path, request) in requests(context, token) {
        let reply = Reply::send(request.body(body.to_vec())).await;
        let (status, text) = (reply.status.as_u16(), String::from_utf8_lossy(body));
        let message = format!("{path} {} -> {status} {}", &text[..text.len().min(80)], reply.body);
        assert!(status == 400 || other_statuses.contains(&status), "{message}");
        assert!(reply.json()["request_id"].is_string() || status == 200, "{message}");
    }
}

#[actix_web::test]
async fn body_that_is_not_an_object_returns_400() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    for body in VALUES.into_iter().filter(|value| !value.starts_with('{')) {
        assert_400(&context, &token, body.as_bytes(), &[]).await;
    }
    let nested = "[".repeat(20_000);
    let malformed: [&[u8]; 8] = [
        b"{",
        b"{\"username\": }",
        b"username=abcdef&password=abcdef",
        b"{} {}",
        b"\xff\xfe{}",
        b"{\"username\": \"abc\xffdef\", \"password\": \"abcdef\", \"phone\": \"\xc0\x80\"}",
        b"{\"username\": \"abc\x00def\", \"phone\": \"\x00\"}",
        nested.as_bytes(),
    ];
    for body in malformed {
        assert_400(&context, &token, body, &[]).await;
    }
}

#[actix_web::test]
async fn field_with_any_value_returns_no_server_error() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    for value in VALUES {
        for body in [
            format!("{{\"username\": {value}, \"password\": \"abcdef\"}}"),
            format!("{{\"username\": \"abcdef\", \"password\": {value}}}"),
            format!("{{\"phone\": {value}}}"),
            format!("{{\"on_subscribe\": {value}}}"),
            format!("{{\"own_channel\": {value}}}"),
        ] {
            assert_400(&context, &token, body.as_bytes(), &[200]).await;
        }
    }
}

#[actix_web::test]
async fn body_over_the_limit_returns_413() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let huge = format!("{{\"username\": \"{}\", \"password\": \"abcdef\"}}", "a".repeat(1 << 20));
    for (path, request) in requests(&context, &token) {
        let reply = Reply::send(request.body(huge.clone())).await;
        assert_eq!(
            (reply.status.as_u16(), reply.json()["code"].as_str()),
            (413, Some("payload_too_large")),
            "{path}"
        );
    }
    let large = format!("{{\"username\": \"abcdef\", \"password\": \"{}\"}}", "a".repeat(60_000));
    assert_400(&context, &token, large.as_bytes(), &[200]).await;
}

#[actix_web::test]
async fn body_of_another_content_type_returns_415() {
    let context = TestContext::new().await;
    for content_type in ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"] {
        let request =
            client().post(context.service.url(LOGIN)).header("content-type", content_type);
        let reply = Reply::send(request.body("username=abcdef&password=abcdef")).await;
        assert_eq!(reply.status, 415, "{content_type}");
        assert_eq!(reply.json()["code"], "unsupported_media_type");
    }
}
