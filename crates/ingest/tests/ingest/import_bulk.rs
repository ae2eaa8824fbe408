//! `createtrend import` of large files into empty tables, in one transaction.

use crate::import::import_with;
use ingest::import::{ImportOptions, ImportSummary};
use std::path::PathBuf;
use test_support::{
    TestDatabase,
    dataset::{Files, file, header, line, sample, video_row, with_field},
    tables::{
        block_insert_of, execute, fail_insert_of, query_value, remove_insert_trigger,
        rows_without_changed_at, schema_definition, wait_for_blocked_insert, without_keyword_ids,
    },
};

/// Imports `files` in one transaction, or in one per batch.
async fn import_in(
    database: &TestDatabase,
    files: &ImportFiles,
    in_bulk: bool,
    batch_rows: usize,
) -> ImportSummary {
    let options = files.options(batch_rows);
    let bulk_bytes = if in_bulk { 0 } else { u64::MAX };
    import_with(database, ImportOptions { bulk_bytes, bulk_max_videos: 10_000, ..options })
        .await
        .unwrap()
}

/// Files with typical and invalid rows.
struct ImportFiles {
    videos: PathBuf,
    channels: PathBuf,
    folder: Files,
}

impl ImportFiles {
    /// Videos on several days; later rows with more tags, other counts or another channel; invalid
    /// rows; known and unknown channels.
    fn new() -> Self {
        let folder = Files::new();
        let late = [
            with_field(video_row("v0", "UC0", 12, 77), "tags", "먹방|더"),
            video_row("v1", "UC-other", 20, 7000),
            with_field(video_row("v2", "UC2", 21, 9), "view_count", "many"),
            video_row("alone", "UC2", 21, 9),
        ];
        let videos = file(&[sample(), late.to_vec()].concat()) + "a,b\n";
        let channels = "channelId,subscribers,viewCount,title,date\n\
            UC0,500,9000,이름,2020-08-12\nUC0,600,,,2020-08-13\nUC-none,1,,,2020-08-12\n";
        let videos = folder.write("kr.csv", videos);
        let channels = folder.write("channels.csv", channels);
        Self { videos, channels, folder }
    }

    fn options(&self, batch_rows: usize) -> ImportOptions {
        let usual = ImportOptions::new(vec![self.videos.clone()]);
        ImportOptions { channels: Some(self.channels.clone()), batch_rows, ..usual }
    }
}

#[tokio::test]
async fn bulk_import_stores_same_rows_as_batches() {
    let files = ImportFiles::new();
    let by_batch = TestDatabase::create().await;
    let before = schema_definition(&by_batch).await;
    let summary = import_in(&by_batch, &files, false, 5_000).await;
    assert_eq!((summary.rejected, summary.added.videos, summary.counted_channels), (2, 13, 1));
    assert_eq!(summary.added.superseded, 1);
    let stored = async |database: &TestDatabase| {
        without_keyword_ids(rows_without_changed_at(database).await)
    };
    for batch_rows in [1, 3, 5_000] {
        let in_bulk = TestDatabase::create().await;
        let mut added = import_in(&in_bulk, &files, true, batch_rows).await.added;
        // Keywords that a later row does not have are deleted again.
        added.keywords = summary.added.keywords;
        assert_eq!(added, summary.added);
        assert_eq!(stored(&in_bulk).await, stored(&by_batch).await);
        assert_eq!(schema_definition(&in_bulk).await, before);
        // Importing again adds nothing.
        let again = import_in(&in_bulk, &files, true, batch_rows).await.added;
        assert_eq!((again.videos, again.views, again.subscribers), (0, 0, 0));
        assert_eq!(stored(&in_bulk).await, stored(&by_batch).await);
        let next = "INSERT INTO video (video_id, video_name, upload_time) VALUES ('x', '', now())
            RETURNING idx";
        assert_eq!(query_value::<i32>(&in_bulk, next).await, 14);
    }
}

#[tokio::test]
async fn bulk_import_completes_stored_rows() {
    let files = ImportFiles::new();
    let start = files.folder.write("start.csv", file(&sample()[..9]));
    let (by_batch, in_bulk) = (TestDatabase::create().await, TestDatabase::create().await);
    for (database, bulk) in [(&by_batch, false), (&in_bulk, true)] {
        import_with(database, ImportOptions::new(vec![start.clone()])).await.unwrap();
        // A stored video that no file contains.
        execute(
            database,
            "INSERT INTO video (video_id, video_name, upload_time) VALUES ('x', '', now())",
        )
        .await;
        import_in(database, &files, bulk, 4).await;
    }
    let upload_time = "UPDATE video SET upload_time = '2020-08-09' WHERE video_id = 'x'";
    let changed = "SELECT string_agg(video_id, ' ' ORDER BY idx) FROM video
        WHERE changed_at > (SELECT changed_at FROM video WHERE video_id = 'x')";
    let marked: [String; 2] =
        [query_value(&by_batch, changed).await, query_value(&in_bulk, changed).await];
    assert_eq!(marked[0], marked[1]);
    execute(&by_batch, upload_time).await;
    execute(&in_bulk, upload_time).await;
    let stored = async |database: &TestDatabase| {
        without_keyword_ids(rows_without_changed_at(database).await)
    };
    assert_eq!(stored(&in_bulk).await, stored(&by_batch).await);
}

#[tokio::test]
async fn interrupted_bulk_import_is_rolled_back() {
    let files = ImportFiles::new();
    let (stopped, whole) = (TestDatabase::create().await, TestDatabase::create().await);
    let before = schema_definition(&stopped).await;
    let options = ImportOptions { bulk_bytes: 0, bulk_max_videos: 10_000, ..files.options(3) };
    fail_insert_of(&stopped, "v7").await;
    let error = import_with(&stopped, options.clone()).await.unwrap_err().to_string();
    assert!(error.contains("stopped here"), "{error}");
    remove_insert_trigger(&stopped).await;
    block_insert_of(&stopped, "v8").await;
    let holder = stopped.client().await;
    holder.batch_execute("SELECT pg_advisory_lock(1)").await.unwrap();
    tokio::select! {
        ended = import_with(&stopped, options.clone()) => panic!("{ended:?}"),
        () = wait_for_blocked_insert(&stopped) => {}
    }
    drop(holder);
    remove_insert_trigger(&stopped).await;
    assert!(rows_without_changed_at(&stopped).await.is_empty());
    assert_eq!(schema_definition(&stopped).await, before);
    import_with(&stopped, options).await.unwrap();
    import_in(&whole, &files, false, 5_000).await;
    let stored = async |database: &TestDatabase| {
        without_keyword_ids(rows_without_changed_at(database).await)
    };
    assert_eq!(stored(&stopped).await, stored(&whole).await);
}

#[tokio::test]
async fn bulk_import_without_valid_rows_changes_nothing() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let path = files.write("kr.csv", header() + &line(&["a".to_owned(), "b".to_owned()]));
    let before = schema_definition(&database).await;
    let options =
        ImportOptions { bulk_bytes: 0, bulk_max_videos: 10_000, ..ImportOptions::new(vec![path]) };
    import_with(&database, options).await.unwrap_err();
    assert!(rows_without_changed_at(&database).await.is_empty());
    assert_eq!(schema_definition(&database).await, before);
}
