//! `register/`

use crate::fixture::{
    NAME, PASSWORD, REGISTER, TestContext, USER, credentials, snapshot, token_of,
};
use reqwest::Method;
use serde_json::json;

const EVERYTHING: &str = "SELECT (SELECT count(*) FROM auth_user)
    + (SELECT count(*) FROM accounts_userinfo) + (SELECT count(*) FROM auth_token)";

#[actix_web::test]
async fn an_account_is_made_and_logged_in() {
    let context = TestContext::new().await;
    let reply = context.post(REGISTER, &credentials(NAME, PASSWORD)).await;
    let token = token_of(&reply);
    insta::assert_snapshot!(snapshot(reply));
    let user = context.send(Method::GET, USER, &token).await;
    assert_eq!(user.json()["username"], NAME);
    assert_eq!(context.log_in(NAME, PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn the_password_is_stored_as_a_hash() {
    let context = TestContext::new().await;
    context.register(NAME, PASSWORD).await;
    let stored = context.text("SELECT password FROM auth_user").await;
    assert!(stored.starts_with("bcrypt_hmac_sha256$$2b$04$"), "{stored}");
    let row = context.text("SELECT auth_user::text FROM auth_user").await;
    assert!(!row.contains(PASSWORD));
}

#[actix_web::test]
async fn what_cannot_be_used_is_refused() {
    let context = TestContext::new().await;
    let long = "a".repeat(151);
    let heavy = "비".repeat(1366);
    let mut replies = Vec::new();
    for (about, body) in [
        ("nothing", json!({})),
        ("no password", json!({"username": NAME})),
        ("null", json!({"username": null, "password": null})),
        ("no text", json!({"username": 12345, "password": ["12345"]})),
        ("a short name", credentials("abcd", PASSWORD)),
        ("a short password", credentials(NAME, "비밀번")),
        ("an empty name", credentials("", PASSWORD)),
        ("a long name", credentials(&long, PASSWORD)),
        ("other characters", credentials("ab cd!", PASSWORD)),
        ("a blank password", credentials(NAME, "      ")),
        ("a short password in spaces", credentials(NAME, "  abc  ")),
        ("a heavy password", credentials(NAME, &heavy)),
        ("NUL", credentials("abc\0def", "abc\0def")),
        ("short and not a text", json!({"username": "abcd", "password": 1})),
    ] {
        let reply = context.post(REGISTER, &body).await;
        replies.push(format!("{about}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
    assert_eq!(context.count(EVERYTHING).await, 0);
}

#[actix_web::test]
async fn the_limits_themselves_are_fine() {
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
async fn a_name_that_somebody_has_is_refused_whatever_its_width() {
    let context = TestContext::new().await;
    context.register("tokyo_12", PASSWORD).await;
    insta::assert_snapshot!(
        context.post(REGISTER, &credentials("tokyo_12", "other")).await.snapshot()
    );
    for look_alike in ["ｔｏｋｙｏ_12", "tokyo_１２", " tokyo_12 "] {
        let reply = context.post(REGISTER, &credentials(look_alike, "other")).await;
        assert_eq!(reply.status, 400, "{look_alike}");
        assert!(reply.json()["username"].is_array(), "{}", reply.body);
    }
    assert_eq!(context.log_in("ｔｏｋｙｏ_１２", PASSWORD).await.status, 200);
    // Letters of another case are another name, as in the old system.
    context.register("Tokyo_12", PASSWORD).await;
}

#[actix_web::test]
async fn of_sixteen_at_once_with_one_name_one_gets_it() {
    let context = TestContext::new().await;
    let body = credentials(NAME, PASSWORD);
    let tries = (0..16).map(|_| context.post(REGISTER, &body));
    let replies = futures_util::future::join_all(tries).await;
    let made: Vec<_> = replies.iter().filter(|reply| reply.status == 200).collect();
    assert_eq!(made.len(), 1);
    for reply in replies.iter().filter(|reply| reply.status != 200) {
        assert_eq!(reply.status, 400, "{}", reply.body);
        assert_eq!(reply.json()["username"][0], "A user with that username already exists.");
    }
    // One user, one row beside it, one token.
    assert_eq!(context.count(EVERYTHING).await, 3);
}

#[actix_web::test]
async fn an_account_without_its_other_rows_is_never_left() {
    let context = TestContext::new().await;
    context.database.fill("ALTER TABLE accounts_userinfo ADD CHECK (user_id < 1)").await;
    let reply = context.post(REGISTER, &credentials(NAME, PASSWORD)).await;
    assert_eq!(reply.status, 500);
    assert_eq!(reply.json()["detail"], "Something went wrong.");
    assert_eq!(context.count(EVERYTHING).await, 0);
}
