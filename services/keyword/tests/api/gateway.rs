//! Three replicas behind nginx.

use crate::fixture::{sample_videos, search_path, video_ids};
use std::path::Path;
use test_support::{TestGateway, TestIndex};

const BINARY: &str = env!("CARGO_BIN_EXE_keyword");

#[actix_web::test]
async fn gateway_routes_to_the_replicas() {
    let index = TestIndex::with_documents(&sample_videos()).await;
    let gateway = TestGateway::start("keyword", Path::new(BINARY), 3, &[index.setting()]);
    let found = gateway.get(&search_path("먹방")).await;
    assert_eq!((found.status.as_u16(), video_ids(&found.json(), 1)), (200, vec![2, 1, 6, 5]));
    let missing = gateway.get("/api/keyword_search").await;
    assert_eq!(
        (missing.status.as_u16(), missing.json()["detail"].as_str()),
        (404, Some("없는 페이지 입니다."))
    );
    let health = gateway.get("/health/keyword").await;
    assert_eq!((health.status.as_u16(), &health.json()["service"]), (200, &"keyword".into()));
}

#[actix_web::test]
async fn requests_after_a_replica_is_killed_succeed() {
    let index = TestIndex::with_documents(&sample_videos()).await;
    let mut gateway = TestGateway::start("keyword", Path::new(BINARY), 3, &[index.setting()]);
    gateway.kill(1);
    for _ in 0..30 {
        assert_eq!(gateway.get(&search_path("먹방")).await.status, 200);
    }
}
