//! Health, and what happens while PostgreSQL is away.

use crate::fixture::{PATH, TestContext};
use test_support::TestService;

#[actix_web::test]
async fn a_service_with_its_database_is_ready() {
    let context = TestContext::new().await;
    assert_eq!(context.service.get("/health/live").await.status, 200);
    let ready = context.service.get("/health/ready").await;
    assert_eq!(ready.status, 200);
    assert_eq!(ready.json()["dependencies"]["postgres"]["status"], "up");
}

#[actix_web::test]
async fn nobody_there_is_503_and_not_ready() {
    // Port 9 of the loopback network: nothing listens.
    let nobody = [("CREATETREND_POSTGRES__HOST", "127.0.0.1"), ("CREATETREND_POSTGRES__PORT", "9")];
    let service = TestService::start("video", video::service, &nobody);
    assert_eq!(service.get("/health/live").await.status, 200);
    let ready = service.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json()["dependencies"]["postgres"]["status"], "down");
    assert!(!ready.body.contains("127.0.0.1"), "{}", ready.body);
    insta::assert_snapshot!(service.get(PATH).await.snapshot());
    // What cannot be a video needs no database to be refused.
    assert_eq!(service.get("/api/video_detail/one/").await.status, 404);
}

#[actix_web::test]
async fn an_answer_that_was_given_is_given_again_while_the_database_is_gone() {
    let TestContext { service, database } =
        TestContext::with_settings(&[("CREATETREND_CACHE__TTL_MS", "1")]).await;
    let before = service.get(PATH).await;
    assert_eq!((before.status.as_u16(), before.is_stale()), (200, false));
    drop(database);
    let after = service.get(PATH).await;
    assert_eq!((after.status, &after.body), (before.status, &before.body));
    assert!(after.is_stale(), "{after:?}");
    assert_eq!(service.get("/health/ready").await.status, 503);
    let other = service.get("/api/video_detail/2/").await;
    assert_eq!((other.status.as_u16(), other.header("retry-after")), (503, Some("1")));
}

#[actix_web::test]
async fn an_answer_that_does_not_come_in_time_is_503() {
    let context = TestContext::with_settings(&[("CREATETREND_HTTP__DEADLINE_MS", "200")]).await;
    let writer = context.database.client().await;
    writer.batch_execute("BEGIN; LOCK TABLE video_likes").await.expect("a lock");
    insta::assert_snapshot!(context.service.get(PATH).await.snapshot());
}
