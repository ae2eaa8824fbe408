//! Cached responses after a change of the index.

use crate::fixture::{TestContext, sample_videos};
use test_support::video;

const PATH: &str = "/api/channel_analyze/";

/// The most frequent popular keyword.
async fn top_keyword(context: &TestContext) -> String {
    let body = context.service.get(PATH).await.json();
    body[0]["keyword"][0]["name"].as_str().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn response_after_alias_swap_is_recomputed() {
    let settings = [("CREATETREND_CACHE__VERSION_CHECK_MS", "0")];
    let context = TestContext::with_settings(sample_videos(), &settings).await;
    // The first two version checks count as changes.
    let (before, _) = (top_keyword(&context).await, top_keyword(&context).await);
    assert_ne!(before, "새 키워드");
    let client = context.index.client();
    let name = client.create_index("2").await.unwrap();
    let documents = [video(1, 1, 12, 0).tags(&["새 키워드"]).document()];
    client.update_documents(&name, &documents, &[]).await.unwrap();
    client.finish_index(&name).await.unwrap();
    assert_eq!(top_keyword(&context).await, before, "the alias still points to the old index");
    client.swap_alias(&name).await.unwrap();
    assert_eq!(top_keyword(&context).await, "새 키워드");
}

#[actix_web::test]
async fn response_after_version_change_of_the_index_is_recomputed() {
    let settings = [("CREATETREND_CACHE__VERSION_CHECK_MS", "0")];
    let context = TestContext::with_settings(sample_videos(), &settings).await;
    let (before, _) = (top_keyword(&context).await, top_keyword(&context).await);
    let client = context.index.client();
    let name = client.current_index().await.unwrap().unwrap();
    let new_videos = (100..200).map(|idx| video(idx, 1, 12, 0).tags(&["새 키워드"]).document());
    client.update_documents(&name, &new_videos.collect::<Vec<_>>(), &[]).await.unwrap();
    client.refresh(&name).await.unwrap();
    assert_eq!(top_keyword(&context).await, before, "the version is unchanged");
    client.advance_version(&name).await.unwrap();
    assert_eq!(top_keyword(&context).await, "새 키워드");
}
