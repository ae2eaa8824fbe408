//! Health, and responses without PostgreSQL.

use crate::fixture::{LIST, TestContext};
use test_support::TestService;

#[actix_web::test]
async fn service_with_a_database_is_ready() {
    let context = TestContext::new().await;
    let ready = context.service.get("/health/ready").await;
    assert_eq!(ready.status, 200);
    assert_eq!(ready.json()["dependencies"]["postgres"]["status"], "up");
}

#[actix_web::test]
async fn service_without_postgres_returns_503() {
    // No server listens on port 9.
    let unreachable =
        [("CREATETREND_POSTGRES__HOST", "127.0.0.1"), ("CREATETREND_POSTGRES__PORT", "9")];
    let service = TestService::start("channel", channel::service, &unreachable);
    let ready = service.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json()["dependencies"]["postgres"]["status"], "down");
    insta::assert_snapshot!(service.get(LIST).await.snapshot());
}

#[actix_web::test]
async fn cached_response_without_a_table_is_served_stale() {
    let settings = [("CREATETREND_CACHE__TTL_MS", "1")];
    let context = TestContext::with(include_str!("fixture.sql"), &settings).await;
    let before = context.list("1/").await;
    assert_eq!(before.status, 200);
    let rename = "ALTER TABLE channel RENAME TO channel_renamed";
    context.database.client().await.batch_execute(rename).await.unwrap();
    let after = context.list("1/").await;
    assert_eq!((after.status, &after.body), (before.status, &before.body));
    assert!(after.is_stale(), "{after:?}");
    let uncached = context.list("2/").await;
    assert_eq!((uncached.status.as_u16(), uncached.body.contains("channel_renamed")), (500, false));
}
