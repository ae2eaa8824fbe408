//! Methods, paths, caching and CORS of read routes.

use crate::fixture::{TestContext, sample_videos};
use reqwest::Method;
use test_support::{Reply, client};

const PATH: &str = "/api/channel_analyze/";

#[actix_web::test]
async fn path_without_trailing_slash_returns_the_same_response() {
    let context = TestContext::with(sample_videos()).await;
    let with = context.service.get("/api/channel_analyze/").await;
    let without = context.service.get("/api/channel_analyze").await;
    assert_eq!((with.status, &with.body), (without.status, &without.body));
}

#[actix_web::test]
async fn unknown_method_or_path_returns_json_error() {
    let context = TestContext::with(vec![]).await;
    let mut replies = Vec::new();
    for (method, path) in [
        (Method::POST, PATH),
        (Method::DELETE, "/api/channel_analyze/keyword_data/"),
        (Method::GET, "/api/channel_analyze/other/"),
        (Method::GET, "/"),
    ] {
        let reply = context.service.send(method.clone(), path).await;
        replies.push(format!("{method} {path}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
}

#[actix_web::test]
async fn head_returns_the_headers_of_get_without_a_body() {
    let context = TestContext::with(sample_videos()).await;
    let get = context.service.get(PATH).await;
    let head = context.service.send(Method::HEAD, PATH).await;
    assert_eq!(head.status, 200);
    assert_eq!(head.body, "");
    assert_eq!(head.header("etag"), get.header("etag"));
    assert_eq!(head.header("content-length"), Some(get.body.len().to_string().as_str()));
}

#[actix_web::test]
async fn options_returns_the_allowed_methods() {
    let context = TestContext::with(vec![]).await;
    let reply = context.service.send(Method::OPTIONS, PATH).await;
    assert_eq!(reply.status, 204);
    assert_eq!(reply.header("allow"), Some("GET, HEAD, OPTIONS"));
}

#[actix_web::test]
async fn request_with_matching_etag_returns_304() {
    let context = TestContext::with(sample_videos()).await;
    let first = context.service.get(PATH).await;
    let tag = first.header("etag").expect("an ETag").to_owned();
    for value in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let request = client().get(context.service.url(PATH)).header("if-none-match", &value);
        let reply = Reply::send(request).await;
        assert_eq!((reply.status.as_u16(), reply.body.as_str()), (304, ""), "{value}");
        assert_eq!(reply.header("etag"), Some(tag.as_str()));
    }
    let request = client().get(context.service.url(PATH)).header("if-none-match", "\"other\"");
    assert_eq!(Reply::send(request).await.status, 200);
}

#[actix_web::test]
async fn cors_by_default_allows_any_origin() {
    let context = TestContext::with(vec![]).await;
    let request = client().get(context.service.url(PATH)).header("origin", "https://example.org");
    let reply = Reply::send(request).await;
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert_eq!(reply.header("access-control-allow-credentials"), None);
    let preflight = client()
        .request(Method::OPTIONS, context.service.url(PATH))
        .header("origin", "https://example.org")
        .header("access-control-request-method", "GET")
        .header(
            "access-control-request-headers",
            "authorization,content-type,x-api-key,x-request-id",
        );
    let reply = Reply::send(preflight).await;
    assert_eq!(reply.status, 200);
    let allowed = reply.header("access-control-allow-headers").unwrap_or_default();
    for header in ["authorization", "content-type", "x-api-key", "x-request-id"] {
        assert!(allowed.to_lowercase().contains(header), "{allowed}");
    }
}

#[actix_web::test]
async fn cors_with_listed_origins_allows_only_those() {
    let settings = [("CREATETREND_HTTP__CORS_ORIGINS", "https://createtrend.example")];
    let context = TestContext::with_settings(vec![], &settings).await;
    for (origin, allowed) in [
        ("https://createtrend.example", Some("https://createtrend.example")),
        ("https://other.example", None),
    ] {
        let request = client().get(context.service.url(PATH)).header("origin", origin);
        let reply = Reply::send(request).await;
        assert_eq!(reply.header("access-control-allow-origin"), allowed, "{origin}");
    }
}

#[actix_web::test]
async fn request_id_is_returned_if_it_is_valid() {
    let context = TestContext::with(vec![]).await;
    let path = "/api/channel_analyze/keyword_data/";
    let request = client().get(context.service.url(path)).header("x-request-id", "gateway-0001");
    let reply = Reply::send(request).await;
    assert_eq!(reply.header("x-request-id"), Some("gateway-0001"));
    assert_eq!(reply.json()["request_id"], "gateway-0001");
    let invalid = client().get(context.service.url(path)).header("x-request-id", "two words\"}");
    let reply = Reply::send(invalid).await;
    assert_eq!(reply.header("x-request-id").map(str::len), Some(32));
}

#[actix_web::test]
async fn authorization_header_is_ignored() {
    let context = TestContext::with(sample_videos()).await;
    let request = client().get(context.service.url(PATH)).header("authorization", "Token wrong");
    assert_eq!(Reply::send(request).await.status, 200);
}
