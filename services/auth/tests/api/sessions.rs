//! `user/`, `logout/` and `logoutall/`: validity of sessions.

use crate::fixture::{LOGOUT, LOGOUT_ALL, NAME, PASSWORD, TestContext, USER, token_of};
use reqwest::Method;
use test_support::{Reply, client};

async fn status(context: &TestContext, token: &str) -> u16 {
    context.send(Method::GET, USER, token).await.status.as_u16()
}

#[actix_web::test]
async fn user_with_a_valid_token_returns_the_account() {
    let context = TestContext::new().await;
    context.register("other-user", PASSWORD).await;
    let token = context.register(NAME, PASSWORD).await;
    insta::assert_snapshot!(context.send(Method::GET, USER, &token).await.snapshot());
    for scheme in ["Token", "token", "Bearer", "BEARER"] {
        let request = client().get(context.service.url(USER));
        let reply = Reply::send(request.header("authorization", format!("{scheme} {token}"))).await;
        assert_eq!(reply.json()["username"], NAME, "{scheme}");
    }
}

#[actix_web::test]
async fn requests_without_a_valid_token_return_401() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let mut replies = vec![format!("none\n{}", context.service.get(USER).await.snapshot())];
    let request = client().get(context.service.url(USER));
    let reply = Reply::send(request.header("authorization", "Token nonsense")).await;
    replies.push(format!("nonsense\n{}", reply.snapshot()));
    insta::assert_snapshot!(replies.join("\n\n"));
    for header in ["", "Token", "Token ", &token, &format!("Basic {token}"), "Token a.b.c", "토큰"]
    {
        let request = client().get(context.service.url(USER)).header("authorization", header);
        let reply = Reply::send(request).await;
        assert_eq!((reply.status.as_u16(), reply.header("www-authenticate")), (401, Some("Token")));
    }
    for path in [LOGOUT, LOGOUT_ALL] {
        assert_eq!(context.service.send(Method::POST, path).await.status, 401);
    }
    assert_eq!(status(&context, &token).await, 200);
}

#[actix_web::test]
async fn logout_ends_only_its_session() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let other = token_of(&context.log_in(NAME, PASSWORD).await);
    let reply = context.send(Method::POST, LOGOUT, &token).await;
    assert_eq!((reply.status.as_u16(), reply.body.as_str()), (204, ""));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert_eq!((status(&context, &token).await, status(&context, &other).await), (401, 200));
    assert_eq!(context.send(Method::POST, LOGOUT, &token).await.status, 401);
}

#[actix_web::test]
async fn logoutall_ends_all_sessions_of_only_its_account() {
    let context = TestContext::new().await;
    let other_user = context.register("other-user", PASSWORD).await;
    let token = context.register(NAME, PASSWORD).await;
    let other = token_of(&context.log_in(NAME, PASSWORD).await);
    let reply = context.send(Method::POST, LOGOUT_ALL, &token).await;
    assert_eq!((reply.status.as_u16(), reply.body.as_str()), (204, ""));
    assert_eq!((status(&context, &token).await, status(&context, &other).await), (401, 401));
    assert_eq!(status(&context, &other_user).await, 200);
    assert_eq!(context.log_in(NAME, PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn token_of_an_inactive_account_returns_401() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    context.database.fill("UPDATE auth_user SET is_active = false").await;
    assert_eq!(status(&context, &token).await, 401);
    context.database.fill("UPDATE auth_user SET is_active = true").await;
    assert_eq!(status(&context, &token).await, 200);
}

#[actix_web::test]
async fn deleting_an_account_deletes_its_sessions() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    context.database.fill("DELETE FROM accounts_userinfo; DELETE FROM auth_user").await;
    assert_eq!(status(&context, &token).await, 401);
    assert_eq!(context.count("SELECT count(*) FROM auth_token").await, 0);
}
