//! Cached responses after a reindex.

use crate::fixture::{TestContext, kitchen};
use test_support::video;

const PATH: &str = "/api/channel_analyze/";

/// The most frequent keyword of the popular videos.
async fn top(context: &TestContext) -> String {
    let body = context.service.get(PATH).await.json();
    body[0]["keyword"][0]["name"].as_str().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn response_after_a_new_index_is_computed_again() {
    let settings = [("CREATETREND_CACHE__VERSION_CHECK_MS", "0")];
    let context = TestContext::with_settings(kitchen(), &settings).await;
    // The first version that is read, and the check after it, count as changes.
    let (before, _) = (top(&context).await, top(&context).await);
    assert_ne!(before, "새 키워드");
    let client = context.index.client();
    let name = client.create_index("2").await.unwrap();
    let documents = [video(1, 1, 12, 0).tags(&["새 키워드"]).document()];
    client.index_documents(&name, &documents).await.unwrap();
    client.finish_index(&name).await.unwrap();
    assert_eq!(top(&context).await, before, "nothing is searched there yet");
    client.swap_alias(&name).await.unwrap();
    assert_eq!(top(&context).await, "새 키워드");
}

#[actix_web::test]
async fn response_after_changes_in_the_same_index_is_computed_again() {
    let settings = [("CREATETREND_CACHE__VERSION_CHECK_MS", "0")];
    let context = TestContext::with_settings(kitchen(), &settings).await;
    let (before, _) = (top(&context).await, top(&context).await);
    let client = context.index.client();
    let name = client.current_index().await.unwrap().unwrap();
    let many = (100..200).map(|idx| video(idx, 1, 12, 0).tags(&["새 키워드"]).document());
    client.index_documents(&name, &many.collect::<Vec<_>>()).await.unwrap();
    client.refresh(&name).await.unwrap();
    assert_eq!(top(&context).await, before, "nothing says that it changed");
    client.advance_version(&name).await.unwrap();
    assert_eq!(top(&context).await, "새 키워드");
}
