//! Health, metrics, and responses without Elasticsearch.

use crate::fixture::{TestContext, sample_videos};
use test_support::{TestIndex, TestService};

const PATH: &str = "/api/channel_analyze/";

#[actix_web::test]
async fn service_with_an_index_is_ready() {
    let context = TestContext::with(sample_videos()).await;
    assert_eq!(context.service.get("/health/live").await.status, 200);
    let ready = context.service.get("/health/ready").await;
    assert_eq!(ready.status, 200);
    assert_eq!(ready.json()["dependencies"]["elasticsearch"]["status"], "up");
    assert_eq!(ready.header("cache-control"), Some("no-store"));
}

#[actix_web::test]
async fn service_without_an_index_is_not_ready_and_returns_503() {
    let index = TestIndex::empty();
    let service = TestService::start("trends", trends::service, &[index.setting()]);
    assert_eq!(service.get("/health/live").await.status, 200);
    let ready = service.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    let detail = ready.json()["dependencies"]["elasticsearch"]["detail"].to_string();
    assert!(detail.contains("createtrend reindex"), "{detail}");
    insta::assert_snapshot!(service.get(PATH).await.snapshot());
}

#[actix_web::test]
async fn service_without_elasticsearch_returns_503() {
    // No server listens on port 9.
    let unreachable = [("CREATETREND_ELASTICSEARCH__URL", "http://127.0.0.1:9")];
    let service = TestService::start("trends", trends::service, &unreachable);
    assert_eq!(service.get("/health/ready").await.status, 503);
    let reply = service.get(PATH).await;
    assert_eq!(reply.status, 503);
    assert_eq!(reply.header("retry-after"), Some("1"));
    assert!(!reply.body.contains("127.0.0.1"), "{}", reply.body);
}

#[actix_web::test]
async fn cached_response_without_an_index_is_served_stale() {
    let settings = [("CREATETREND_CACHE__TTL_MS", "1")];
    let context = TestContext::with_settings(sample_videos(), &settings).await;
    let before = context.service.get(PATH).await;
    assert_eq!((before.status.as_u16(), before.is_stale()), (200, false));
    let client = context.index.client();
    let names = client.list_indexes().await.unwrap();
    client.delete_indexes(&names).await.unwrap();
    let after = context.service.get(PATH).await;
    assert_eq!((after.status, &after.body), (before.status, &before.body));
    assert!(after.is_stale(), "{after:?}");
}

#[actix_web::test]
async fn metrics_of_unknown_paths_have_no_path_label() {
    let context = TestContext::with(sample_videos()).await;
    context.service.get(PATH).await;
    context.service.get("/made/up/path").await;
    let metrics = context.service.get("/metrics").await.body;
    assert!(metrics.contains("http_server_requests_total"), "{metrics}");
    assert!(metrics.contains("service=\"trends\""), "{metrics}");
    assert!(metrics.contains("http_route=\"/api/channel_analyze/\""), "{metrics}");
    assert!(!metrics.contains("made/up"), "{metrics}");
}

#[actix_web::test]
async fn service_after_a_request_stops() {
    let context = TestContext::with(sample_videos()).await;
    let reply = context.service.get(PATH).await;
    assert_eq!(reply.status, 200);
    context.service.stop().await;
}
