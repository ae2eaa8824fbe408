//! Three replicas behind the project's `nginx.conf`.

use crate::fixture::{kitchen, path_of, videos};
use std::path::Path;
use test_support::{Gateway, TestIndex};

const BINARY: &str = env!("CARGO_BIN_EXE_keyword");

#[actix_web::test]
async fn the_gateway_leads_to_the_replicas() {
    let index = TestIndex::with(&kitchen()).await;
    let gateway = Gateway::start("keyword", Path::new(BINARY), 3, &[index.setting()]);
    let found = gateway.get(&path_of("먹방")).await;
    assert_eq!((found.status.as_u16(), videos(&found.json(), 1)), (200, vec![2, 1, 6, 5]));
    let bare = gateway.get("/api/keyword_search").await;
    assert_eq!(
        (bare.status.as_u16(), bare.json()["detail"].as_str()),
        (404, Some("없는 페이지 입니다."))
    );
    let health = gateway.get("/health/keyword").await;
    assert_eq!((health.status.as_u16(), &health.json()["service"]), (200, &"keyword".into()));
}

#[actix_web::test]
async fn a_killed_replica_costs_a_reader_nothing() {
    let index = TestIndex::with(&kitchen()).await;
    let mut gateway = Gateway::start("keyword", Path::new(BINARY), 3, &[index.setting()]);
    gateway.kill(1);
    for _ in 0..30 {
        assert_eq!(gateway.get(&path_of("먹방")).await.status, 200);
    }
}
