//! Number of statements per request.

use crate::fixture::{PATH, TestContext};
use common::settings::PostgresSettings;
use test_support::{Protocol, Proxy};

/// A service with an open connection to PostgreSQL through a counting proxy.
async fn context_with_proxy(settings: &[(&str, &str)]) -> (Proxy, TestContext) {
    let PostgresSettings { host, port, .. } = test_support::settings().postgres;
    let proxy = Proxy::start(&format!("{host}:{port}"), Protocol::Postgres);
    let port = proxy.port().to_string();
    let proxied = [
        ("CREATETREND_POSTGRES__HOST", "127.0.0.1"),
        ("CREATETREND_POSTGRES__PORT", &port),
        ("CREATETREND_CACHE__VERSION_CHECK_MS", "3600000"),
    ];
    let context = TestContext::with_settings(&[&proxied, settings].concat()).await;
    assert_eq!(context.service.get("/health/ready").await.status, 200);
    proxy.take_count();
    (proxy, context)
}

/// Sends requests in sequence; returns the status and number of statements of each. The first also
/// reads the data version.
async fn statement_counts(paths: &[&str], settings: &[(&str, &str)]) -> Vec<(u16, usize)> {
    let (proxy, context) = context_with_proxy(settings).await;
    let mut counts = Vec::new();
    for path in paths {
        let status = context.service.get(path).await.status.as_u16();
        counts.push((status, proxy.take_count()));
    }
    counts
}

#[actix_web::test]
async fn request_sends_four_statements_and_the_first_also_averages() {
    let paths = [PATH, "/api/video_detail/2/", "/api/video_detail/3/"];
    assert_eq!(statement_counts(&paths, &[]).await, [(200, 6), (200, 4), (200, 4)]);
}

#[actix_web::test]
async fn cached_request_sends_no_statements() {
    let paths = [PATH, PATH, "/api/video_detail/1", "/api/video_detail/001"];
    assert_eq!(statement_counts(&paths, &[]).await, [(200, 6), (200, 0), (200, 0), (200, 0)]);
}

#[actix_web::test]
async fn not_found_response_is_not_cached() {
    let unknown = "/api/video_detail/6/";
    let paths = [unknown, unknown, "/api/video_detail/one/"];
    assert_eq!(statement_counts(&paths, &[]).await, [(404, 6), (404, 4), (404, 0)]);
}

#[actix_web::test]
async fn averages_are_cached_if_responses_are_not() {
    let settings = [("CREATETREND_CACHE__TTL_MS", "0"), ("CREATETREND_POSTGRES__POOL_SIZE", "1")];
    let counts = statement_counts(&[PATH; 4], &settings).await;
    // The data version can be read after the first response.
    assert_eq!(counts[2..], [(200, 4), (200, 4)]);
}

#[actix_web::test]
async fn averages_ttl_of_zero_disables_their_cache() {
    let settings = [("CREATETREND_VIDEO__AVERAGES_TTL_MS", "0")];
    let paths = [PATH, PATH, "/api/video_detail/2/"];
    assert_eq!(statement_counts(&paths, &settings).await, [(200, 6), (200, 0), (200, 5)]);
}
