//! What happens while PostgreSQL is away.

use crate::fixture::{LIST, TestContext};
use test_support::TestService;

#[actix_web::test]
async fn a_service_with_its_database_is_ready() {
    let context = TestContext::of_four_channels().await;
    let ready = context.service.get("/health/ready").await;
    assert_eq!(ready.status, 200);
    assert_eq!(ready.json()["dependencies"]["postgres"]["status"], "up");
}

#[actix_web::test]
async fn nobody_there_is_503_in_bounded_time() {
    // Port 9 of the loopback network: nothing listens.
    let nobody = [("CREATETREND_POSTGRES__HOST", "127.0.0.1"), ("CREATETREND_POSTGRES__PORT", "9")];
    let service = TestService::start("channel", channel::service, &nobody);
    let ready = service.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json()["dependencies"]["postgres"]["status"], "down");
    insta::assert_snapshot!(service.get(LIST).await.snapshot());
}

#[actix_web::test]
async fn an_answer_that_was_given_is_given_again_while_the_table_is_away() {
    let settings = [("CREATETREND_CACHE__TTL_MS", "1")];
    let context = TestContext::with(include_str!("fixture.sql"), &settings).await;
    let before = context.list("1/").await;
    assert_eq!(before.status, 200);
    let away = "ALTER TABLE channel RENAME TO channel_away";
    context.database.client().await.batch_execute(away).await.unwrap();
    let after = context.list("1/").await;
    assert_eq!((after.status, &after.body), (before.status, &before.body));
    assert!(after.is_stale(), "{after:?}");
    let opaque = context.list("2/").await;
    assert_eq!((opaque.status.as_u16(), opaque.body.contains("channel_away")), (500, false));
}
