//! Health, and responses without PostgreSQL.

use crate::fixture::{PATH, TestContext};
use test_support::TestService;

#[actix_web::test]
async fn service_with_a_database_is_ready() {
    let context = TestContext::new().await;
    assert_eq!(context.service.get("/health/live").await.status, 200);
    let ready = context.service.get("/health/ready").await;
    assert_eq!(ready.status, 200);
    assert_eq!(ready.json()["dependencies"]["postgres"]["status"], "up");
}

#[actix_web::test]
async fn service_without_postgres_is_not_ready_and_returns_503() {
    // No server listens on port 9.
    let unreachable =
        [("CREATETREND_POSTGRES__HOST", "127.0.0.1"), ("CREATETREND_POSTGRES__PORT", "9")];
    let service = TestService::start("video", video::service, &unreachable);
    assert_eq!(service.get("/health/live").await.status, 200);
    let ready = service.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json()["dependencies"]["postgres"]["status"], "down");
    assert!(!ready.body.contains("127.0.0.1"), "{}", ready.body);
    insta::assert_snapshot!(service.get(PATH).await.snapshot());
    // An invalid number is rejected without the database.
    assert_eq!(service.get("/api/video_detail/one/").await.status, 404);
}

#[actix_web::test]
async fn cached_response_without_a_database_is_served_stale() {
    let TestContext { service, database } =
        TestContext::with_settings(&[("CREATETREND_CACHE__TTL_MS", "1")]).await;
    let before = service.get(PATH).await;
    assert_eq!((before.status.as_u16(), before.is_stale()), (200, false));
    drop(database);
    let after = service.get(PATH).await;
    assert_eq!((after.status, &after.body), (before.status, &before.body));
    assert!(after.is_stale(), "{after:?}");
    assert_eq!(service.get("/health/ready").await.status, 503);
    let uncached = service.get("/api/video_detail/2/").await;
    assert_eq!((uncached.status.as_u16(), uncached.header("retry-after")), (503, Some("1")));
}

#[actix_web::test]
async fn request_past_the_deadline_returns_503() {
    let context = TestContext::with_settings(&[("CREATETREND_HTTP__DEADLINE_MS", "200")]).await;
    let writer = context.database.client().await;
    writer.batch_execute("BEGIN; LOCK TABLE video_likes").await.expect("a lock");
    insta::assert_snapshot!(context.service.get(PATH).await.snapshot());
}
