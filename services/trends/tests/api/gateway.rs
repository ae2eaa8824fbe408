//! Three replicas behind the project's `nginx.conf`.

use crate::fixture::kitchen;
use common::search::VideoDocument;
use std::path::Path;
use test_support::{Gateway, Reply, TestIndex, VideoBuilder, client, video};

const BINARY: &str = env!("CARGO_BIN_EXE_trends");
const PATH: &str = "/api/channel_analyze/";

async fn index() -> TestIndex {
    let documents: Vec<VideoDocument> = kitchen().into_iter().map(VideoBuilder::document).collect();
    TestIndex::with(&documents).await
}

fn gateway(index: &TestIndex) -> Gateway {
    Gateway::start("trends", Path::new(BINARY), 3, &[index.setting()])
}

/// The same route by an address of its own, which the gateway must ask a replica about.
fn unheard_of(round: usize, request: usize) -> String {
    format!("{PATH}?round={round}&request={request}")
}

#[actix_web::test]
async fn the_gateway_routes_by_path_prefix() {
    let index = index().await;
    let gateway = gateway(&index);
    let top = gateway.get(PATH).await;
    assert_eq!(top.status, 200);
    assert_eq!(top.json()[0]["keyword"][0]["name"], "먹방");
    let keyword = gateway.get("/api/channel_analyze/keyword_data/?search=인기&keyword=먹방").await;
    assert_eq!(keyword.json()["keyword"][0]["name"], "먹방");
    assert_eq!(gateway.get("/health/trends").await.json()["service"], "trends");
}

#[actix_web::test]
async fn a_killed_replica_costs_a_reader_nothing() {
    let index = index().await;
    let mut gateway = gateway(&index);
    for killed in 0..3 {
        gateway.kill(killed);
        for request in 0..30 {
            let path = unheard_of(killed, request);
            assert_eq!(gateway.get(&path).await.status, 200, "replica {killed} is dead");
        }
        gateway.restart(killed);
    }
}

#[actix_web::test]
async fn a_replica_that_is_told_to_stop_costs_a_reader_nothing() {
    let index = index().await;
    let mut gateway = gateway(&index);
    for stopped in 0..3 {
        assert!(gateway.terminate(stopped), "replica {stopped} ends well");
        for request in 0..30 {
            let path = unheard_of(stopped, request);
            assert_eq!(gateway.get(&path).await.status, 200, "replica {stopped} has stopped");
        }
        gateway.restart(stopped);
    }
}

#[actix_web::test]
async fn the_healthcheck_tells_whether_a_replica_is_ready() {
    let index = index().await;
    let mut gateway = gateway(&index);
    assert!(gateway.run(0, &["healthcheck"]).status.success());
    gateway.kill(0);
    assert!(!gateway.run(0, &["healthcheck"]).status.success());
    assert!(!gateway.run(0, &["unknown"]).status.success());
}

#[actix_web::test]
async fn without_any_replica_the_gateway_answers_in_json() {
    let index = index().await;
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
async fn metrics_and_what_is_no_route_stay_inside() {
    let index = index().await;
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
        let answer = gateway.send_raw(request.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(answer.contains("\"code\":\"not_found\""), "{path}: {answer}");
    }
}

#[actix_web::test]
async fn what_the_gateway_refuses_itself_is_json() {
    let index = index().await;
    let gateway = gateway(&index);
    let huge = format!("{PATH}?q={}", "x".repeat(20_000));
    let mut answers = Vec::new();
    for (name, request) in [
        ("a header that is none", "GET / HTTP/1.1\r\nHost\r\n\r\n".to_owned()),
        ("a huge address", format!("GET {huge} HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")),
        (
            "a huge body",
            format!(
                "POST {PATH} HTTP/1.1\r\nHost: g\r\nConnection: close\r\nContent-Length: 9999999\r\n\r\n"
            ),
        ),
    ] {
        let answer = gateway.send_raw(request.as_bytes());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.lines().next().unwrap_or_default();
        let body: serde_json::Value = serde_json::from_str(body.trim())
            .unwrap_or_else(|error| panic!("{name}: not JSON ({error}): {answer}"));
        answers.push(format!("{name}: {status}, {}: {}", body["code"], body["detail"]));
    }
    insta::assert_snapshot!(answers.join("\n"));
}

#[actix_web::test]
async fn one_request_has_one_id_everywhere() {
    let index = index().await;
    let gateway = gateway(&index);
    let path = "/api/channel_analyze/keyword_data/";
    let reply = gateway.get(path).await;
    let ids: Vec<_> = reply.headers.get_all("x-request-id").iter().collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    assert_eq!(reply.json()["request_id"].as_str(), reply.header("x-request-id"));
    let named = client().get(gateway.url(path)).header("x-request-id", "my-request-7");
    assert_eq!(Reply::to(named).await.json()["request_id"], "my-request-7");
}

#[actix_web::test]
async fn answers_are_compressed_at_the_gateway_only() {
    let tags: Vec<String> = (0..10).map(|number| format!("{number}{}", "긴".repeat(99))).collect();
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    let long = video(1, 1, 9, 0).tags(&tags).document();
    let index = TestIndex::with(&[long]).await;
    let gateway = gateway(&index);
    let asked = client().get(gateway.url(PATH)).header("accept-encoding", "gzip");
    let reply = Reply::try_to(asked).await;
    let direct = client().get(gateway.replica_url(0, PATH)).header("accept-encoding", "gzip");
    assert_eq!(Reply::to(direct).await.header("content-encoding"), None);
    // Compressed bytes are no text; the header is what counts.
    let encoding = reply.as_ref().ok().and_then(|reply| reply.header("content-encoding"));
    assert_eq!(encoding, Some("gzip"), "{reply:?}");
}
