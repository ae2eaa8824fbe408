//! `createtrend import`, killed and run again.

use ingest::{
    import::{ImportOptions, import},
    progress::NoProgress,
};
use std::{
    path::Path,
    process::{Child, Command, Stdio},
};
use test_support::{
    TestDatabase, TestIndex,
    dataset::{Files, file, sample},
    tables::{
        block_insert_of, query_value, remove_insert_trigger, rows_without_changed_at,
        wait_for_blocked_insert,
    },
};

#[tokio::test]
async fn killed_import_is_completed_by_next_import() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    // More than a batch before the blocked row, and more after it.
    let rows: Vec<_> = (0..600).flat_map(numbered_sample).collect();
    let path = files.write("kr.csv", file(&rows));
    block_insert_of(&database, "v7-500").await;
    let holder = database.client().await;
    holder.batch_execute("SELECT pg_advisory_lock(1)").await.unwrap();
    let index = TestIndex::empty();
    let mut killed = start_import(&database, &index, &path);
    wait_for_blocked_insert(&database).await;
    killed.kill().unwrap();
    killed.wait().unwrap();
    drop(holder);
    remove_insert_trigger(&database).await;
    assert!(query_value::<i64>(&database, "SELECT count(*) FROM video").await > 0);
    assert!(start_import(&database, &index, &path).wait().unwrap().success());
    let whole = TestDatabase::create().await;
    import(&ImportOptions::new(vec![path]), whole.settings(), &NoProgress).await.unwrap();
    assert_eq!(rows_without_changed_at(&database).await, rows_without_changed_at(&whole).await);
}

/// The sample with ids that are unique to `part`.
fn numbered_sample(part: u32) -> Vec<Vec<String>> {
    let mut rows = sample();
    for row in &mut rows {
        row[0] = format!("{}-{part}", row[0]);
    }
    rows
}

/// Starts `createtrend import`.
fn start_import(database: &TestDatabase, index: &TestIndex, path: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_createtrend"))
        .arg("import")
        .arg(path)
        .env("CREATETREND_POSTGRES__DATABASE", &database.settings().database)
        .env("CREATETREND_ELASTICSEARCH__INDEX_PREFIX", &index.settings().index_prefix)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
