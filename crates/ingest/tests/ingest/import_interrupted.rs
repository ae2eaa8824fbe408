//! `createtrend import`, killed: what it leaves is completed by the next start, and reported until
//! then.

use crate::context::TestContext;
use ingest::{
    bootstrap::bootstrap,
    import::{
        ImportError, ImportOptions, complete_interrupted, import, import_and_index, pending_work,
    },
    progress::NoProgress,
};
use test_support::{
    Database,
    dataset::{Files, file, header, sample},
    tables::{fail_insert_of, query_value, remove_insert_trigger},
};

/// Imports the sample until the insertion of one of its videos fails.
async fn interrupt_import(context: &TestContext, files: &Files) -> ImportOptions {
    let path = files.write("kr.csv", file(&sample()));
    let options = ImportOptions { batch_rows: 3, ..ImportOptions::new(vec![path]) };
    fail_insert_of(&context.database, "v7").await;
    import_and_index(&options, &context.settings, &NoProgress).await.unwrap_err();
    remove_insert_trigger(&context.database).await;
    let pending = pending_work(context.database.settings()).await.unwrap();
    assert_eq!((pending.videos, pending.is_running), (6, false));
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
    // Only what has changed is indexed after that.
    let (_, index) = import_and_index(&options, &context.settings, &NoProgress).await.unwrap();
    assert_eq!(index.unwrap().documents, 0);
}

#[tokio::test]
async fn interrupted_import_is_completed_by_bootstrap() {
    let (context, files) = (TestContext::new().await, Files::new());
    interrupt_import(&context, &files).await;
    bootstrap(0, &context.settings, &NoProgress).await.unwrap();
    assert_complete(&context).await;
    assert!(!complete_interrupted(context.database.settings(), &NoProgress).await.unwrap());
}

#[tokio::test]
async fn import_without_valid_rows_leaves_no_pending_work() {
    let (database, files) = (Database::create().await, Files::new());
    for bulk_bytes in [0, u64::MAX] {
        let usual = ImportOptions::new(vec![files.write("kr.csv", header() + "a,b\n")]);
        let options = ImportOptions { bulk_bytes, ..usual };
        let error = import(&options, database.settings(), &NoProgress).await.unwrap_err();
        assert!(matches!(error, ImportError::NothingImported { .. }), "{error}");
        let pending = pending_work(database.settings()).await.unwrap();
        assert_eq!((pending.videos, pending.index_since), (0, None));
    }
    let options = ImportOptions::new(vec![files.write("kr.csv", file(&sample()))]);
    import(&options, database.settings(), &NoProgress).await.unwrap();
    assert!(pending_work(database.settings()).await.unwrap().index_since.is_some());
}
