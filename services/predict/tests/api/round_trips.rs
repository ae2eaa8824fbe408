//! Number of searches and statements of a recommendation.

use crate::fixture::{RecommendationContext, path_of};
use test_support::{Protocol, Proxy, settings};

#[actix_web::test]
async fn recommendation_runs_one_search_and_one_statement() {
    let servers = settings();
    let url = servers.elasticsearch.url.0.first().expect("a node").clone();
    let node = url.trim_start_matches("http://").trim_end_matches('/');
    let search = Proxy::start(node, Protocol::Http);
    let server = format!("{}:{}", servers.postgres.host, servers.postgres.port);
    let database = Proxy::start(&server, Protocol::Postgres);
    let (url, port) = (format!("http://127.0.0.1:{}", search.port()), database.port().to_string());
    let context = RecommendationContext::with_settings(&[
        ("CREATETREND_ELASTICSEARCH__URL", &url),
        ("CREATETREND_POSTGRES__HOST", "127.0.0.1"),
        ("CREATETREND_POSTGRES__PORT", &port),
        ("CREATETREND_CACHE__VERSION_CHECK_MS", "3600000"),
    ])
    .await;
    // The first request also opens a connection and reads the data version.
    context.recommended("simple", &[("keyword_string", "브이로그")]).await;
    search.take_count();
    database.take_count();
    let parameters = [("keyword_string", "먹방 라면"), ("must_keyword", "먹방")];
    context.recommended("advanced", &parameters).await;
    assert_eq!((search.take_count(), database.take_count()), (1, 1));
    context.recommended("advanced", &parameters).await;
    assert_eq!((search.take_count(), database.take_count()), (0, 0), "cached");
    context.recommended("simple", &[("keyword_string", "없는 것")]).await;
    assert_eq!((search.take_count(), database.take_count()), (1, 0), "no videos found");
    context.service.get(&path_of("simple", &[])).await;
    assert_eq!((search.take_count(), database.take_count()), (0, 0), "invalid parameters");
}
