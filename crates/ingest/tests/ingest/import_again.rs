//! Repeated `createtrend import`: idempotency, batch sizes and shifts.

use crate::import::{import_files, import_with};
use chrono::{DateTime, TimeDelta, Utc};
use ingest::{
    import::{ImportOptions, import},
    progress::NoProgress,
};
use test_support::{
    TestDatabase,
    dataset::{Files, file, sample, video_row, with_field},
    tables::{all_rows, query_value, rows_without_changed_at, without_keyword_ids},
};

fn now() -> DateTime<Utc> {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn import_is_idempotent() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let path = files.write("kr.csv", file(&sample()));
    let first = import_files(&database, std::slice::from_ref(&path)).await.unwrap();
    let before = all_rows(&database).await;
    let second = import_files(&database, &[path.clone(), path]).await.unwrap();
    assert_eq!(first.added.videos, 12);
    assert_eq!((second.rows, second.added), (2 * first.rows, ingest::load::LoadCounts::default()));
    assert_eq!(all_rows(&database).await, before);
}

#[tokio::test]
async fn import_result_is_independent_of_batch_size() {
    let files = Files::new();
    // The row with more views wins over simultaneous ones.
    let late = with_field(video_row("v0", "UC0", 12, 7_700), "tags", "먹방|더");
    let path = files.write("kr.csv", file(&[sample(), vec![late]].concat()));
    let mut all = Vec::new();
    for batch_rows in [1, 2, 7, 5_000] {
        let database = TestDatabase::create().await;
        let usual = ImportOptions::new(vec![path.clone()]);
        import_with(&database, ImportOptions { batch_rows, ..usual }).await.unwrap();
        all.push(without_keyword_ids(rows_without_changed_at(&database).await));
    }
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(all[0].iter().any(|row| row.contains(r#""keyword": "더""#)));
    assert!(all[0].iter().any(|row| row.contains(r#""views": 7700,"#)));
}

#[tokio::test]
async fn derived_columns_are_independent_of_file_order() {
    let files = Files::new();
    let sample = sample();
    let (early, late) = sample.split_at(10);
    let (early, late) = (files.write("1.csv", file(early)), files.write("2.csv", file(late)));
    let derived = "SELECT string_agg(concat_ws(' ', video_id, v.views, views_growth, popularity,
            subscriber_num), ', ' ORDER BY video_id)
        FROM video v JOIN channel c ON c.idx = v.channel_idx";
    let mut all = Vec::new();
    for order in [[&early, &late], [&late, &early]] {
        let database = TestDatabase::create().await;
        import_files(&database, &order.map(Clone::clone)).await.unwrap();
        all.push(query_value::<String>(&database, derived).await);
        let (separately, [first, second]) = (TestDatabase::create().await, order);
        import_files(&separately, std::slice::from_ref(first)).await.unwrap();
        import_files(&separately, std::slice::from_ref(second)).await.unwrap();
        all.push(query_value::<String>(&separately, derived).await);
    }
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "{all:#?}");
}

#[tokio::test]
async fn shift_to_now_moves_newest_day_to_today() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let path = files.write("kr.csv", file(&sample()));
    let on =
        |now| ImportOptions { shift_to_now: true, now, ..ImportOptions::new(vec![path.clone()]) };
    let summary = import_with(&database, on(now())).await.unwrap();
    assert!(!summary.is_shift_reused);
    assert_eq!(summary.newest, Some("2026-11-22T00:00:00Z".parse().unwrap()));
    let uploaded = "SELECT min(upload_time) FROM video";
    let moved = query_value::<DateTime<Utc>>(&database, uploaded).await;
    assert_eq!(moved, "2026-11-17T09:32:48Z".parse::<DateTime<Utc>>().unwrap());

    // Repeated on the same day, on another day and without the option: no changes.
    let before = all_rows(&database).await;
    for options in
        [on(now()), on(now() + TimeDelta::days(3)), ImportOptions::new(vec![path.clone()])]
    {
        let again = import_with(&database, options.clone()).await.unwrap();
        assert_eq!(again.is_shift_reused, options.shift_to_now);
        assert_eq!(all_rows(&database).await, before);
    }
}

#[tokio::test]
async fn shift_to_now_keeps_shift_of_earlier_import() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let sample = sample();
    let (early, late) = sample.split_at(10);
    let early = files.write("1.csv", file(early));
    let both = vec![early.clone(), files.write("2.csv", file(late))];
    let on = |files, now| ImportOptions { shift_to_now: true, now, ..ImportOptions::new(files) };
    import_with(&database, on(vec![early], now())).await.unwrap();
    import_with(&database, on(both.clone(), now() + TimeDelta::days(2))).await.unwrap();
    let upload_times = "SELECT count(DISTINCT upload_time) FROM video";
    assert_eq!(query_value::<i64>(&database, upload_times).await, 1);
}

#[tokio::test]
async fn concurrent_imports_run_one_after_the_other() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let path = files.write("kr.csv", file(&sample()));
    let options = ImportOptions { batch_rows: 2, ..ImportOptions::new(vec![path.clone()]) };
    let progress = NoProgress;
    let one = || import(&options, database.settings(), &progress);
    let (first, second) = tokio::join!(one(), one());
    assert_eq!(first.unwrap().added.videos + second.unwrap().added.videos, 12);
    let single = TestDatabase::create().await;
    import_files(&single, &[path]).await.unwrap();
    assert_eq!(rows_without_changed_at(&database).await, rows_without_changed_at(&single).await);
}
