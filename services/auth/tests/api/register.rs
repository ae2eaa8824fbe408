//! `register/`

use crate::fixture::{
    NAME, PASSWORD, REGISTER, TestContext, USER, credentials, snapshot, token_of,
};
use reqwest::Method;
use serde_json::json;

/// Number of rows in all tables of accounts.
const COUNT_ROWS: &str = "SELECT (SELECT count(*) FROM auth_user)
    + (SELECT count(*) FROM accounts_userinfo) + (SELECT count(*) FROM auth_token)";

#[actix_web::test]
async fn register_creates_an_account_and_a_session() {
    let context = TestContext::new().await;
    let reply = context.post(REGISTER, &credentials(NAME, PASSWORD)).await;
    let token = token_of(&reply);
    insta::assert_snapshot!(snapshot(reply));
    let user = context.send(Method::GET, USER, &token).await;
    assert_eq!(user.json()["username"], NAME);
    assert_eq!(context.log_in(NAME, PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn password_is_stored_as_a_hash() {
    let context = TestContext::new().await;
    context.register(NAME, PASSWORD).await;
    let stored = context.text("SELECT password FROM auth_user").await;
    assert!(stored.starts_with("bcrypt_hmac_sha256$$2b$04$"), "{stored}");
    let row = context.text("SELECT auth_user::text FROM auth_user").await;
    assert!(!row.contains(PASSWORD));
}

#[actix_web::test]
async fn register_with_invalid_fields_returns_400() {
    let context = TestContext::new().await;
    let long = "a".repeat(151);
    let over_4096_bytes = "비".repeat(1366);
    let mut replies = Vec::new();
    for (case, body) in [
        ("empty object", json!({})),
        ("no password", json!({"username": NAME})),
        ("null", json!({"username": null, "password": null})),
        ("not strings", json!({"username": 12345, "password": ["12345"]})),
        ("short name", credentials("abcd", PASSWORD)),
        ("short password", credentials(NAME, "비밀번")),
        ("empty name", credentials("", PASSWORD)),
        ("long name", credentials(&long, PASSWORD)),
        ("invalid characters", credentials("ab cd!", PASSWORD)),
        ("blank password", credentials(NAME, "      ")),
        ("short password between spaces", credentials(NAME, "  abc  ")),
        ("password over 4096 bytes", credentials(NAME, &over_4096_bytes)),
        ("NUL", credentials("abc\0def", "abc\0def")),
        ("short name and password not a string", json!({"username": "abcd", "password": 1})),
    ] {
        let reply = context.post(REGISTER, &body).await;
        replies.push(format!("{case}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
    assert_eq!(context.count(COUNT_ROWS).await, 0);
}

#[actix_web::test]
async fn register_with_lengths_at_the_limits_succeeds() {
    let context = TestContext::new().await;
    for (username, password) in [
        ("abcde", "abcd"),
        ("가나다라마", "가나다라"),
        (&"가".repeat(150), &"a".repeat(4096)),
        ("a@b.c+d-e_f", "  x yz  "),
        (" trimmed ", "pass"),
    ] {
        context.register(username, password).await;
        let reply = context.log_in(username, password).await;
        assert_eq!(reply.status, 200, "{username}");
    }
    assert_eq!(context.log_in("trimmed", "pass").await.status, 200);
}

#[actix_web::test]
async fn register_with_a_taken_name_in_any_width_returns_400() {
    let context = TestContext::new().await;
    context.register("tokyo_12", PASSWORD).await;
    insta::assert_snapshot!(
        context.post(REGISTER, &credentials("tokyo_12", "other")).await.snapshot()
    );
    for variant in ["ｔｏｋｙｏ_12", "tokyo_１２", " tokyo_12 "] {
        let reply = context.post(REGISTER, &credentials(variant, "other")).await;
        assert_eq!(reply.status, 400, "{variant}");
        assert!(reply.json()["username"].is_array(), "{}", reply.body);
    }
    assert_eq!(context.log_in("ｔｏｋｙｏ_１２", PASSWORD).await.status, 200);
    // Names are case-sensitive, as in the Django API.
    context.register("Tokyo_12", PASSWORD).await;
}

#[actix_web::test]
async fn concurrent_registrations_of_one_name_create_one_account() {
    let context = TestContext::new().await;
    let body = credentials(NAME, PASSWORD);
    let requests = (0..16).map(|_| context.post(REGISTER, &body));
    let replies = futures_util::future::join_all(requests).await;
    let successful: Vec<_> = replies.iter().filter(|reply| reply.status == 200).collect();
    assert_eq!(successful.len(), 1);
    for reply in replies.iter().filter(|reply| reply.status != 200) {
        assert_eq!(reply.status, 400, "{}", reply.body);
        assert_eq!(reply.json()["username"][0], "A user with that username already exists.");
    }
    // One row each in auth_user, accounts_userinfo and auth_token.
    assert_eq!(context.count(COUNT_ROWS).await, 3);
}

#[actix_web::test]
async fn failed_registration_leaves_no_rows() {
    let context = TestContext::new().await;
    context.database.fill("ALTER TABLE accounts_userinfo ADD CHECK (user_id < 1)").await;
    let reply = context.post(REGISTER, &credentials(NAME, PASSWORD)).await;
    assert_eq!(reply.status, 500);
    assert_eq!(reply.json()["detail"], "Something went wrong.");
    assert_eq!(context.count(COUNT_ROWS).await, 0);
}
