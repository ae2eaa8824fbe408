//! The index of suggested keywords.

use crate::{context::TestContext, rollup_keywords::count};
use common::search::{SearchClient, TypedText};
use ingest::{
    locks::KEYWORD_ROLLUP,
    progress::NoProgress,
    reindex::{reindex, update_suggestions},
    rollup::keywords::RefreshScope,
};
use test_support::tables::execute;

impl TestContext {
    async fn count_and_update(&self) -> u64 {
        count(&self.database, RefreshScope::Changes).await;
        self.update(false).await
    }

    async fn update(&self, rebuild: bool) -> u64 {
        let updated = update_suggestions(&self.settings, rebuild, &NoProgress).await;
        updated.unwrap().unwrap().keywords
    }

    fn keywords(&self) -> SearchClient {
        self.index.client().for_keyword_index()
    }

    async fn suggest(&self, text: &str) -> Vec<String> {
        let typed = TypedText::new(text).unwrap();
        let suggestions = self.keywords().suggest(&typed, 10).await.unwrap();
        suggestions.into_iter().map(|suggestion| suggestion.keyword).collect()
    }
}

/// `가나` was used by ten channels a year ago, `가다` by three today, `가라` by two today.
const VIDEOS: &str = "
    INSERT INTO channel (idx, channel_id, subscriber_num) SELECT n, 'UC' || n, 10 FROM generate_series(1, 20) n;
    INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx)
    SELECT n, 'old', 'old' || n, now() - interval '365 days', n FROM generate_series(1, 10) n
    UNION ALL
    SELECT n, 'new', 'new' || n, now() - interval '1 minute', n FROM generate_series(11, 15) n;
    INSERT INTO video_keyword_new (video_idx, keyword)
    SELECT n, CASE WHEN n <= 10 THEN '가나' WHEN n <= 13 THEN '가다' ELSE '가라' END
    FROM generate_series(1, 15) n;
    INSERT INTO video_keyword_new (video_idx, keyword) VALUES (11, 'ＫＡ'), (12, 'Ka'), (13, 'K a')";

#[tokio::test]
async fn suggestions_are_ordered_by_recent_channels() {
    let context = TestContext::new().await;
    execute(&context.database, VIDEOS).await;
    assert_eq!(context.count_and_update().await, 4, "the index is built");
    assert_eq!(context.suggest("가").await, ["가다", "가라", "가나"]);
    assert_eq!(context.suggest("k").await.len(), 1);
    assert_eq!(context.count_and_update().await, 0, "nothing changed");
}

#[tokio::test]
async fn update_stores_changed_keywords_and_deletes_unused_ones() {
    let context = TestContext::new().await;
    execute(&context.database, VIDEOS).await;
    context.count_and_update().await;
    let index = context.keywords().current_index().await.unwrap();
    let change = "
        INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx)
        SELECT n, 'more', 'more' || n, now(), n FROM generate_series(16, 19) n;
        INSERT INTO video_keyword_new (video_idx, keyword) SELECT n, '가라' FROM generate_series(16, 19) n;
        UPDATE video SET removed_at = now() WHERE idx <= 10";
    execute(&context.database, change).await;
    assert_eq!(context.count_and_update().await, 2, "of 가나 and 가라");
    assert_eq!(context.suggest("가").await, ["가라", "가다"]);
    // Changed views do not change the popularity of keywords.
    execute(&context.database, "UPDATE video SET views = 5").await;
    assert_eq!(context.count_and_update().await, 0);
    assert_eq!(context.keywords().current_index().await.unwrap(), index);
}

#[tokio::test]
async fn rebuild_and_full_reindex_replace_the_index() {
    let context = TestContext::new().await;
    execute(&context.database, VIDEOS).await;
    context.count_and_update().await;
    let first = context.keywords().list_indexes().await.unwrap();
    assert_eq!(context.update(true).await, 4);
    let second = context.keywords().list_indexes().await.unwrap();
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_ne!(first, second);
    assert_eq!(context.suggest("가").await, ["가다", "가라", "가나"]);
    reindex(&context.settings, None, &NoProgress).await.unwrap();
    let third = context.keywords().list_indexes().await.unwrap();
    assert_ne!(second, third);
    // A deleted index is built again.
    context.keywords().delete_indexes(&third).await.unwrap();
    assert_eq!(context.update(false).await, 4);
}

#[tokio::test]
async fn next_update_includes_changes_of_a_failed_one() {
    let context = TestContext::new().await;
    execute(&context.database, VIDEOS).await;
    count(&context.database, RefreshScope::Changes).await;
    let mut unreachable = context.settings.clone();
    unreachable.elasticsearch.url.0 = vec!["http://127.0.0.1:9".to_owned()];
    let failed = update_suggestions(&unreachable, false, &NoProgress).await;
    assert!(failed.is_err(), "{failed:?}");
    assert_eq!(context.update(false).await, 4);
}

#[tokio::test]
async fn update_during_a_refresh_of_the_counts_returns_none() {
    let context = TestContext::new().await;
    let refreshing = context.database.client().await;
    refreshing.execute("SELECT pg_advisory_lock($1)", &[&KEYWORD_ROLLUP]).await.unwrap();
    let updated = update_suggestions(&context.settings, false, &NoProgress).await.unwrap();
    assert_eq!(updated, None);
}
