//! `createtrend reindex`

use crate::context::TestContext;
use chrono::{TimeDelta, Utc};
use common::search::{QueryClause, Search, SearchClient, Sort, VideoDocument, matches_keyword};
use ingest::{
    locks::REINDEX,
    progress::NoProgress,
    reindex::{ReindexError, Since, reindex},
};
use test_support::{Reply, client};

impl TestContext {
    async fn sql(&self, statements: &str) {
        self.database.client().await.batch_execute(statements).await.unwrap();
    }

    async fn reindex(&self, since: Option<Since>) -> Result<u64, ReindexError> {
        let summary = reindex(&self.settings, since, &NoProgress).await?;
        Ok(summary.documents)
    }

    fn client(&self) -> SearchClient {
        self.index.client()
    }

    /// The index of the searched alias, with its mapping.
    async fn mapping(&self) -> String {
        let url = &self.settings.elasticsearch.url.0[0];
        let url = format!("{url}/{}/_mapping", self.client().versioned_alias());
        Reply::send(client().get(url)).await.body
    }

    /// The documents that `query` finds, by their numbers.
    async fn documents(&self, query: QueryClause) -> Vec<VideoDocument> {
        let fields = ["*"];
        let search = Search::hits(query, Sort::descending("upload_time"), 100, &fields);
        let [found] = self.client().search_all([search]).await.unwrap();
        let mut documents = found.documents::<VideoDocument>().unwrap();
        documents.sort_by_key(|document| document.idx);
        documents
    }
}

const TWO_VIDEOS: &str = "
    INSERT INTO channel (channel_id, subscriber_num) VALUES ('UC1', 10);
    INSERT INTO video (video_name, video_id, upload_time, channel_idx, views, views_growth, popularity, crawled)
    VALUES ('첫 영상', 'v1', now(), 1, 16000000000, -5, 0.25, true), ('no more', 'v2', now(), NULL, NULL, NULL, NULL, NULL);
    INSERT INTO video_keyword_new (video_idx, keyword) VALUES (1, '나'), (1, '가'), (1, 'ＢＴＳ')";

#[tokio::test]
async fn reindex_stores_every_row_with_tags_in_order() {
    let context = TestContext::new().await;
    context.sql(TWO_VIDEOS).await;
    assert_eq!(context.reindex(None).await.unwrap(), 2);
    let documents = context.documents(QueryClause::all(vec![])).await;
    let [first, second] = documents.as_slice() else { panic!("{documents:?}") };
    let tags: Vec<&str> = first.videokeywordnews.iter().map(|tag| tag.keyword.as_str()).collect();
    assert_eq!(tags, ["나", "가", "ＢＴＳ"]);
    assert_eq!(first.normal_keywords, ["나", "가", "bts"]);
    assert_eq!(
        (first.views, first.views_growth, first.popularity),
        (Some(16_000_000_000), Some(-5), Some(0.25))
    );
    assert_eq!((second.views, second.popularity, second.crawled), (None, None, None));
    assert_eq!(context.documents(matches_keyword("bts")).await.len(), 1);
}

#[tokio::test]
async fn reindex_replaces_and_deletes_old_index() {
    let context = TestContext::new().await;
    context.sql(TWO_VIDEOS).await;
    context.reindex(None).await.unwrap();
    let first = context.client().current_index().await.unwrap().unwrap();
    // The leftover of an interrupted run.
    context.client().create_index("00000000t000000000").await.unwrap();
    context.sql("DELETE FROM video WHERE video_id = 'v2'").await;
    assert_eq!(context.reindex(None).await.unwrap(), 1);
    let second = context.client().current_index().await.unwrap().unwrap();
    assert_ne!(first, second);
    assert_eq!(context.client().list_indexes().await.unwrap(), [second]);
    assert_eq!(context.documents(QueryClause::all(vec![])).await.len(), 1);
}

#[tokio::test]
async fn live_index_is_durable_and_refreshed_every_second() {
    let context = TestContext::new().await;
    context.sql(TWO_VIDEOS).await;
    context.reindex(None).await.unwrap();
    let index = context.client().current_index().await.unwrap().unwrap();
    let url = &context.settings.elasticsearch.url.0[0];
    let url = format!("{url}/{index}/_settings?flat_settings=true");
    let settings = Reply::send(client().get(url)).await.json()[&index]["settings"].clone();
    assert_eq!(settings["index.translog.durability"], "request");
    assert_eq!(settings["index.refresh_interval"], "1s");
}

#[tokio::test]
async fn reindex_since_stores_only_changed_videos() {
    let context = TestContext::new().await;
    context.sql(TWO_VIDEOS).await;
    context.sql("ALTER TABLE video DISABLE TRIGGER video_touch").await;
    context.sql("UPDATE video SET changed_at = now() - interval '2 days'").await;
    context.sql("ALTER TABLE video ENABLE TRIGGER video_touch").await;
    context.reindex(None).await.unwrap();
    context.sql("INSERT INTO video_keyword_new (video_idx, keyword) VALUES (2, '새 태그')").await;
    let since = Since::Ago(TimeDelta::days(1));
    assert_eq!(context.reindex(Some(since)).await.unwrap(), 1);
    let found = context.documents(matches_keyword("새 태그")).await;
    assert_eq!(found.iter().map(|document| document.idx).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn reindex_since_without_index_fails() {
    let context = TestContext::new().await;
    let rejected = context.reindex(Some(Since::At(Utc::now()))).await.unwrap_err();
    assert!(matches!(rejected, ReindexError::NoIndex));
}

#[tokio::test]
async fn concurrent_reindex_is_rejected() {
    let context = TestContext::new().await;
    let held = context.database.client().await;
    held.execute("SELECT pg_advisory_lock($1)", &[&REINDEX]).await.unwrap();
    assert!(matches!(context.reindex(None).await.unwrap_err(), ReindexError::Locked));
}

#[tokio::test]
async fn reindex_stores_rows_of_several_batches() {
    let context = TestContext::new().await;
    context
        .sql("INSERT INTO video (video_name, video_id, upload_time) SELECT 'v', 'v' || n, now() FROM generate_series(1, 2500) n")
        .await;
    assert_eq!(context.reindex(None).await.unwrap(), 2500);
    let index = context.client().current_index().await.unwrap().unwrap();
    assert_eq!(context.client().count(&index).await.unwrap(), 2500);
}

const OLD_ROWS: &str = "
    INSERT INTO video (video_name, video_id, upload_time, popularity) VALUES
        ('v', 'usable', now(), 0.5), ('v', 'endless', 'infinity', 'NaN'),
        ('v', 'ancient', '-infinity', 'infinity'), ('v', 'far', '294276-12-31', '-infinity'),
        ('v', 'five digits', '10000-01-01', 1e308), ('v', 'before', '0044-03-15 BC', 1.5);
    INSERT INTO video_keyword_new (video_idx, keyword) SELECT idx, '옛날' FROM video";

#[tokio::test]
async fn reindex_of_unusable_values_indexes_the_rows_without_them() {
    let context = TestContext::new().await;
    context.sql(OLD_ROWS).await;
    let summary = reindex(&context.settings, None, &NoProgress).await.unwrap();
    assert_eq!((summary.documents, summary.incomplete), (6, 5));
    let documents = context.documents(matches_keyword("옛날")).await;
    let times: Vec<bool> = documents.iter().map(|found| found.upload_time.is_some()).collect();
    assert_eq!(times, [true, false, false, false, false, false]);
    let popularity: Vec<_> = documents.iter().map(|found| found.popularity).collect();
    assert_eq!(popularity, [Some(0.5), None, None, None, None, Some(1.5)]);
    let search = Search::hits(QueryClause::all(vec![]), Sort::descending("popularity"), 2, &["*"]);
    let [found] = context.client().search_all([search]).await.unwrap();
    let ids: Vec<String> = found
        .documents::<VideoDocument>()
        .unwrap()
        .into_iter()
        .map(|found| found.video_id)
        .collect();
    assert_eq!(ids, ["before", "usable"]);
}

#[tokio::test]
async fn reindex_since_without_changes_keeps_the_version() {
    let context = TestContext::new().await;
    context.sql(TWO_VIDEOS).await;
    context.reindex(None).await.unwrap();
    let before = context.mapping().await;
    let since = Utc::now() + TimeDelta::hours(1);
    assert_eq!(context.reindex(Some(Since::At(since))).await.unwrap(), 0);
    assert_eq!(context.mapping().await, before);
    assert_eq!(context.reindex(Some(Since::Ago(TimeDelta::days(1)))).await.unwrap(), 2);
    let after = context.mapping().await;
    assert_ne!(after, before);
    assert!(after.contains("data_version"), "{after}");
}
