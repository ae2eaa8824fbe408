//! `createtrend seed --at-start`

use crate::context::TestContext;
use ingest::{bootstrap::bootstrap, progress::NoProgress};
use test_support::tables::{all_rows, query_value};

impl TestContext {
    /// Bootstraps, and returns the current index.
    async fn bootstrap(&self, scale: u32) -> String {
        bootstrap(scale, &self.settings, &NoProgress).await.unwrap();
        self.index.client().current_index().await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn bootstrap_on_empty_database_seeds_once() {
    let context = TestContext::new().await;
    let index = context.bootstrap(100).await;
    assert_eq!(query_value::<i64>(&context.database, "SELECT count(*) FROM video").await, 100);
    let rows = all_rows(&context.database).await;
    assert_eq!(context.bootstrap(100).await, index);
    assert_eq!(all_rows(&context.database).await, rows);
}

#[tokio::test]
async fn bootstrap_with_other_videos_indexes_without_seeding() {
    let context = TestContext::new().await;
    let insert =
        "INSERT INTO video (video_name, video_id, upload_time) VALUES ('영상', 'real', now())";
    context.database.client().await.batch_execute(insert).await.unwrap();
    let index = context.bootstrap(100).await;
    assert_eq!(query_value::<i64>(&context.database, "SELECT count(*) FROM video").await, 1);
    assert_eq!(context.bootstrap(100).await, index);
}

#[tokio::test]
async fn bootstrap_with_scale_0_creates_empty_index() {
    let context = TestContext::new().await;
    context.bootstrap(0).await;
    assert_eq!(query_value::<i64>(&context.database, "SELECT count(*) FROM video").await, 0);
}
