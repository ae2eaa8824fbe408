//! Number of requests to Elasticsearch.

use crate::fixture::{TestContext, sample_videos};
use test_support::{Protocol, Proxy, settings};

#[actix_web::test]
async fn search_sends_one_request_and_a_cached_one_none() {
    let url = settings().elasticsearch.url.0.first().expect("a node").clone();
    let node = url.trim_start_matches("http://").trim_end_matches('/');
    let proxy = Proxy::start(node, Protocol::Http);
    let proxy_url = format!("http://127.0.0.1:{}", proxy.port());
    let settings = [
        ("CREATETREND_ELASTICSEARCH__URL", proxy_url.as_str()),
        ("CREATETREND_CACHE__VERSION_CHECK_MS", "3600000"),
    ];
    let context = TestContext::with_settings(sample_videos(), &settings).await;
    assert_eq!(proxy.take_count(), 0);
    let first = context.search("먹방").await;
    assert_eq!(
        (first.status.as_u16(), proxy.take_count()),
        (200, 2),
        "a search and a data version check"
    );
    let second = context.search("먹방").await;
    assert_eq!((second.body, proxy.take_count()), (first.body, 0));
    context.search("라면").await;
    assert_eq!(proxy.take_count(), 1, "another keyword has its own cache entry");
    context.search(" ").await;
    assert_eq!(proxy.take_count(), 0, "an invalid request sends none");
}
