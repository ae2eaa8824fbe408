//! `me/password/`, `me/export/` and `me/deletion/`

use crate::fixture::{
    DELETION, EXPORT, FEED, KEYS, NAME, PASSWORD, PASSWORD_CHANGE, TestContext, USER, WATCHLIST,
    token_of,
};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::Reply;

const NEW: &str = "새로운 비밀번호";

async fn change(context: &TestContext, token: &str, password: &str, new: &str) -> Reply {
    let body = json!({"password": password, "new_password": new});
    context.send_body(Method::POST, PASSWORD_CHANGE, token, &body).await
}

async fn delete(context: &TestContext, token: &str, password: &str) -> Reply {
    context.send_body(Method::POST, DELETION, token, &json!({"password": password})).await
}

#[actix_web::test]
async fn password_change_ends_other_sessions() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let other = token_of(&context.log_in(NAME, PASSWORD).await);
    let foreign = context.register("other-user", PASSWORD).await;
    let reply = change(&context, &token, PASSWORD, NEW).await;
    assert_eq!((reply.status.as_u16(), reply.body.as_str()), (204, ""));
    for (token, status) in [(&token, 200), (&other, 401), (&foreign, 200)] {
        assert_eq!(context.send(Method::GET, USER, token).await.status, status);
    }
    assert_eq!(context.log_in(NAME, PASSWORD).await.status, 400);
    assert_eq!(context.log_in(NAME, NEW).await.status, 200);
    assert_eq!(context.log_in("other-user", PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn invalid_new_password_and_wrong_password_return_400() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    for (password, new, field) in [
        ("wrong", NEW, "password"),
        (PASSWORD, "1234567", "new_password"),
        (PASSWORD, " 123456 ", "new_password"),
        (PASSWORD, "        ", "new_password"),
        (PASSWORD, &"a".repeat(4097), "new_password"),
        (PASSWORD, "12345678\u{0}", "new_password"),
        ("", NEW, "password"),
    ] {
        let reply = change(&context, &token, password, new).await;
        assert_eq!(reply.status, 400, "{}", reply.body);
        assert!(reply.json()[field].is_array(), "{}", reply.body);
    }
    assert_eq!(context.log_in(NAME, PASSWORD).await.status, 200);
    assert_eq!(change(&context, "a.b.c", PASSWORD, NEW).await.status, 401);
}

#[actix_web::test]
async fn password_confirmations_are_rate_limited() {
    let limit = [("CREATETREND_AUTH__ACCOUNT_ADDRESS__FIRST_DELAY_MS", "20000")];
    let context = TestContext::with_settings(&limit).await;
    let token = context.register(NAME, PASSWORD).await;
    for _ in 0..3 {
        assert_eq!(change(&context, &token, "wrong", NEW).await.status, 400);
    }
    // A success resets the limit.
    assert_eq!(change(&context, &token, PASSWORD, NEW).await.status, 204);
    for _ in 0..5 {
        assert_eq!(delete(&context, &token, "wrong").await.status, 400);
    }
    for reply in
        [delete(&context, &token, NEW).await, change(&context, &token, NEW, PASSWORD).await]
    {
        assert_eq!(reply.status, 429);
        assert!(reply.header("retry-after").is_some());
    }
    // The limit belongs to the account, and logging in is not affected.
    assert_eq!(context.log_in(NAME, NEW).await.status, 200);
    let other = context.register("other-user", PASSWORD).await;
    assert_eq!(delete(&context, &other, PASSWORD).await.status, 204);
}

#[actix_web::test]
async fn deletion_removes_all_rows_of_the_account_only() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let other = context.register("other-user", PASSWORD).await;
    for token in [&token, &other] {
        let keyword = json!({"kind": "keyword", "target": "먹방"});
        context.send_body(Method::PUT, WATCHLIST, token, &keyword).await;
        context.send_body(Method::POST, KEYS, token, &json!({"name": "a"})).await;
        context.send(Method::POST, FEED, token).await;
    }
    let alert = "INSERT INTO auth_alert (watch_id, week, created_at, rising_rank) SELECT id, now(), now(), 1 FROM auth_watch";
    context.database.fill(alert).await;
    assert_eq!(delete(&context, &token, "wrong").await.status, 400);
    assert_eq!(delete(&context, &token, PASSWORD).await.status, 204);
    assert_eq!(context.send(Method::GET, USER, &token).await.status, 401);
    for table in [
        "auth_user",
        "accounts_userinfo",
        "auth_token",
        "auth_known_subnet",
        "auth_watch",
        "auth_alert",
        "auth_feed",
        "auth_api_key",
    ] {
        assert_eq!(context.count(&format!("SELECT count(*) FROM {table}")).await, 1, "{table}");
    }
    assert_eq!(context.send(Method::GET, USER, &other).await.status, 200);
    // The name is free again.
    context.register(NAME, PASSWORD).await;
}

#[actix_web::test]
async fn account_with_records_of_another_application_is_not_deleted() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let table = "CREATE TABLE django_admin_log (user_id integer REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO django_admin_log SELECT id FROM auth_user";
    context.database.fill(table).await;
    let reply = delete(&context, &token, PASSWORD).await;
    assert_eq!(reply.status, 400, "{}", reply.body);
    assert!(reply.json()["non_field_errors"].is_array(), "{}", reply.body);
    assert_eq!(context.send(Method::GET, USER, &token).await.status, 200);
}

#[actix_web::test]
async fn export_contains_the_data_of_the_account_without_secrets() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    context.register("other-user", PASSWORD).await;
    context.change(Method::PATCH, &token, &json!({"phone": "010"})).await;
    let keyword = json!({"kind": "keyword", "target": "먹방", "note": "메모"});
    context.send_body(Method::PUT, WATCHLIST, &token, &keyword).await;
    let key = context.send_body(Method::POST, KEYS, &token, &json!({"name": "a"})).await.json();
    context.send(Method::POST, FEED, &token).await;
    let reply = context.send(Method::GET, EXPORT, &token).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(
        reply.header("content-disposition"),
        Some("attachment; filename=\"createtrend-account.json\"")
    );
    let export = reply.json();
    assert_eq!((&export["username"], &export["phone"]), (&json!(NAME), &json!("010")));
    assert_eq!(export["watchlist"][0]["note"], "메모");
    assert_eq!(export["api_keys"][0]["name"], "a");
    assert_eq!(export["sessions"].as_array().map(Vec::len), Some(1));
    assert_eq!(export["known_addresses"].as_array().map(Vec::len), Some(1));
    assert!(export["feed_created_at"].is_string());
    assert!(export["alerts"].is_array());
    let secrets = "SELECT concat_ws(' ', u.password, k.hash, f.token_hash) FROM auth_user u JOIN auth_api_key k ON k.user_id = u.id JOIN auth_feed f ON f.user_id = u.id";
    let secrets = context.text(secrets).await;
    for secret in secrets.split(' ').chain(key["key"].as_str()) {
        assert!(!reply.body.contains(secret), "{secret}");
    }
    context
        .database
        .fill("UPDATE auth_user SET date_joined = 'infinity', last_login = '-infinity'")
        .await;
    let export = context.send(Method::GET, EXPORT, &token).await.json();
    assert_eq!((&export["date_joined"], &export["last_login"]), (&Value::Null, &Value::Null));
}
