//! `createtrend import`, interrupted and repeated.

use crate::import::{import_files, import_with};
use ingest::{
    import::{ImportOptions, import},
    progress::NoProgress,
};
use std::path::{Path, PathBuf};
use test_support::{
    TestDatabase,
    dataset::{Files, file, sample},
    tables::{
        block_insert_of, execute, fail_insert_of, query_value, remove_insert_trigger,
        rows_without_changed_at, wait_for_blocked_insert,
    },
};

/// The rows after an uninterrupted import of `path`.
async fn uninterrupted(path: &Path) -> Vec<String> {
    let database = TestDatabase::create().await;
    import_files(&database, &[path.to_owned()]).await.unwrap();
    rows_without_changed_at(&database).await
}

fn small_batches(path: &Path) -> ImportOptions {
    ImportOptions { batch_rows: 3, ..ImportOptions::new(vec![path.to_owned()]) }
}

#[tokio::test]
async fn import_after_failed_batch_completes_remaining_rows() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let path = files.write("kr.csv", file(&sample()));
    fail_insert_of(&database, "v7").await;
    let error = import_with(&database, small_batches(&path)).await.unwrap_err().to_string();
    assert!(error.contains("stopped here"), "{error}");
    assert_eq!(query_value::<i64>(&database, "SELECT count(*) FROM video").await, 6);
    remove_insert_trigger(&database).await;
    import_with(&database, small_batches(&path)).await.unwrap();
    assert_eq!(rows_without_changed_at(&database).await, uninterrupted(&path).await);
}

#[tokio::test]
async fn cancelled_import_leaves_no_gap_in_ids() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let path = files.write("kr.csv", file(&sample()));
    block_insert_of(&database, "v4").await;
    let holder = database.client().await;
    holder.batch_execute("SELECT pg_advisory_lock(1)").await.unwrap();
    let (options, progress) = (small_batches(&path), NoProgress);
    tokio::select! {
        ended = import(&options, database.settings(), &progress) => panic!("{ended:?}"),
        () = wait_for_blocked_insert(&database) => {}
    }
    drop(holder);
    remove_insert_trigger(&database).await;
    import_with(&database, small_batches(&path)).await.unwrap();
    assert_eq!(rows_without_changed_at(&database).await, uninterrupted(&path).await);
}

#[tokio::test]
async fn import_continues_ids_after_maximum() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    execute(&database, "SELECT setval('video_idx_seq', 1000), setval('channel_idx_seq', 7)").await;
    let path: PathBuf = files.write("kr.csv", file(&sample()));
    import_files(&database, &[path]).await.unwrap();
    assert_eq!(query_value::<i32>(&database, "SELECT max(idx) FROM video").await, 12);
    let next = "INSERT INTO channel (channel_id, subscriber_num) VALUES ('x', 1) RETURNING idx";
    assert_eq!(query_value::<i32>(&database, next).await, 5);
}
