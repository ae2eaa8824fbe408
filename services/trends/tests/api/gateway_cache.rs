//! Answers that the gateway keeps.

use crate::fixture::kitchen;
use common::search::VideoDocument;
use futures_util::future::join_all;
use std::{
    path::Path,
    time::{Duration, Instant},
};
use test_support::{Gateway, Protocol, Proxy, TestIndex, VideoBuilder};

const BINARY: &str = env!("CARGO_BIN_EXE_trends");
const PATH: &str = "/api/channel_analyze/keyword_data/";
/// Longer than the gateway keeps an answer.
const LIMIT: Duration = Duration::from_secs(20);

struct TestContext {
    _index: TestIndex,
    search: Proxy,
    gateway: Gateway,
}

impl TestContext {
    /// Three replicas behind the gateway, and what they ask Elasticsearch is counted.
    async fn start() -> Self {
        let documents: Vec<VideoDocument> =
            kitchen().into_iter().map(VideoBuilder::document).collect();
        let index = TestIndex::with(&documents).await;
        let node = index.settings().url.0[0].trim_start_matches("http://").to_owned();
        let search = Proxy::start(&node, Protocol::Http);
        let url = format!("http://127.0.0.1:{}", search.port());
        let settings = [
            index.setting(),
            ("CREATETREND_ELASTICSEARCH__URL", url.as_str()),
            ("CREATETREND_CACHE__VERSION_CHECK_MS", "3600000"),
        ];
        let gateway = Gateway::start("trends", Path::new(BINARY), 3, &settings);
        assert_eq!(gateway.get("/health/trends").await.status, 200);
        search.take_count();
        Self { _index: index, search, gateway }
    }
}

#[actix_web::test]
async fn two_hundred_who_ask_for_what_is_not_there_cost_one_search() {
    let context = TestContext::start().await;
    let path = format!("{PATH}?search=인기&keyword=먹방");
    let replies = join_all((0..200).map(|_| context.gateway.get(&path))).await;
    assert!(replies.iter().all(|reply| reply.status == 200 && reply.body == replies[0].body));
    assert_eq!(context.search.take_count(), 2, "a search, and the data version");
}

#[actix_web::test]
async fn one_question_has_one_answer_however_it_is_put() {
    let context = TestContext::start().await;
    let gateway = &context.gateway;
    let one = gateway.get(&format!("{PATH}?search=인기&keyword=먹방")).await;
    let other = gateway.get(&format!("{PATH}?keyword=먹방&search=인기")).await;
    let requests = context.search.take_count();
    assert_eq!((one.body, requests), (other.body, 2), "a search, and the data version");
    // Of a name given twice the last counts: it is another question.
    let last = gateway.get(&format!("{PATH}?search=인기&keyword=먹방&keyword=일상")).await;
    assert_eq!(last.json()["keyword"][0]["name"], "일상");
    let unusable = gateway.get(&format!("{PATH}?search=인기&keyword=먹방&search=x")).await;
    assert_eq!(unusable.status, 400);
}

#[actix_web::test]
async fn what_was_kept_is_given_without_any_replica_and_says_that_it_is_old() {
    let mut context = TestContext::start().await;
    let path = format!("{PATH}?search=인기&keyword=먹방");
    let before = context.gateway.get(&path).await;
    assert_eq!((before.status.as_u16(), before.is_stale()), (200, false));
    for replica in 0..3 {
        context.gateway.kill(replica);
    }
    let begun = Instant::now();
    let stale = loop {
        let reply = context.gateway.get(&path).await;
        assert_eq!((reply.status.as_u16(), &reply.body), (200, &before.body));
        if reply.is_stale() {
            break reply;
        }
        assert!(begun.elapsed() < LIMIT, "it never says that it is old");
    };
    // The time since it was made: what the replica said, and since then.
    assert!(stale.header("age").is_some() && stale.header("date") == before.header("date"));
}
