//! Number of statements per request.

use crate::fixture::{
    DIGEST, EXPORT, KEYS, LOGIN, LOGOUT, LOGOUT_ALL, NAME, PASSWORD, REGISTER, TestContext, USER,
    WATCHLIST, credentials,
};
use common::settings::PostgresSettings;
use reqwest::Method;
use serde_json::json;
use test_support::{Protocol, Proxy, Reply, client};

/// A service whose open connection to PostgreSQL runs through a proxy that counts statements.
async fn context_with_proxy() -> (Proxy, TestContext) {
    let PostgresSettings { host, port, .. } = test_support::settings().postgres;
    let proxy = Proxy::start(&format!("{host}:{port}"), Protocol::Postgres);
    let port = proxy.port().to_string();
    let settings =
        [("CREATETREND_POSTGRES__HOST", "127.0.0.1"), ("CREATETREND_POSTGRES__PORT", &port)];
    let context = TestContext::with_settings(&settings).await;
    assert_eq!(context.service.get("/health/ready").await.status, 200);
    proxy.take_count();
    (proxy, context)
}

#[actix_web::test]
async fn each_route_runs_a_fixed_number_of_statements() {
    let (proxy, context) = context_with_proxy().await;
    let count = |reply: Reply| (reply.status.as_u16(), proxy.take_count());
    let body = credentials(NAME, PASSWORD);
    // Record the attempt, look up the name, insert all rows.
    let reply = context.post(REGISTER, &body).await;
    let token = crate::fixture::token_of(&reply);
    assert_eq!(count(reply), (200, 3));
    assert_eq!(count(context.post(REGISTER, &body).await), (400, 2));
    // From a known address: nine statements; five of them clean up.
    assert_eq!(count(context.post(LOGIN, &body).await), (200, 9));
    assert_eq!(count(context.post(LOGIN, &credentials(NAME, "wrong")).await), (400, 4));
    // From an unknown address: five rate limits.
    assert_eq!(count(context.post(LOGIN, &credentials("unknown", "wrong")).await), (400, 8));
    assert_eq!(count(context.send(Method::GET, USER, &token).await), (200, 2));
    assert_eq!(count(context.change(Method::PUT, &token, &json!({})).await), (200, 2));
    assert_eq!(count(context.change(Method::PATCH, &token, &json!({})).await), (200, 1));
    let keyword = json!({"kind": "keyword", "target": "a"});
    let put = context.send_body(Method::PUT, WATCHLIST, &token, &keyword).await;
    assert_eq!(count(put), (200, 2));
    assert_eq!(count(context.send(Method::GET, WATCHLIST, &token).await), (200, 2));
    assert_eq!(count(context.send(Method::GET, DIGEST, &token).await), (200, 6));
    let created = context.send_body(Method::POST, KEYS, &token, &json!({"name": "a"})).await;
    let key = created.json()["key"].as_str().expect("a key").to_owned();
    assert_eq!(count(created), (201, 2));
    // A request with an API key costs one statement.
    let check = client().get(context.service.url("/internal/api-key/")).header("x-api-key", key);
    assert_eq!(count(Reply::send(check).await), (204, 1));
    assert_eq!(count(context.send(Method::GET, EXPORT, &token).await), (200, 8));
    assert_eq!(count(context.send(Method::POST, LOGOUT, &token).await), (204, 2));
    assert_eq!(count(context.send(Method::POST, LOGOUT_ALL, &token).await), (401, 1));
}

#[actix_web::test]
async fn malformed_requests_run_no_statements() {
    let (proxy, context) = context_with_proxy().await;
    assert_eq!(context.post(REGISTER, &credentials("abcd", PASSWORD)).await.status, 400);
    assert_eq!(context.post(LOGIN, &json!({})).await.status, 400);
    assert_eq!(context.service.get(USER).await.status, 401);
    assert_eq!(context.send(Method::GET, USER, "a.b.c").await.status, 401);
    assert_eq!(proxy.take_count(), 0);
}
