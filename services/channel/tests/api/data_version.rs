//! Cached responses after a change of the data.

use crate::fixture::{LIST, TestContext};
use common::db::ADVANCE_DATA_VERSION;

const CHECK_ALWAYS: (&str, &str) = ("CREATETREND_CACHE__VERSION_CHECK_MS", "0");

async fn channel_name(context: &TestContext) -> String {
    let path = format!("{LIST}1/");
    let body = context.service.get(&path).await.json();
    body["channelInfo"]["channel_name"].as_str().expect("a name").to_owned()
}

#[actix_web::test]
async fn response_after_version_change_is_recomputed() {
    let context = TestContext::with(include_str!("fixture.sql"), &[CHECK_ALWAYS]).await;
    // The first two version checks count as changes.
    for _ in 0..2 {
        assert_eq!(channel_name(&context).await, "먹방 Kitchen");
    }
    let client = context.database.client().await;
    let rename = "UPDATE channel SET channel_name = 'new' WHERE idx = 1";
    client.batch_execute(rename).await.unwrap();
    assert_eq!(channel_name(&context).await, "먹방 Kitchen", "the version is unchanged");
    client.batch_execute(ADVANCE_DATA_VERSION).await.unwrap();
    assert_eq!(channel_name(&context).await, "new");
}

#[actix_web::test]
async fn channel_count_after_version_change_is_recomputed() {
    let context = TestContext::with(include_str!("fixture.sql"), &[CHECK_ALWAYS]).await;
    for _ in 0..2 {
        assert_eq!(context.list("").await.json()["count"], 4);
    }
    let insert = "INSERT INTO channel (idx, channel_id, subscriber_num) VALUES (9, 'UC9', 1)";
    let statements = format!("{insert}; {ADVANCE_DATA_VERSION}");
    context.database.client().await.batch_execute(&statements).await.unwrap();
    assert_eq!(context.list("").await.json()["count"], 5);
}

#[actix_web::test]
async fn response_without_the_version_table_is_served_from_the_cache() {
    let context = TestContext::with(include_str!("fixture.sql"), &[CHECK_ALWAYS]).await;
    let client = context.database.client().await;
    client.batch_execute("DROP TABLE data_version").await.unwrap();
    assert_eq!(channel_name(&context).await, "먹방 Kitchen");
    client.batch_execute("UPDATE channel SET channel_name = 'new' WHERE idx = 1").await.unwrap();
    assert_eq!(channel_name(&context).await, "먹방 Kitchen");
}
