//! The cache of the gateway.

use crate::fixture::sample_index;
use futures_util::future::join_all;
use std::{
    path::Path,
    time::{Duration, Instant},
};
use test_support::{Protocol, Proxy, TestGateway, TestIndex};

const BINARY: &str = env!("CARGO_BIN_EXE_trends");
const PATH: &str = "/api/channel_analyze/keyword_data/";
/// Longer than the time to live of the gateway's cache.
const EXPIRY_TIMEOUT: Duration = Duration::from_secs(20);

struct TestContext {
    _index: TestIndex,
    search: Proxy,
    gateway: TestGateway,
}

impl TestContext {
    /// Starts three replicas whose requests to Elasticsearch are counted by a proxy.
    async fn start() -> Self {
        let index = sample_index().await;
        let node = index.settings().url.0[0].trim_start_matches("http://").to_owned();
        let search = Proxy::start(&node, Protocol::Http);
        let url = format!("http://127.0.0.1:{}", search.port());
        let settings = [
            index.setting(),
            ("CREATETREND_ELASTICSEARCH__URL", url.as_str()),
            ("CREATETREND_CACHE__VERSION_CHECK_MS", "3600000"),
        ];
        let gateway = TestGateway::start("trends", Path::new(BINARY), 3, &settings);
        assert_eq!(gateway.get("/health/trends").await.status, 200);
        search.take_count();
        Self { _index: index, search, gateway }
    }
}

#[actix_web::test]
async fn concurrent_misses_run_one_search() {
    let context = TestContext::start().await;
    let path = format!("{PATH}?search=인기&keyword=먹방");
    let replies = join_all((0..200).map(|_| context.gateway.get(&path))).await;
    assert!(replies.iter().all(|reply| reply.status == 200 && reply.body == replies[0].body));
    assert_eq!(context.search.take_count(), 2, "a search and a data version check");
}

#[actix_web::test]
async fn equivalent_queries_share_one_cache_entry() {
    let context = TestContext::start().await;
    let gateway = &context.gateway;
    let first = gateway.get(&format!("{PATH}?search=인기&keyword=먹방")).await;
    let reordered = gateway.get(&format!("{PATH}?keyword=먹방&search=인기")).await;
    let requests = context.search.take_count();
    assert_eq!((first.body, requests), (reordered.body, 2), "a search and a data version check");
    // The last value of a repeated parameter counts.
    let last = gateway.get(&format!("{PATH}?search=인기&keyword=먹방&keyword=일상")).await;
    assert_eq!(last.json()["keyword"][0]["name"], "일상");
    let invalid = gateway.get(&format!("{PATH}?search=인기&keyword=먹방&search=x")).await;
    assert_eq!(invalid.status, 400);
}

#[actix_web::test]
async fn cached_response_without_running_replicas_is_served_stale() {
    let mut context = TestContext::start().await;
    let path = format!("{PATH}?search=인기&keyword=먹방");
    let before = context.gateway.get(&path).await;
    assert_eq!((before.status.as_u16(), before.is_stale()), (200, false));
    for replica in 0..3 {
        context.gateway.kill(replica);
    }
    let start = Instant::now();
    let stale = loop {
        let reply = context.gateway.get(&path).await;
        assert_eq!((reply.status.as_u16(), &reply.body), (200, &before.body));
        if reply.is_stale() {
            break reply;
        }
        assert!(start.elapsed() < EXPIRY_TIMEOUT, "the entry never expires");
    };
    // `Age` includes the age in the replica's cache; `Date` is the replica's.
    assert!(stale.header("age").is_some() && stale.header("date") == before.header("date"));
}
