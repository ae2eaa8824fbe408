//! HTTP behaviour of all routes: methods, trailing slashes, caching, CORS.

use crate::fixture::{
    LOGIN, LOGOUT, LOGOUT_ALL, NAME, PASSWORD, REGISTER, TestContext, UPDATE, USER, credentials,
};
use reqwest::Method;
use serde_json::json;
use test_support::{Reply, client};

const ALL: [&str; 6] = [REGISTER, LOGIN, USER, UPDATE, LOGOUT, LOGOUT_ALL];

#[actix_web::test]
async fn other_methods_return_405_with_allow() {
    let context = TestContext::new().await;
    for (path, allow) in ALL.into_iter().zip([
        "POST, OPTIONS",
        "POST, OPTIONS",
        "GET, HEAD, OPTIONS",
        "PUT, PATCH, OPTIONS",
        "POST, OPTIONS",
        "POST, OPTIONS",
    ]) {
        let options = context.service.send(Method::OPTIONS, path).await;
        assert_eq!(
            (options.status.as_u16(), options.header("allow")),
            (204, Some(allow)),
            "{path}"
        );
        let rejected = context.service.send(Method::DELETE, path).await;
        assert_eq!(
            (rejected.status.as_u16(), rejected.header("allow")),
            (405, Some(allow)),
            "{path}"
        );
        assert_eq!(rejected.json()["code"], "method_not_allowed");
    }
    for path in ["/api/accounts/", "/api/accounts/auth/", "/api/accounts/auth/other/"] {
        assert_eq!(context.service.get(path).await.json()["code"], "not_found");
    }
}

#[actix_web::test]
async fn paths_with_and_without_trailing_slash_are_equivalent() {
    let context = TestContext::new().await;
    let body = credentials(NAME, PASSWORD);
    assert_eq!(context.post(REGISTER.trim_end_matches('/'), &body).await.status, 200);
    let login = context.post(LOGIN.trim_end_matches('/'), &body).await.json();
    let token = login["token"].as_str().expect("a token").to_owned();
    let slash = context.send(Method::GET, USER, &token).await;
    let no_slash = context.send(Method::GET, USER.trim_end_matches('/'), &token).await;
    assert_eq!((slash.status, slash.body), (no_slash.status, no_slash.body));
    let logout = context.send(Method::POST, LOGOUT.trim_end_matches('/'), &token).await;
    assert_eq!(logout.status, 204);
}

#[actix_web::test]
async fn all_responses_are_no_store() {
    let context = TestContext::new().await;
    let body = credentials(NAME, PASSWORD);
    let mut replies =
        vec![context.post(REGISTER, &body).await, context.post(REGISTER, &body).await];
    let token = replies[0].json()["token"].as_str().expect("a token").to_owned();
    replies.push(context.post(LOGIN, &body).await);
    replies.push(context.post(LOGIN, &credentials(NAME, "wrong")).await);
    replies.push(context.send(Method::GET, USER, &token).await);
    replies.push(context.send(Method::HEAD, USER, &token).await);
    replies.push(context.service.get(USER).await);
    replies.push(context.change(Method::PUT, &token, &json!({})).await);
    replies.push(context.change(Method::PATCH, &token, &json!({"phone": 1})).await);
    replies.push(context.send(Method::POST, LOGOUT, &token).await);
    replies.push(context.send(Method::POST, LOGOUT_ALL, &token).await);
    for path in ALL {
        replies.push(context.service.send(Method::OPTIONS, path).await);
        replies.push(context.service.send(Method::DELETE, path).await);
    }
    for reply in replies {
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{reply:?}");
        assert_eq!(reply.header("etag"), None, "{reply:?}");
    }
}

#[actix_web::test]
async fn head_returns_the_headers_of_get_without_a_body() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let get = context.send(Method::GET, USER, &token).await;
    let head = context.send(Method::HEAD, USER, &token).await;
    assert_eq!((head.status.as_u16(), head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), Some(get.body.len().to_string().as_str()));
}

#[actix_web::test]
async fn cors_preflight_of_any_origin_is_allowed() {
    let context = TestContext::new().await;
    let preflight = client()
        .request(Method::OPTIONS, context.service.url(LOGIN))
        .header("origin", "https://createtrend.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization, content-type");
    let reply = Reply::send(preflight).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert_eq!(reply.header("access-control-allow-credentials"), None);
}
