//! Import into a database with infinite times and invalid numbers.

use crate::import::{import_files, import_with};
use ingest::import::ImportOptions;
use test_support::{
    TestDatabase,
    dataset::{Files, file, video_row},
    tables::{execute, query_value},
};

const OUT_OF_RANGE_ROWS: &str = "
    INSERT INTO channel (channel_id, channel_start_date, subscriber_num)
    VALUES ('UC1', 'infinity', 100);
    INSERT INTO channel_subscriber (channel_idx, subscriber_num, check_time)
    VALUES (1, '7', 'infinity'), (1, '500', '2020-08-01');
    INSERT INTO video (video_id, video_name, upload_time, channel_idx, views, popularity)
    VALUES ('a', 'old', 'infinity', 1, 900, 'NaN'), ('b', 'old', '-infinity', 1, 900, 'infinity');
    INSERT INTO video_views (video_idx, views, check_time)
    VALUES (1, 1, 'infinity'), (1, 2, '-infinity'), (1, 400, '2020-08-10 12:00+00');
    INSERT INTO video_likes (video_idx, likes, check_time) VALUES (1, 1, 'infinity');";

/// Views, growth and popularity of the video `a`.
const DERIVED: &str =
    "SELECT concat_ws(' ', views, views_growth, popularity) FROM video WHERE video_id = 'a'";

#[tokio::test]
async fn import_ignores_infinite_times_in_derived_columns() {
    let files = Files::new();
    let path = files.write("kr.csv", file(&[video_row("a", "UC1", 12, 1000)]));
    for bulk_bytes in [u64::MAX, 0] {
        let database = TestDatabase::create().await;
        execute(&database, OUT_OF_RANGE_ROWS).await;
        let usual = ImportOptions::new(vec![path.clone()]);
        let options = ImportOptions { bulk_bytes, shift_to_now: false, ..usual };
        let summary = import_with(&database, options).await.unwrap();
        assert_eq!((summary.added.videos, summary.added.views), (0, 1), "{bulk_bytes}");
        let derived: String = query_value(&database, DERIVED).await;
        assert!(derived.starts_with("1000 "), "{derived}");
        assert!(derived.ends_with(" 2"), "1000 views of 500 subscribers: {derived}");
    }
}

#[tokio::test]
async fn shifted_import_with_infinite_times_succeeds() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    execute(&database, OUT_OF_RANGE_ROWS).await;
    let path = files.write("kr.csv", file(&[video_row("a", "UC1", 12, 1000)]));
    let options = ImportOptions { shift_to_now: true, ..ImportOptions::new(vec![path]) };
    assert_eq!(import_with(&database, options).await.unwrap().rows, 1);
}

#[tokio::test]
async fn import_advances_data_version() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let path = files.write("kr.csv", file(&[video_row("a", "UC1", 12, 1000)]));
    let version = "SELECT version FROM data_version";
    let before: i64 = query_value(&database, version).await;
    import_files(&database, &[path]).await.unwrap();
    assert!(query_value::<i64>(&database, version).await > before);
}
