//! `createtrend seed`

use chrono::{DateTime, TimeDelta, Utc};
use ingest::{
    progress::NoProgress,
    seed::{SeedError, SeedSummary, seed},
};
use test_support::TestDatabase;
use test_support::tables::{
    all_rows, execute, fail_insert_of, query_value, remove_insert_trigger, rows_without_changed_at,
};

fn now() -> DateTime<Utc> {
    "2026-11-22T03:20:00Z".parse().unwrap()
}

async fn seed_at(
    database: &TestDatabase,
    scale: u32,
    now: DateTime<Utc>,
) -> Result<SeedSummary, SeedError> {
    seed(scale, database.settings(), now, &NoProgress).await
}

#[tokio::test]
async fn seed_is_deterministic() {
    let (one, other) = (TestDatabase::create().await, TestDatabase::create().await);
    let summary = seed_at(&one, 300, now()).await.unwrap();
    seed_at(&other, 300, now()).await.unwrap();
    assert_eq!((summary.added.videos, summary.added.channels), (300, 40));
    assert_eq!(rows_without_changed_at(&one).await, rows_without_changed_at(&other).await);
}

#[tokio::test]
async fn seed_on_same_day_is_idempotent() {
    let database = TestDatabase::create().await;
    seed_at(&database, 300, now()).await.unwrap();
    let before = all_rows(&database).await;
    let again = seed_at(&database, 300, now() + TimeDelta::hours(5)).await.unwrap();
    assert_eq!(again, SeedSummary { scale: 300, ..SeedSummary::default() });
    assert_eq!(all_rows(&database).await, before);
}

#[tokio::test]
async fn seed_on_later_day_shifts_times_by_whole_days() {
    let (shifted, new) = (TestDatabase::create().await, TestDatabase::create().await);
    seed_at(&shifted, 200, now()).await.unwrap();
    seed_at(&new, 200, now() + TimeDelta::weeks(1)).await.unwrap();
    let before: Vec<String> = rows_without_changed_at(&shifted).await;
    let summary = seed_at(&shifted, 200, now() + TimeDelta::days(7)).await.unwrap();
    assert_eq!((summary.shifted_days, summary.added.videos, summary.added.subscribers), (7, 0, 0));
    // After whole weeks the weekdays are equal, and so are all rows.
    assert_ne!(rows_without_changed_at(&shifted).await, before);
    assert_eq!(rows_without_changed_at(&shifted).await, rows_without_changed_at(&new).await);
    let summary = seed_at(&shifted, 220, now() + TimeDelta::days(9)).await.unwrap();
    assert_eq!((summary.shifted_days, summary.added.videos), (2, 20));
    let earlier_hour = now() + TimeDelta::days(10) - TimeDelta::hours(2);
    assert_eq!(seed_at(&shifted, 220, earlier_hour).await.unwrap().shifted_days, 0);
    let newest = "SELECT max(check_time) FROM video_views";
    let newest = query_value::<DateTime<Utc>>(&shifted, newest).await;
    assert_eq!(newest, "2026-12-01T03:00:00Z".parse::<DateTime<Utc>>().unwrap());
}

#[tokio::test]
async fn seed_with_larger_scale_adds_rows() {
    let (grown, whole) = (TestDatabase::create().await, TestDatabase::create().await);
    seed_at(&grown, 250, now()).await.unwrap();
    let before = all_rows(&grown).await;
    seed_at(&grown, 900, now()).await.unwrap();
    let after = all_rows(&grown).await;
    assert!(before.iter().all(|row| after.contains(row)));
    seed_at(&whole, 900, now()).await.unwrap();
    assert_eq!(rows_without_changed_at(&whole).await.len(), after.len());
}

#[tokio::test]
async fn seed_after_failure_completes_demo() {
    let (stopped, whole) = (TestDatabase::create().await, TestDatabase::create().await);
    fail_insert_of(&stopped, "demo00003wa").await;
    seed_at(&stopped, 5_100, now()).await.unwrap_err();
    assert_eq!(query_value::<i64>(&stopped, "SELECT count(*) FROM video").await, 5_000);
    remove_insert_trigger(&stopped).await;
    seed_at(&stopped, 5_100, now() + TimeDelta::hours(1)).await.unwrap();
    seed_at(&whole, 5_100, now()).await.unwrap();
    assert!(rows_without_changed_at(&stopped).await == rows_without_changed_at(&whole).await);
}

#[tokio::test]
async fn seed_with_other_videos_is_rejected() {
    let database = TestDatabase::create().await;
    let real =
        "INSERT INTO video (video_id, video_name, upload_time) VALUES ('uq5LClQN3cE', '', now())";
    execute(&database, real).await;
    let before = all_rows(&database).await;
    let error = seed_at(&database, 100, now()).await.unwrap_err();
    assert!(matches!(error, SeedError::OtherVideos), "{error}");
    assert_eq!(all_rows(&database).await, before);
}

#[tokio::test]
async fn seed_of_a_database_with_real_collection_is_rejected() {
    let database = TestDatabase::create().await;
    execute(&database, "INSERT INTO data_source (name, is_simulated) VALUES ('collector', false)")
        .await;
    let error = seed_at(&database, 100, now()).await.unwrap_err();
    assert!(matches!(error, SeedError::RealCollection), "{error}");
    let simulated = "UPDATE data_source SET is_simulated = true";
    execute(&database, simulated).await;
    seed_at(&database, 100, now()).await.unwrap();
}

#[tokio::test]
async fn seed_with_other_videos_added_later_changes_nothing() {
    let database = TestDatabase::create().await;
    seed_at(&database, 100, now()).await.unwrap();
    let real =
        "INSERT INTO video (video_id, video_name, upload_time) VALUES ('uq5LClQN3cE', '', now())";
    execute(&database, real).await;
    let before = all_rows(&database).await;
    let summary = seed_at(&database, 200, now() + TimeDelta::days(2)).await.unwrap();
    assert_eq!((summary.shifted_days, summary.added.videos), (0, 0));
    assert_eq!(all_rows(&database).await, before);
}

#[tokio::test]
async fn demo_derived_columns_match_stored_counts() {
    let database = TestDatabase::create().await;
    seed_at(&database, 500, now()).await.unwrap();
    let wrong = "SELECT count(*) FROM video v LEFT JOIN channel c ON c.idx = v.channel_idx
        CROSS JOIN LATERAL (
            SELECT (array_agg(views ORDER BY check_time DESC))[1] AS last,
                (array_agg(views ORDER BY check_time DESC))[2] AS before
            FROM video_views WHERE video_idx = v.idx
        ) counted
        WHERE (v.views, v.views_growth, v.popularity) IS DISTINCT FROM
            (last, coalesce(last - before, 0), last / c.subscriber_num::float8)";
    assert_eq!(query_value::<i64>(&database, wrong).await, 0);
    let wrong =
        "SELECT count(*) FROM channel c WHERE NOT hidden_subscriber AND subscriber_num::text <>
        (SELECT subscriber_num FROM channel_subscriber
         WHERE channel_idx = c.idx ORDER BY check_time DESC LIMIT 1)";
    assert_eq!(query_value::<i64>(&database, wrong).await, 0);
}
