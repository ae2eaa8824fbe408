//! Three replicas behind the project's `nginx.conf`.

use crate::fixture::{
    FEED, KEYS, LOGIN, LOGOUT, LOGOUT_ALL, NAME, PASSWORD, REGISTER, UPDATE, USER, credentials,
    token_of, with_body,
};
use reqwest::Method;
use serde_json::json;
use std::{
    path::Path,
    time::{Duration, Instant},
};
use test_support::{Reply, TestDatabase, TestGateway, client};

const BINARY: &str = env!("CARGO_BIN_EXE_auth");

fn gateway(database: &TestDatabase, settings: &[(&str, &str)]) -> TestGateway {
    let settings = [&[database.setting()], settings].concat();
    TestGateway::start("auth", Path::new(BINARY), 3, &settings)
}

async fn post(gateway: &TestGateway, path: &str, name: &str, password: &str) -> Reply {
    Reply::send(with_body(client().post(gateway.url(path)), &credentials(name, password))).await
}

/// The status of an authenticated request to a replica, bypassing the gateway.
async fn status(
    gateway: &TestGateway,
    replica: usize,
    method: Method,
    path: &str,
    token: &str,
) -> u16 {
    let request = client().request(method, gateway.replica_url(replica, path));
    let reply = Reply::send(request.header("authorization", format!("Token {token}"))).await;
    reply.status.as_u16()
}

#[actix_web::test]
async fn logout_on_one_replica_applies_to_all() {
    let database = TestDatabase::create().await;
    let gateway = gateway(&database, &[]);
    assert_eq!(gateway.get("/health/auth").await.json()["service"], "auth");
    let first = token_of(&post(&gateway, REGISTER, NAME, PASSWORD).await);
    let second = token_of(&post(&gateway, LOGIN, NAME, PASSWORD).await);
    for replica in 0..3 {
        assert_eq!(status(&gateway, replica, Method::GET, USER, &first).await, 200);
    }
    assert_eq!(status(&gateway, 0, Method::POST, LOGOUT, &first).await, 204);
    for replica in 0..3 {
        assert_eq!(status(&gateway, replica, Method::GET, USER, &first).await, 401);
        assert_eq!(status(&gateway, replica, Method::GET, USER, &second).await, 200);
    }
    assert_eq!(status(&gateway, 1, Method::POST, LOGOUT_ALL, &second).await, 204);
    for replica in 0..3 {
        assert_eq!(status(&gateway, replica, Method::GET, USER, &second).await, 401);
    }
}

#[actix_web::test]
async fn rate_limit_is_shared_by_replicas_and_ignores_forged_addresses() {
    let database = TestDatabase::create().await;
    let settings = [
        ("CREATETREND_AUTH__ADDRESS__FREE_ATTEMPTS", "4"),
        ("CREATETREND_AUTH__ADDRESS__FIRST_DELAY_MS", "20000"),
    ];
    let gateway = gateway(&database, &settings);
    for number in 1..=5 {
        let body = credentials(&format!("unknown-{number}"), "wrong");
        let request = client().post(gateway.url(LOGIN));
        let request = request.header("x-forwarded-for", format!("203.0.113.{number}"));
        let reply = Reply::send(with_body(request, &body)).await;
        assert_eq!(reply.status, if number == 5 { 429 } else { 400 }, "{number}");
    }
}

#[actix_web::test]
async fn logs_contain_neither_feed_tokens_nor_api_keys() {
    let database = TestDatabase::create().await;
    let level = ("CREATETREND_LOG__LEVEL", "info,auth=trace,common=trace,actix_web=debug");
    let mut gateway = gateway(&database, &[level]);
    let token = token_of(&post(&gateway, REGISTER, NAME, PASSWORD).await);
    let authorized = |path: &str| {
        let request = client().post(gateway.url(path));
        request.header("authorization", format!("Token {token}"))
    };
    let feed = Reply::send(authorized(FEED)).await.json();
    let feed = feed["url"].as_str().expect("a URL").to_owned();
    let key = Reply::send(with_body(authorized(KEYS), &json!({"name": "a"}))).await.json();
    let key = key["key"].as_str().expect("a key").to_owned();
    assert!(feed.starts_with(&gateway.url(FEED)), "{feed}");
    let secret = feed.rsplit(['/', '.']).nth(1).expect("a token").to_owned();
    let urls = [
        feed.clone(),
        feed.replace("/api/me/feed", "/api/%6de/%66eed"),
        feed.replace(".atom", ""),
        format!("{feed}/more"),
    ];
    let get_all = async || {
        for url in &urls {
            Reply::send(client().get(url).header("x-api-key", &key)).await;
            Reply::send(client().put(url).body("a".repeat(70_000))).await;
        }
        // The gateway rejects the host.
        Reply::send(client().get(&feed).header("host", "a b")).await;
    };
    assert_eq!(Reply::send(client().get(&feed)).await.status, 200);
    get_all().await;
    // An internal error, and then no replica.
    let rename = "ALTER TABLE auth_feed RENAME TO renamed";
    database.client().await.batch_execute(rename).await.expect("the table is renamed");
    assert_eq!(Reply::send(client().get(&feed)).await.status, 500);
    get_all().await;
    for replica in 0..3 {
        gateway.terminate(replica);
    }
    assert_eq!(Reply::send(client().get(&feed)).await.status, 503);
    get_all().await;
    let output = gateway.output();
    assert!(output.contains("/api/me/feed/{token"), "{output}");
    let deadline = Instant::now() + Duration::from_secs(10);
    // nginx writes its access log once a second.
    while !gateway.log().contains(r#""uri":"/api/me/feed/-","status":503"#) {
        assert!(Instant::now() < deadline, "{}", gateway.log());
        actix_web::rt::task::yield_now().await;
    }
    for secret in [&secret, &key] {
        assert!(!output.contains(secret.as_str()), "{output}");
        assert!(!gateway.log().contains(secret.as_str()), "{}", gateway.log());
    }
}

#[actix_web::test]
async fn logs_and_metrics_contain_no_secrets() {
    let database = TestDatabase::create().await;
    // The most verbose level for the project's crates.
    let level = ("CREATETREND_LOG__LEVEL", "info,auth=trace,common=trace,actix_web=debug");
    let mut gateway = gateway(&database, &[level]);
    let mut secrets = vec!["a-first-secret-0", "a-wrong-secret-1", "a-password-in-the-name-field"]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let token = token_of(&post(&gateway, REGISTER, NAME, &secrets[0]).await);
    secrets.push(token_of(&post(&gateway, LOGIN, NAME, &secrets[0]).await));
    post(&gateway, REGISTER, NAME, &secrets[0]).await;
    post(&gateway, LOGIN, NAME, &secrets[1]).await;
    post(&gateway, LOGIN, &secrets[2], &secrets[1]).await;
    for (method, path) in [
        (Method::GET, USER),
        (Method::PUT, UPDATE),
        (Method::POST, LOGOUT),
        (Method::GET, USER),
        (Method::DELETE, LOGIN),
    ] {
        let request = client().request(method, gateway.url(path)).json(&json!({"phone": "1"}));
        Reply::send(request.header("authorization", format!("Token {token}"))).await;
    }
    let malformed = format!("{{\"username\": \"{NAME}\", \"password\": \"{}\"", secrets[0]);
    let request = client().post(gateway.url(LOGIN)).header("content-type", "application/json");
    let reply = Reply::send(request.body(malformed)).await;
    assert!(!reply.body.contains(&secrets[0]), "{}", reply.body);
    // An internal error.
    let rename = "ALTER TABLE auth_user RENAME TO renamed";
    database.client().await.batch_execute(rename).await.expect("the table is renamed");
    let failed = post(&gateway, LOGIN, NAME, &secrets[0]).await;
    assert_eq!(failed.status, 500);
    secrets.push(token);
    let mut output = failed.body;
    for replica in 0..3 {
        let metrics = client().get(gateway.replica_url(replica, "/metrics"));
        output += &Reply::send(metrics).await.body;
        gateway.terminate(replica);
    }
    output += &gateway.output();
    output += &gateway.log();
    assert!(output.contains("internal error"), "{output}");
    for secret in secrets {
        let signature = secret.rsplit('.').next().unwrap_or(&secret);
        assert!(!output.contains(signature), "{secret} in {output}");
    }
    assert!(!output.contains("bcrypt_hmac_sha256$"), "{output}");
}
