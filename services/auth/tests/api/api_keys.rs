//! `me/keys/`, and requests with keys to replicas that share a database.

use crate::fixture::{
    KEYS, NAME, PASSWORD, REGISTER, TestContext, USER, WATCHLIST, credentials, token_of, with_body,
};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;
use test_support::{Reply, TestDatabase, TestGateway, client};

const BINARY: &str = env!("CARGO_BIN_EXE_auth");

async fn create(context: &TestContext, token: &str, name: &str) -> Value {
    let reply = context.send_body(Method::POST, KEYS, token, &json!({"name": name})).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.json()
}

/// Two replicas behind the gateway, and a key of a new account.
async fn gateway(database: &TestDatabase, limit: &str) -> (TestGateway, String, String) {
    let settings = [database.setting(), ("CREATETREND_AUTH__API_KEY__REQUESTS", limit)];
    let gateway = TestGateway::start("auth", Path::new(BINARY), 2, &settings);
    let register = client().post(gateway.url(REGISTER));
    let token = token_of(&Reply::send(with_body(register, &credentials(NAME, PASSWORD))).await);
    let request =
        client().post(gateway.url(KEYS)).header("authorization", format!("Token {token}"));
    let reply = Reply::send(with_body(request, &json!({"name": "program"}))).await;
    let key = reply.json()["key"].as_str().unwrap().to_owned();
    (gateway, token, key)
}

async fn keyed(gateway: &TestGateway, path: &str, key: &str) -> Reply {
    Reply::send(client().get(gateway.url(path)).header("x-api-key", key)).await
}

#[actix_web::test]
async fn key_is_shown_once_and_stored_as_a_hash() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let created = create(&context, &token, " 주간 보고서 ").await;
    let key = created["key"].as_str().unwrap();
    assert!(key.starts_with("ct_") && key.len() == 46, "{key}");
    let listed = context.send(Method::GET, KEYS, &token).await;
    assert!(!listed.body.contains(key), "{}", listed.body);
    let entry = &listed.json()["keys"][0];
    assert_eq!((&entry["name"], &entry["prefix"]), (&json!("주간 보고서"), &json!(&key[..9])));
    assert_eq!(entry["last_used_at"], Value::Null);
    let row = context.text("SELECT auth_api_key::text FROM auth_api_key").await;
    assert!(!row.contains(&key[9..]), "{row}");
}

#[actix_web::test]
async fn keys_of_another_account_are_neither_listed_nor_revoked() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let other = context.register("other-user", PASSWORD).await;
    let path = format!("{KEYS}{}/", create(&context, &token, "a").await["id"]);
    assert_eq!(context.send(Method::GET, KEYS, &other).await.json()["keys"], json!([]));
    assert_eq!(context.send(Method::DELETE, &path, &other).await.status, 404);
    assert_eq!(context.send(Method::DELETE, &path, "a.b.c").await.status, 401);
    assert_eq!(context.send(Method::DELETE, &path, &token).await.status, 204);
    assert_eq!(context.send(Method::DELETE, &path, &token).await.status, 404);
}

#[actix_web::test]
async fn concurrent_requests_do_not_exceed_the_limit_of_keys() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    for name in [
        json!({}),
        json!({"name": " "}),
        json!({"name": "\u{0}"}),
        json!({"name": "a".repeat(101)}),
        json!({"name": "\u{200b}\u{feff} "}),
        json!({"name": 1}),
    ] {
        let reply = context.send_body(Method::POST, KEYS, &token, &name).await;
        assert!(reply.status == 400 && reply.json()["name"].is_array(), "{}", reply.body);
    }
    let requests = (0..15).map(|_| {
        let (context, token) = (&context, &token);
        async move {
            context
                .send_body(Method::POST, KEYS, token, &json!({"name": "a"}))
                .await
                .status
                .as_u16()
        }
    });
    let mut statuses = join_all(requests).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [[201; 10].as_slice(), &[400; 5]].concat());
}

#[actix_web::test]
async fn limit_of_a_key_is_shared_by_replicas() {
    let database = TestDatabase::create().await;
    let (gateway, _, key) = gateway(&database, "20").await;
    let check = |number: usize| {
        let request = client().get(gateway.replica_url(number % 2, "/internal/api-key/"));
        Reply::send(request.header("x-api-key", &key))
    };
    let mut statuses: Vec<_> =
        join_all((0..30).map(check)).await.iter().map(|reply| reply.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [[204; 20].as_slice(), &[403; 10]].concat());
    let rejected = keyed(&gateway, "/api/channels/", &key).await;
    assert_eq!(rejected.status, 429, "{}", rejected.body);
    let seconds: u64 = rejected.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(rejected.header("ratelimit"), Some(format!("\"key\";r=0;t={seconds}").as_str()));
    assert_eq!(rejected.header("ratelimit-policy"), Some("\"key\";q=20;w=60"));
    assert_eq!(rejected.json()["code"], "rate_limit_exceeded");
    assert_eq!(rejected.header("content-type"), Some("application/json"));
    // A new window.
    let client = database.client().await;
    client
        .batch_execute("UPDATE auth_api_key SET window_started_at = now() - interval '61 s'")
        .await
        .unwrap();
    let allowed = keyed(&gateway, "/api/accounts/auth/other/", &key).await;
    assert_eq!(
        (allowed.status.as_u16(), allowed.header("ratelimit")),
        (404, Some("\"key\";r=19;t=60"))
    );
}

#[actix_web::test]
async fn unknown_and_revoked_keys_return_401_on_every_route() {
    let database = TestDatabase::create().await;
    let (gateway, token, key) = gateway(&database, "100").await;
    let unknown = format!("ct_{}", "a".repeat(43));
    let routes =
        ["/api/channel_analyze/", "/api/videos/outliers/?days=7", USER, "/api/unknown", "/api"];
    for path in routes {
        for key in [unknown.as_str(), "ct_", "x", "a|b||/api/", " | ", "cf_a", "%00", &key[1..]] {
            let reply = keyed(&gateway, path, key).await;
            assert_eq!(reply.status, 401, "{path} {key} {}", reply.body);
            assert_eq!(reply.json()["code"], "authentication_failed");
            assert_eq!(reply.header("www-authenticate"), Some("Token"));
            assert_eq!(reply.header("ratelimit"), None);
        }
    }
    let remove = "DELETE FROM auth_api_key";
    let with_token = client().get(gateway.url(USER)).header("x-api-key", &key);
    let with_token = with_token.header("authorization", format!("Token {token}"));
    let reply = Reply::send(with_token.try_clone().unwrap()).await;
    assert_eq!((reply.status.as_u16(), &reply.json()["username"]), (200, &json!(NAME)));
    let client = database.client().await;
    client.batch_execute("UPDATE auth_user SET is_active = false").await.unwrap();
    assert_eq!(keyed(&gateway, "/api/unknown", &key).await.status, 401);
    client.batch_execute("UPDATE auth_user SET is_active = true").await.unwrap();
    assert_eq!(keyed(&gateway, "/api/unknown", &key).await.status, 404);
    client.batch_execute(remove).await.unwrap();
    assert_eq!(Reply::send(with_token).await.status, 401);
    // Locations of the gateway itself are not reachable.
    for path in ["/api_key", "/api_key_check", "/internal/api-key/", "/gateway_error"] {
        assert_ne!(keyed(&gateway, path, &key).await.status, 204, "{path}");
    }
}

#[actix_web::test]
async fn request_with_a_key_keeps_its_method_query_and_body() {
    let database = TestDatabase::create().await;
    let (gateway, token, key) = gateway(&database, "100").await;
    let authorization = format!("Token {token}");
    let request = client().put(gateway.url(WATCHLIST)).header("x-api-key", &key);
    let request = request.header("authorization", &authorization);
    let put = Reply::send(with_body(request, &json!({"kind": "keyword", "target": "먹방"}))).await;
    assert_eq!((put.status.as_u16(), &put.json()["name"]), (200, &json!("먹방")));
    let request =
        client().get(gateway.url("/api/me/digest/?week=2005-W02")).header("x-api-key", &key);
    let digest = Reply::send(request.header("authorization", &authorization)).await;
    assert_eq!((digest.status.as_u16(), &digest.json()["week"]), (200, &json!("2005-W02")));
    assert!(digest.header("ratelimit").is_some());
    let without_key = client().get(gateway.url(WATCHLIST)).header("authorization", &authorization);
    assert_eq!(Reply::send(without_key).await.header("ratelimit"), None);
    // An encoded question mark stays part of the path.
    assert_eq!(keyed(&gateway, "/api/unknown%3Fa%2F..?b", &key).await.status, 404);
}

#[actix_web::test]
async fn key_that_cannot_be_verified_returns_503() {
    let database = TestDatabase::create().await;
    let (mut gateway, _, key) = gateway(&database, "100").await;
    let rename = "ALTER TABLE auth_api_key RENAME TO renamed";
    database.client().await.batch_execute(rename).await.unwrap();
    let failed = keyed(&gateway, "/api/unknown", &key).await;
    assert_eq!((failed.status.as_u16(), failed.header("retry-after")), (503, Some("1")));
    assert_eq!(failed.json()["code"], "service_unavailable");
    for replica in 0..2 {
        gateway.terminate(replica);
    }
    let failed = keyed(&gateway, "/api/unknown", &key).await;
    assert_eq!(
        (failed.status.as_u16(), &failed.json()["code"]),
        (503, &json!("service_unavailable"))
    );
    // Requests without a key do not need auth.
    assert_eq!(gateway.get("/api/unknown").await.status, 404);
}
