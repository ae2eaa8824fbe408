//! CORS headers of every response at the gateway: cached, stale, and its own.

use crate::fixture::sample_index;
use std::{path::Path, time::Instant};
use test_support::{Reply, TestGateway, TestIndex, client};

const BINARY: &str = env!("CARGO_BIN_EXE_trends");
const PATH: &str = "/api/channel_analyze/keyword_data/?search=인기&keyword=먹방";
const ALLOWED: &str = "https://app.example";
const OTHER: &str = "https://other.example";

fn gateway(index: &TestIndex, origins: &str) -> TestGateway {
    let settings = [index.setting(), ("CREATETREND_HTTP__CORS_ORIGINS", origins)];
    TestGateway::start("trends", Path::new(BINARY), 2, &settings)
}

async fn get(gateway: &TestGateway, path: &str, origin: Option<&str>) -> Reply {
    let request = client().get(gateway.url(path));
    Reply::send(match origin {
        Some(origin) => request.header("origin", origin),
        None => request,
    })
    .await
}

fn allowed_origin(reply: &Reply) -> Vec<&str> {
    let values = reply.headers.get_all("access-control-allow-origin").into_iter();
    values.map(|value| value.to_str().expect("plain text")).collect()
}

fn has_vary_origin(reply: &Reply) -> bool {
    let values = reply.headers.get_all("vary").into_iter();
    values.filter_map(|value| value.to_str().ok()).any(|value| value.contains("Origin"))
}

#[actix_web::test]
async fn cached_response_stored_without_origin_has_cors_headers() {
    let index = sample_index().await;
    let gateway = gateway(&index, "*");
    for origin in [None, Some(ALLOWED), None, Some(OTHER)] {
        let reply = get(&gateway, PATH, origin).await;
        assert_eq!((reply.status.as_u16(), allowed_origin(&reply)), (200, vec!["*"]));
        assert!(!has_vary_origin(&reply), "the response is the same for every origin: {reply:?}");
    }
}

#[actix_web::test]
async fn cached_response_with_listed_origins_allows_only_the_request_origin() {
    let index = sample_index().await;
    let gateway = gateway(&index, &format!("{ALLOWED}, https://second.example"));
    for (origin, allowed) in [
        (None, vec![]),
        (Some(ALLOWED), vec![ALLOWED]),
        (Some(OTHER), vec![]),
        (Some("https://second.example"), vec!["https://second.example"]),
        (Some("https://app.example.evil"), vec![]),
        (Some("null"), vec![]),
        (None, vec![]),
    ] {
        let reply = get(&gateway, PATH, origin).await;
        assert_eq!((reply.status.as_u16(), allowed_origin(&reply)), (200, allowed), "{origin:?}");
        assert!(has_vary_origin(&reply), "{origin:?}: {reply:?}");
        let exposed = reply.header("access-control-expose-headers").is_some();
        assert_eq!(exposed, !allowed_origin(&reply).is_empty(), "{origin:?}");
    }
}

#[actix_web::test]
async fn stale_response_has_cors_headers_of_the_request_origin() {
    let index = sample_index().await;
    let mut gateway = gateway(&index, ALLOWED);
    assert_eq!(get(&gateway, PATH, None).await.status, 200);
    for replica in 0..2 {
        gateway.kill(replica);
    }
    let deadline = Instant::now() + std::time::Duration::from_secs(20);
    while !get(&gateway, PATH, Some(OTHER)).await.is_stale() {
        assert!(Instant::now() < deadline, "the entry never expires");
    }
    for (origin, allowed) in [(Some(ALLOWED), vec![ALLOWED]), (Some(OTHER), vec![]), (None, vec![])]
    {
        let reply = get(&gateway, PATH, origin).await;
        assert!(reply.is_stale());
        assert_eq!(allowed_origin(&reply), allowed, "{origin:?}");
    }
}

#[actix_web::test]
async fn error_of_the_gateway_has_cors_headers() {
    let index = sample_index().await;
    for (origins, allowed, other) in [("*", vec!["*"], vec!["*"]), (ALLOWED, vec![ALLOWED], vec![])]
    {
        let mut gateway = gateway(&index, origins);
        gateway.kill(0);
        gateway.kill(1);
        for (path, status) in [(PATH, 503), ("/api/none", 404), ("/health/trends", 503)] {
            let reply = get(&gateway, path, Some(ALLOWED)).await;
            assert_eq!((reply.status.as_u16(), allowed_origin(&reply)), (status, allowed.clone()));
            assert_eq!(allowed_origin(&get(&gateway, path, Some(OTHER)).await), other, "{path}");
        }
    }
}

#[actix_web::test]
async fn replica_and_gateway_expose_the_same_headers() {
    let index = sample_index().await;
    let gateway = gateway(&index, "*");
    let names = |reply: &Reply| {
        let text = reply.header("access-control-expose-headers").unwrap_or_default().to_owned();
        let mut names: Vec<_> = text.split(", ").map(str::to_owned).collect();
        names.sort();
        names
    };
    let request = client().get(gateway.replica_url(0, PATH));
    let replica = Reply::send(request).await;
    assert_eq!(allowed_origin(&replica), ["*"], "also without Origin");
    let cached = get(&gateway, PATH, None).await;
    assert_eq!(names(&replica), names(&cached));
    assert!(names(&replica).contains(&"age".to_owned()));
}
