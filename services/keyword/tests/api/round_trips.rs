//! What an answer costs.

use crate::fixture::{TestContext, kitchen};
use test_support::{Protocol, Proxy, settings};

#[actix_web::test]
async fn a_search_asks_elasticsearch_once_and_the_same_search_not_again() {
    let url = settings().elasticsearch.url.0.first().expect("a node").clone();
    let node = url.trim_start_matches("http://").trim_end_matches('/');
    let proxy = Proxy::start(node, Protocol::Http);
    let through = format!("http://127.0.0.1:{}", proxy.port());
    let settings = [
        ("CREATETREND_ELASTICSEARCH__URL", through.as_str()),
        ("CREATETREND_CACHE__VERSION_CHECK_MS", "3600000"),
    ];
    let context = TestContext::with_settings(kitchen(), &settings).await;
    assert_eq!(proxy.take_count(), 0);
    let first = context.search("먹방").await;
    assert_eq!((first.status.as_u16(), proxy.take_count()), (200, 2), "one reads the data version");
    let second = context.search("먹방").await;
    assert_eq!((second.body, proxy.take_count()), (first.body, 0));
    context.search("라면").await;
    assert_eq!(proxy.take_count(), 1, "another keyword is another answer");
    context.search(" ").await;
    assert_eq!(proxy.take_count(), 0, "what is refused asks nobody");
}
