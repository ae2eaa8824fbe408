//! `createtrend import`, killed: the pending work is reported, and completed by the next start.

use crate::context::TestContext;
use ingest::{
    bootstrap::{bootstrap, import_and_index},
    import::{ImportError, ImportOptions, complete_interrupted, import},
    locks::REINDEX,
    pending::{mark_index_pending, pending_work},
    progress::NoProgress,
    reindex::reindex,
};
use test_support::{
    TestDatabase,
    dataset::{Files, file, header, sample},
    tables::{fail_insert_of, query_value, remove_insert_trigger},
    wait_until,
};

/// Imports the sample until the insertion of one of its videos fails.
async fn interrupt_import(context: &TestContext, files: &Files) -> ImportOptions {
    let path = files.write("kr.csv", file(&sample()));
    let options = ImportOptions { batch_rows: 3, ..ImportOptions::new(vec![path]) };
    fail_insert_of(&context.database, "v7").await;
    import_and_index(&options, &context.settings, &NoProgress).await.unwrap_err();
    remove_insert_trigger(&context.database).await;
    let pending = pending_work(context.database.settings()).await.unwrap();
    assert_eq!((pending.videos, pending.is_incomplete, pending.is_running), (6, true, false));
    assert!(pending.index_since.is_some());
    options
}

async fn assert_complete(context: &TestContext) {
    let pending = pending_work(context.database.settings()).await.unwrap();
    assert_eq!((pending.videos, pending.index_since), (0, None));
    let incomplete = "SELECT count(*) FROM video WHERE views IS NULL OR popularity IS NULL";
    assert_eq!(query_value::<i64>(&context.database, incomplete).await, 0);
    let client = context.index.client();
    let index = client.current_index().await.unwrap().unwrap();
    let videos = query_value::<i64>(&context.database, "SELECT count(*) FROM video").await;
    assert_eq!(client.count(&index).await.unwrap(), videos.unsigned_abs());
}

#[tokio::test]
async fn interrupted_import_is_completed_by_repeating_it() {
    let (context, files) = (TestContext::new().await, Files::new());
    let options = interrupt_import(&context, &files).await;
    let (_, index) = import_and_index(&options, &context.settings, &NoProgress).await.unwrap();
    assert_eq!(index.unwrap().documents, 12);
    assert_complete(&context).await;
    assert!(!pending_work(context.database.settings()).await.unwrap().is_incomplete);
    // After that, only changed videos are indexed.
    let (_, index) = import_and_index(&options, &context.settings, &NoProgress).await.unwrap();
    assert_eq!(index.unwrap().documents, 0);
}

#[tokio::test]
async fn interrupted_import_is_completed_by_bootstrap() {
    let (context, files) = (TestContext::new().await, Files::new());
    interrupt_import(&context, &files).await;
    bootstrap(0, &context.settings, &NoProgress).await.unwrap();
    assert_complete(&context).await;
    let counted = "SELECT count(*) FROM keyword";
    assert!(query_value::<i64>(&context.database, counted).await > 0, "no keywords are counted");
    assert!(!complete_interrupted(context.database.settings(), &NoProgress).await.unwrap());
    // The rest of the file is not imported.
    assert!(pending_work(context.database.settings()).await.unwrap().is_incomplete);
}

#[tokio::test]
async fn import_without_valid_rows_leaves_no_pending_work() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    for bulk_bytes in [0, u64::MAX] {
        let usual = ImportOptions::new(vec![files.write("kr.csv", header() + "a,b\n")]);
        let options = ImportOptions { bulk_bytes, ..usual };
        let error = import(&options, database.settings(), &NoProgress).await.unwrap_err();
        assert!(matches!(error, ImportError::NothingImported { .. }), "{error}");
        let pending = pending_work(database.settings()).await.unwrap();
        assert_eq!((pending.videos, pending.index_since), (0, None));
        assert!(!pending.is_incomplete);
    }
    let options = ImportOptions::new(vec![files.write("kr.csv", file(&sample()))]);
    import(&options, database.settings(), &NoProgress).await.unwrap();
    assert!(pending_work(database.settings()).await.unwrap().index_since.is_some());
}

#[tokio::test]
async fn import_waits_for_running_reindex() {
    let (context, files) = (TestContext::new().await, Files::new());
    let holder = context.database.client().await;
    holder.execute("SELECT pg_advisory_lock($1)", &[&REINDEX]).await.unwrap();
    let options = ImportOptions::new(vec![files.write("kr.csv", file(&sample()))]);
    let release = async {
        wait_for(&holder, "locktype = 'advisory'").await;
        holder.execute("SELECT pg_advisory_unlock($1)", &[&REINDEX]).await.unwrap();
    };
    let importing = import_and_index(&options, &context.settings, &NoProgress);
    let (imported, ()) = tokio::join!(importing, release);
    assert_eq!(imported.unwrap().1.unwrap().documents, 12);
    assert_complete(&context).await;
}

#[tokio::test]
async fn reindex_keeps_mark_of_changes_stored_while_it_runs() {
    let (context, files) = (TestContext::new().await, Files::new());
    let options = ImportOptions::new(vec![files.write("kr.csv", file(&sample()))]);
    let settings = context.database.settings();
    import(&options, settings, &NoProgress).await.unwrap();
    // The reindex waits for this lock after it has read the videos.
    let holder = context.database.client().await;
    let lock = "BEGIN; LOCK TABLE video_keyword_new IN ACCESS EXCLUSIVE MODE";
    holder.batch_execute(lock).await.unwrap();
    let store_changes = async {
        wait_for(&holder, "relation = 'video_keyword_new'::regclass").await;
        mark_index_pending(settings).await.unwrap();
        holder.batch_execute("ROLLBACK").await.unwrap();
    };
    let (reindexed, ()) =
        tokio::join!(reindex(&context.settings, None, &NoProgress), store_changes);
    reindexed.unwrap();
    assert!(pending_work(settings).await.unwrap().index_since.is_some());
    reindex(&context.settings, None, &NoProgress).await.unwrap();
    assert_complete(&context).await;
}

#[tokio::test]
async fn reindex_keeps_mark_until_derived_columns_are_computed() {
    let (context, files) = (TestContext::new().await, Files::new());
    interrupt_import(&context, &files).await;
    reindex(&context.settings, None, &NoProgress).await.unwrap();
    let settings = context.database.settings();
    assert!(pending_work(settings).await.unwrap().index_since.is_some());
    complete_interrupted(settings, &NoProgress).await.unwrap();
    reindex(&context.settings, None, &NoProgress).await.unwrap();
    assert_complete(&context).await;
}

/// Waits until another session waits for a lock.
async fn wait_for(client: &tokio_postgres::Client, lock: &str) {
    let waiting = format!(
        "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND {lock}
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
    );
    wait_until(lock, async || client.query_one(&waiting, &[]).await.unwrap().get(0)).await;
}
