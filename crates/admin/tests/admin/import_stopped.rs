//! `createtrend import`, stopped on its way and run again.

use crate::{
    dataset::{Files, file, sample},
    import::{import_files, import_with},
    tables::{content, fail_at, let_pass, run, value, wait_at},
};
use admin::{
    import::{ImportOptions, import},
    progress::Progress,
};
use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use test_support::Database;

/// What an import of `path` leaves when nothing stops it.
async fn in_one_go(path: &Path) -> Vec<String> {
    let database = Database::create().await;
    import_files(&database, &[path.to_owned()]).await.unwrap();
    content(&database).await
}

fn small_batches(path: &Path) -> ImportOptions {
    ImportOptions { batch_rows: 3, ..ImportOptions::new(vec![path.to_owned()]) }
}

/// Waits until an import waits at the trap of the database.
pub async fn until_trapped(database: &Database) {
    let waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 1
        AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))";
    let deadline = Instant::now() + Duration::from_mins(1);
    while !value::<bool>(database, waits).await {
        assert!(Instant::now() < deadline, "the import never came to the trap");
    }
}

#[tokio::test]
async fn after_a_failed_batch_the_rest_is_completed() {
    let (database, files) = (Database::create().await, Files::new());
    let path = files.write("kr.csv", file(&sample()));
    fail_at(&database, "v7").await;
    let error = import_with(&database, small_batches(&path)).await.unwrap_err().to_string();
    assert!(error.contains("stopped here"), "{error}");
    assert_eq!(value::<i64>(&database, "SELECT count(*) FROM video").await, 6);
    let_pass(&database).await;
    import_with(&database, small_batches(&path)).await.unwrap();
    assert_eq!(content(&database).await, in_one_go(&path).await);
}

#[tokio::test]
async fn an_import_that_is_dropped_leaves_no_gap() {
    let (database, files) = (Database::create().await, Files::new());
    let path = files.write("kr.csv", file(&sample()));
    wait_at(&database, "v4").await;
    let holder = database.client().await;
    holder.batch_execute("SELECT pg_advisory_lock(1)").await.unwrap();
    let (options, silent) = (small_batches(&path), Progress::silent());
    tokio::select! {
        ended = import(&options, database.settings(), &silent) => panic!("{ended:?}"),
        () = until_trapped(&database) => {}
    }
    drop(holder);
    let_pass(&database).await;
    import_with(&database, small_batches(&path)).await.unwrap();
    assert_eq!(content(&database).await, in_one_go(&path).await);
}

#[tokio::test]
async fn an_import_that_is_killed_is_completed_by_the_next() {
    let (database, files) = (Database::create().await, Files::new());
    // More than a batch before the trap, and more after it.
    let rows: Vec<_> = (0..600).flat_map(numbered_sample).collect();
    let path = files.write("kr.csv", file(&rows));
    wait_at(&database, "v7-500").await;
    let holder = database.client().await;
    holder.batch_execute("SELECT pg_advisory_lock(1)").await.unwrap();
    let mut killed = command(&database, &path);
    until_trapped(&database).await;
    killed.kill().unwrap();
    killed.wait().unwrap();
    drop(holder);
    let_pass(&database).await;
    assert!(value::<i64>(&database, "SELECT count(*) FROM video").await > 0);
    assert!(command(&database, &path).wait().unwrap().success());
    assert_eq!(content(&database).await, in_one_go(&path).await);
}

/// The sample with ids that no other part has.
fn numbered_sample(part: u32) -> Vec<Vec<String>> {
    let mut rows = sample();
    for row in &mut rows {
        row[0] = format!("{}-{part}", row[0]);
    }
    rows
}

/// `createtrend import`, under way.
fn command(database: &Database, path: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_createtrend"))
        .arg("import")
        .arg(path)
        .env("CREATETREND_POSTGRES__DATABASE", &database.settings().database)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn numbers_go_on_after_the_highest() {
    let (database, files) = (Database::create().await, Files::new());
    run(&database, "SELECT setval('video_idx_seq', 1000), setval('channel_idx_seq', 7)").await;
    let path: PathBuf = files.write("kr.csv", file(&sample()));
    import_files(&database, &[path]).await.unwrap();
    assert_eq!(value::<i32>(&database, "SELECT max(idx) FROM video").await, 12);
    let next = "INSERT INTO channel (channel_id, subscriber_num) VALUES ('x', 1) RETURNING idx";
    assert_eq!(value::<i32>(&database, next).await, 5);
}
