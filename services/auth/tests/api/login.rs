//! `login/`

use crate::fixture::{LOGIN, NAME, PASSWORD, TestContext, USER, credentials, snapshot, token_of};
use reqwest::Method;

#[actix_web::test]
async fn login_with_valid_credentials_returns_a_token() {
    let context = TestContext::new().await;
    context.register(NAME, PASSWORD).await;
    let reply = context.log_in(NAME, PASSWORD).await;
    let token = token_of(&reply);
    insta::assert_snapshot!(snapshot(reply));
    assert_eq!(context.send(Method::GET, USER, &token).await.status, 200);
    assert_eq!(context.count("SELECT count(last_login) FROM auth_user").await, 1);
}

#[actix_web::test]
async fn failed_logins_return_the_same_response() {
    let context = TestContext::new().await;
    for name in ["active", "inactive", "argon", "unusable", "iterations", "empty"] {
        context.register(name, PASSWORD).await;
    }
    let changes = "
        UPDATE auth_user SET is_active = false WHERE username = 'inactive';
        UPDATE auth_user SET password = 'argon2$argon2i$v=19$m=512,t=2,p=2$c2FsdA$aGFzaA'
            WHERE username = 'argon';
        UPDATE auth_user SET password = '!unusable' WHERE username = 'unusable';
        UPDATE auth_user SET password = 'pbkdf2_sha256$2000001$salt$aGFzaA=='
            WHERE username = 'iterations';
        UPDATE auth_user SET password = '' WHERE username = 'empty';";
    context.database.fill(changes).await;
    let wrong = context.log_in("active", "wrong").await;
    insta::assert_snapshot!(wrong.snapshot());
    let mut expected = wrong.json();
    for (name, password) in [
        ("unknown", PASSWORD),
        ("Active", PASSWORD),
        ("inactive", PASSWORD),
        ("inactive", "wrong"),
        ("argon", PASSWORD),
        ("unusable", PASSWORD),
        ("unusable", "!unusable"),
        ("iterations", PASSWORD),
        ("empty", PASSWORD),
        ("active", &PASSWORD.replace(' ', "")),
        ("active", &"비".repeat(9000)),
        ("an invalid name!", PASSWORD),
        (&"a".repeat(9000), PASSWORD),
    ] {
        let reply = context.log_in(name, password).await;
        assert_eq!(reply.status, 400, "{name}");
        expected["request_id"] = reply.json()["request_id"].clone();
        assert_eq!(reply.json(), expected, "{name}");
    }
    assert_eq!(context.count("SELECT count(last_login) FROM auth_user").await, 0);
}

#[actix_web::test]
async fn login_with_missing_fields_names_them() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(
        context.post(LOGIN, &serde_json::json!({"username": ""})).await.snapshot()
    );
}

#[actix_web::test]
async fn long_passwords_are_compared_in_full() {
    let context = TestContext::new().await;
    let long = "비밀번호".repeat(10);
    context.register(NAME, &format!("{long}가")).await;
    assert_eq!(context.log_in(NAME, &format!("{long}나")).await.status, 400);
    assert_eq!(context.log_in(NAME, &format!("{long}가")).await.status, 200);
}

#[actix_web::test]
async fn login_with_another_unicode_form_of_the_password_succeeds() {
    let context = TestContext::new().await;
    // Decomposed Hangul (NFD), as macOS sends it, between spaces.
    let decomposed = "  \u{1107}\u{1175}\u{1106}\u{1175}\u{11af} 42 ";
    context.register(NAME, decomposed).await;
    for password in [decomposed, "비밀 42", "비밀 42 ", "비밀　４２"] {
        assert_eq!(context.log_in(NAME, password).await.status, 200, "{password:?}");
    }
    assert_eq!(context.log_in(NAME, "비밀42").await.status, 400);
}

#[actix_web::test]
async fn account_without_userinfo_row_gets_one() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    context.database.fill("DELETE FROM accounts_userinfo").await;
    let info = |reply: test_support::Reply| reply.json()["userinfo"].clone();
    let userinfo = info(context.send(Method::GET, USER, &token).await);
    assert_eq!(userinfo["user_id"], 1);
    assert_eq!(context.count("SELECT count(*) FROM accounts_userinfo").await, 1);
    context.database.fill("DELETE FROM accounts_userinfo").await;
    let login = context.post(LOGIN, &credentials(NAME, PASSWORD)).await.json();
    assert_eq!(login["user"]["userinfo"]["user_id"], 1);
}

#[actix_web::test]
async fn login_deletes_expired_rows_in_batches() {
    let context = TestContext::new().await;
    context.register(NAME, PASSWORD).await;
    let expired = "INSERT INTO auth_token SELECT gen_random_uuid(), 1, now() - interval '1 second'
        FROM generate_series(1, 150);
        INSERT INTO auth_throttle SELECT 'old:' || n, 1, now(), now() - interval '2 hours'
        FROM generate_series(1, 150) AS n;
        INSERT INTO auth_known_subnet SELECT 1, 'old:' || n, now() - interval '91 days'
        FROM generate_series(1, 10) AS n";
    context.database.fill(expired).await;
    let tokens = "SELECT count(*) FROM auth_token WHERE expires_at < now()";
    let keys = "SELECT count(*) FROM auth_throttle WHERE key LIKE 'old:%'";
    for remaining in [50, 0] {
        assert_eq!(context.log_in(NAME, PASSWORD).await.status, 200);
        assert_eq!(context.count(tokens).await, remaining);
        assert_eq!(context.count(keys).await, remaining);
    }
    assert_eq!(context.count("SELECT count(*) FROM auth_known_subnet").await, 1);
    // Valid sessions remain.
    assert_eq!(context.count("SELECT count(*) FROM auth_token").await, 3);
}
