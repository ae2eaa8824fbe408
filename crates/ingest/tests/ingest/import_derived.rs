//! `createtrend import`: derived columns.

use crate::import::import_files;
use test_support::{
    TestDatabase,
    dataset::{Files, file, video_row, with_field},
    tables::query_value,
};

async fn import_rows(rows: &[Vec<String>]) -> TestDatabase {
    let (database, files) = (TestDatabase::create().await, Files::new());
    import_files(&database, &[files.write("kr.csv", file(rows))]).await.unwrap();
    database
}

async fn derived_columns(database: &TestDatabase, video_id: &str) -> String {
    let statement = format!(
        "SELECT concat_ws(' ', views, views_growth, popularity) FROM video
         WHERE video_id = '{video_id}'"
    );
    query_value(database, &statement).await
}

#[tokio::test]
async fn views_growth_is_daily_rate_of_last_two_observations() {
    let at = |views, time| with_field(video_row("a", "UC1", 1, views), "trending_date", time);
    let rows = [
        at(1_000, "2020-08-12"),
        at(4_000, "2020-08-16"),
        at(2_000, "2020-08-14"),
        video_row("fell", "UC2", 12, 500),
        video_row("fell", "UC2", 13, 440),
        video_row("once", "UC3", 12, 70),
    ];
    let database = import_rows(&rows).await;
    assert_eq!(derived_columns(&database, "a").await, "4000 1000 1");
    assert_eq!(derived_columns(&database, "fell").await, "440 0 1");
    assert_eq!(derived_columns(&database, "once").await, "70 0 1");
}

#[tokio::test]
async fn views_growth_of_short_interval_counts_as_20_hours() {
    let at = |views, time| with_field(video_row("a", "UC1", 1, views), "trending_date", time);
    let rows = [at(100, "2020-08-12T03:00:00Z"), at(130, "2020-08-12T21:00:00Z")];
    assert_eq!(derived_columns(&import_rows(&rows).await, "a").await, "130 36 1");
    let largest = 1_000_000_000_000;
    let rows = [at(0, "2020-08-12T14:59:59Z"), at(largest, "2020-08-12T15:00:00Z")];
    let database = import_rows(&rows).await;
    let growth = largest * 86_400 / 72_000;
    assert!(derived_columns(&database, "a").await.starts_with(&format!("{largest} {growth} ")));
}

#[tokio::test]
async fn views_growth_across_change_of_view_counting_is_zero() {
    let at = |id, views, time| with_field(video_row(id, id, 1, views), "trending_date", time);
    let rows = [
        at("before", 100, "2026-07-30T00:00:00Z"),
        at("before", 150, "2026-07-31T00:00:00Z"),
        at("across", 100, "2026-07-31T00:00:00Z"),
        at("across", 900, "2026-09-02T00:00:00Z"),
        at("after", 100, "2026-09-02T00:00:00Z"),
        at("after", 150, "2026-09-03T00:00:00Z"),
    ];
    let database = import_rows(&rows).await;
    assert_eq!(derived_columns(&database, "before").await, "150 50 1");
    assert_eq!(derived_columns(&database, "across").await, "900 0 1");
    assert_eq!(derived_columns(&database, "after").await, "150 50 1");
}

#[tokio::test]
async fn unknown_subscribers_are_estimated_by_median_views() {
    let rows = [
        video_row("a", "UC1", 12, 1),
        video_row("a", "UC1", 13, 100),
        video_row("b", "UC1", 12, 300),
        video_row("c", "UC1", 12, 200),
        video_row("d", "UC1", 12, 5_000),
        video_row("unseen", "UC2", 12, 0),
        video_row("huge", "UC3", 12, 9_000_000_000),
    ];
    let database = import_rows(&rows).await;
    let estimates =
        "SELECT string_agg(concat_ws(' ', channel_id, subscriber_num, subscriber_estimated),
        ', ' ORDER BY channel_id) FROM channel";
    let expected = "UC1 250 t, UC2 1 t, UC3 2147483647 t";
    assert_eq!(query_value::<String>(&database, estimates).await, expected);
    assert_eq!(query_value::<i64>(&database, "SELECT count(*) FROM channel_subscriber").await, 0);
    assert_eq!(derived_columns(&database, "d").await, "5000 0 20");
    assert_eq!(derived_columns(&database, "unseen").await, "0 0 0");
}
