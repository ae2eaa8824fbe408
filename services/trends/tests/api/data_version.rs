//! Cached responses after a reindex.

use crate::fixture::{World, kitchen};
use test_support::video;

const PATH: &str = "/api/channel_analyze/";

/// The most frequent keyword of the popular videos.
async fn top(world: &World) -> String {
    let body = world.service.get(PATH).await.json();
    body[0]["keyword"][0]["name"].as_str().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn response_after_a_new_index_is_computed_again() {
    let settings = [("CREATETREND_CACHE__VERSION_CHECK_MS", "0")];
    let world = World::with_settings(kitchen(), &settings).await;
    // The first version that is read, and the check after it, count as changes.
    let (before, _) = (top(&world).await, top(&world).await);
    assert_ne!(before, "새 키워드");
    let client = world.index.client();
    let name = client.create_index("2").await.unwrap();
    let documents = [video(1, 1, 12, 0).tags(&["새 키워드"]).document()];
    client.store(&name, &documents).await.unwrap();
    client.finish_index(&name).await.unwrap();
    assert_eq!(top(&world).await, before, "nothing is searched there yet");
    client.swap_alias(&name).await.unwrap();
    assert_eq!(top(&world).await, "새 키워드");
}

#[actix_web::test]
async fn response_after_changes_in_the_same_index_is_computed_again() {
    let settings = [("CREATETREND_CACHE__VERSION_CHECK_MS", "0")];
    let world = World::with_settings(kitchen(), &settings).await;
    let (before, _) = (top(&world).await, top(&world).await);
    let client = world.index.client();
    let name = client.current().await.unwrap().unwrap();
    let many = (100..200).map(|idx| video(idx, 1, 12, 0).tags(&["새 키워드"]).document());
    client.store(&name, &many.collect::<Vec<_>>()).await.unwrap();
    client.refresh(&name).await.unwrap();
    assert_eq!(top(&world).await, before, "nothing says that it changed");
    client.advance_version(&name).await.unwrap();
    assert_eq!(top(&world).await, "새 키워드");
}
