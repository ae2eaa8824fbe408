//! How many statements a request costs.

use crate::fixture::{
    LOGIN, LOGOUT, LOGOUT_ALL, NAME, PASSWORD, REGISTER, TestContext, USER, credentials,
};
use common::settings::PostgresSettings;
use reqwest::Method;
use serde_json::json;
use test_support::{Protocol, Proxy};

/// A service that has a connection to PostgreSQL, through a proxy that counts statements.
async fn counted() -> (Proxy, TestContext) {
    let PostgresSettings { host, port, .. } = test_support::settings().postgres;
    let proxy = Proxy::start(&format!("{host}:{port}"), Protocol::Postgres);
    let port = proxy.port().to_string();
    let way = [("CREATETREND_POSTGRES__HOST", "127.0.0.1"), ("CREATETREND_POSTGRES__PORT", &port)];
    let context = TestContext::with_settings(&way).await;
    assert_eq!(context.service.get("/health/ready").await.status, 200);
    proxy.take_count();
    (proxy, context)
}

#[actix_web::test]
async fn each_route_costs_few_statements() {
    let (proxy, context) = counted().await;
    let cost = |reply: test_support::Reply| (reply.status.as_u16(), proxy.take_count());
    let body = credentials(NAME, PASSWORD);
    // The attempt is recorded, the name looked up, everything inserted.
    let reply = context.post(REGISTER, &body).await;
    let token = crate::fixture::token_of(&reply);
    assert_eq!(cost(reply), (200, 3));
    assert_eq!(cost(context.post(REGISTER, &body).await), (400, 2));
    // The address is known: one limit, the account, the session, and five that clean up.
    assert_eq!(cost(context.post(LOGIN, &body).await), (200, 9));
    assert_eq!(cost(context.post(LOGIN, &credentials(NAME, "wrong")).await), (400, 4));
    // It is not: five limits.
    assert_eq!(cost(context.post(LOGIN, &credentials("nobody", "wrong")).await), (400, 8));
    assert_eq!(cost(context.send(Method::GET, USER, &token).await), (200, 2));
    assert_eq!(cost(context.change(Method::PUT, &token, &json!({})).await), (200, 2));
    assert_eq!(cost(context.change(Method::PATCH, &token, &json!({})).await), (200, 1));
    assert_eq!(cost(context.send(Method::POST, LOGOUT, &token).await), (204, 2));
    assert_eq!(cost(context.send(Method::POST, LOGOUT_ALL, &token).await), (401, 1));
}

#[actix_web::test]
async fn what_is_refused_by_its_looks_costs_nothing() {
    let (proxy, context) = counted().await;
    assert_eq!(context.post(REGISTER, &credentials("abcd", PASSWORD)).await.status, 400);
    assert_eq!(context.post(LOGIN, &json!({})).await.status, 400);
    assert_eq!(context.service.get(USER).await.status, 401);
    assert_eq!(context.send(Method::GET, USER, "a.b.c").await.status, 401);
    assert_eq!(proxy.take_count(), 0);
}
