//! Three replicas behind nginx.

use crate::fixture::sample_index;
use std::path::Path;
use test_support::{Reply, TestGateway, TestIndex, client, video};

const BINARY: &str = env!("CARGO_BIN_EXE_trends");
const PATH: &str = "/api/channel_analyze/";

fn gateway(index: &TestIndex) -> TestGateway {
    TestGateway::start("trends", Path::new(BINARY), 3, &[index.setting()])
}

/// A unique URL, which is not in the gateway's cache.
fn uncached_path(round: usize, request: usize) -> String {
    format!("{PATH}?round={round}&request={request}")
}

#[actix_web::test]
async fn gateway_routes_by_path_prefix() {
    let index = sample_index().await;
    let gateway = gateway(&index);
    let top = gateway.get(PATH).await;
    assert_eq!(top.status, 200);
    assert_eq!(top.json()[0]["keyword"][0]["name"], "먹방");
    let keyword = gateway.get("/api/channel_analyze/keyword_data/?search=인기&keyword=먹방").await;
    assert_eq!(keyword.json()["keyword"][0]["name"], "먹방");
    assert_eq!(gateway.get("/health/trends").await.json()["service"], "trends");
}

#[actix_web::test]
async fn requests_after_a_replica_is_killed_succeed() {
    let index = sample_index().await;
    let mut gateway = gateway(&index);
    for killed in 0..3 {
        gateway.kill(killed);
        for request in 0..30 {
            let path = uncached_path(killed, request);
            assert_eq!(gateway.get(&path).await.status, 200, "replica {killed} is down");
        }
        gateway.restart(killed);
    }
}

#[actix_web::test]
async fn requests_after_a_replica_is_terminated_succeed() {
    let index = sample_index().await;
    let mut gateway = gateway(&index);
    for stopped in 0..3 {
        assert!(gateway.terminate(stopped), "replica {stopped} exits successfully");
        for request in 0..30 {
            let path = uncached_path(stopped, request);
            assert_eq!(gateway.get(&path).await.status, 200, "replica {stopped} is down");
        }
        gateway.restart(stopped);
    }
}

#[actix_web::test]
async fn healthcheck_fails_if_the_replica_is_down() {
    let index = sample_index().await;
    let mut gateway = gateway(&index);
    assert!(gateway.run(0, &["healthcheck"]).status.success());
    gateway.kill(0);
    assert!(!gateway.run(0, &["healthcheck"]).status.success());
    assert!(!gateway.run(0, &["unknown"]).status.success());
}

#[actix_web::test]
async fn request_without_running_replicas_returns_json_503() {
    let index = sample_index().await;
    let mut gateway = gateway(&index);
    for replica in 0..3 {
        gateway.kill(replica);
    }
    insta::assert_snapshot!(gateway.get(PATH).await.snapshot());
    gateway.restart(0);
    let reply = gateway.get(PATH).await;
    assert_eq!(reply.status, 200, "{reply:?}");
}

#[actix_web::test]
async fn internal_and_unknown_paths_return_404() {
    let index = sample_index().await;
    let gateway = gateway(&index);
    for path in [
        "/metrics",
        "/health/ready",
        "/health/live",
        "/api/channel_analyze/../../metrics",
        "/api/channel_analyze/%2e%2e/%2e%2e/metrics",
        "/api/channel_analyze/..%2f..%2fmetrics",
        "//metrics",
        "/api/../metrics",
        "/health/other",
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n");
        let response = gateway.send_raw(request.as_bytes());
        assert!(response.starts_with("HTTP/1.1 404"), "{path}: {response}");
        assert!(response.contains("\"code\":\"not_found\""), "{path}: {response}");
    }
}

#[actix_web::test]
async fn request_rejected_by_the_gateway_returns_json_error() {
    let index = sample_index().await;
    let gateway = gateway(&index);
    let long_path = format!("{PATH}?q={}", "x".repeat(20_000));
    let mut results = Vec::new();
    for (name, request) in [
        ("malformed header", "GET / HTTP/1.1\r\nHost\r\n\r\n".to_owned()),
        ("long URL", format!("GET {long_path} HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")),
        (
            "large body",
            format!(
                "POST {PATH} HTTP/1.1\r\nHost: g\r\nConnection: close\r\nContent-Length: 9999999\r\n\r\n"
            ),
        ),
    ] {
        let response = gateway.send_raw(request.as_bytes());
        let (head, body) = response.split_once("\r\n\r\n").unwrap_or((&response, ""));
        let status = head.lines().next().unwrap_or_default();
        let body: serde_json::Value = serde_json::from_str(body.trim())
            .unwrap_or_else(|error| panic!("{name}: not JSON ({error}): {response}"));
        results.push(format!("{name}: {status}, {}: {}", body["code"], body["detail"]));
    }
    insta::assert_snapshot!(results.join("\n"));
}

#[actix_web::test]
async fn response_has_one_request_id_in_header_and_body() {
    let index = sample_index().await;
    let gateway = gateway(&index);
    let path = "/api/channel_analyze/keyword_data/";
    let reply = gateway.get(path).await;
    let ids: Vec<_> = reply.headers.get_all("x-request-id").iter().collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    assert_eq!(reply.json()["request_id"].as_str(), reply.header("x-request-id"));
    let request = client().get(gateway.url(path)).header("x-request-id", "my-request-7");
    assert_eq!(Reply::send(request).await.json()["request_id"], "my-request-7");
}

#[actix_web::test]
async fn response_is_compressed_only_by_the_gateway() {
    let tags: Vec<String> = (0..10).map(|number| format!("{number}{}", "긴".repeat(99))).collect();
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    let long = video(1, 1, 9, 0).tags(&tags).document();
    let index = TestIndex::with_documents(&[long]).await;
    let gateway = gateway(&index);
    let request = client().get(gateway.url(PATH)).header("accept-encoding", "gzip");
    let reply = Reply::send(request).await;
    let direct = client().get(gateway.replica_url(0, PATH)).header("accept-encoding", "gzip");
    assert_eq!(Reply::send(direct).await.header("content-encoding"), None);
    assert_eq!(reply.header("content-encoding"), Some("gzip"), "{reply:?}");
}
