//! How many statements a request costs.

use crate::fixture::{PATH, TestContext};
use common::settings::PostgresSettings;
use test_support::{Protocol, Proxy};

/// A service that has a connection to PostgreSQL, through a proxy that counts statements.
async fn counted(settings: &[(&str, &str)]) -> (Proxy, TestContext) {
    let PostgresSettings { host, port, .. } = test_support::settings().postgres;
    let proxy = Proxy::start(&format!("{host}:{port}"), Protocol::Postgres);
    let port = proxy.port().to_string();
    let way = [
        ("CREATETREND_POSTGRES__HOST", "127.0.0.1"),
        ("CREATETREND_POSTGRES__PORT", &port),
        ("CREATETREND_CACHE__VERSION_CHECK_MS", "3600000"),
    ];
    let context = TestContext::with_settings(&[&way, settings].concat()).await;
    assert_eq!(context.service.get("/health/ready").await.status, 200);
    proxy.take_count();
    (proxy, context)
}

/// What each of these requests costs, one after the other; the first also reads the data
/// version.
async fn costs(paths: &[&str], settings: &[(&str, &str)]) -> Vec<(u16, usize)> {
    let (proxy, context) = counted(settings).await;
    let mut costs = Vec::new();
    for path in paths {
        let status = context.service.get(path).await.status.as_u16();
        costs.push((status, proxy.take_count()));
    }
    costs
}

#[actix_web::test]
async fn a_video_costs_four_statements_and_the_first_one_those_of_the_means() {
    let paths = [PATH, "/api/video_detail/2/", "/api/video_detail/3/"];
    assert_eq!(costs(&paths, &[]).await, [(200, 6), (200, 4), (200, 4)]);
}

#[actix_web::test]
async fn an_answer_that_is_cached_costs_nothing() {
    let paths = [PATH, PATH, "/api/video_detail/1", "/api/video_detail/001"];
    assert_eq!(costs(&paths, &[]).await, [(200, 6), (200, 0), (200, 0), (200, 0)]);
}

#[actix_web::test]
async fn that_there_is_no_such_video_is_not_cached() {
    let unknown = "/api/video_detail/6/";
    let paths = [unknown, unknown, "/api/video_detail/one/"];
    assert_eq!(costs(&paths, &[]).await, [(404, 6), (404, 4), (404, 0)]);
}

#[actix_web::test]
async fn the_means_are_cached_where_answers_are_not() {
    let settings = [("CREATETREND_CACHE__TTL_MS", "0")];
    // The data version is read over a second connection, whose setup is two statements.
    assert_eq!(costs(&[PATH, PATH, PATH], &settings).await, [(200, 8), (200, 4), (200, 4)]);
}

#[actix_web::test]
async fn a_setting_of_their_own_switches_the_cache_of_the_means_off() {
    let settings = [("CREATETREND_VIDEO__AVERAGES_TTL_MS", "0")];
    let paths = [PATH, PATH, "/api/video_detail/2/"];
    assert_eq!(costs(&paths, &settings).await, [(200, 6), (200, 0), (200, 5)]);
}
