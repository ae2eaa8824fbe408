//! Rollups of videos.

use ingest::{
    import::Writer,
    locks::VIDEO_ROLLUP,
    progress::NoProgress,
    rollup::{RefreshSummary, refresh},
};
use test_support::{TestDatabase, tables::query_value};

/// Two channels with a long video every two days and daily observations. Channel 1 has 100 views a
/// day and video, channel 2 has 100,000, and Shorts of channel 1 have 5,000. Video 12, the last
/// one of channel 1, has 1,000.
const ROWS: &str = "
    INSERT INTO channel (idx, channel_id, subscriber_num) VALUES (1, 'UC1', 500), (2, 'UC2', 900000);
    INSERT INTO video (idx, channel_idx, video_id, video_name, upload_time, is_short, category)
    SELECT n, 1, 'a' || n, 'v', now() - make_interval(days => 30 - 2 * n), false, 24
    FROM generate_series(1, 12) AS n
    UNION ALL
    SELECT 100 + n, 2, 'b' || n, 'v', now() - make_interval(days => 30 - 2 * n), false, 24
    FROM generate_series(1, 12) AS n
    UNION ALL
    SELECT 200 + n, 1, 's' || n, 'v', now() - make_interval(days => 30 - 2 * n, hours => 1), true, 24
    FROM generate_series(1, 12) AS n;
    INSERT INTO video_views (video_idx, check_time, views)
    SELECT idx, upload_time + make_interval(days => day), day * CASE
        WHEN idx = 12 THEN 1000 WHEN idx > 200 THEN 5000 WHEN idx > 100 THEN 100000 ELSE 100 END
    FROM video, generate_series(0, 30) AS day
    WHERE upload_time + make_interval(days => day) <= now();";

/// A day later: new observations, including one with more views of an earlier video, and a new
/// video.
const NEXT_DAY: &str = "
    INSERT INTO video_views (video_idx, check_time, views)
    SELECT idx, (SELECT max(check_time) + interval '1 day' FROM video_views w WHERE w.video_idx = idx),
        (SELECT max(w.views) + 50 FROM video_views w WHERE w.video_idx = idx)
    FROM video;
    INSERT INTO video (idx, channel_idx, video_id, video_name, upload_time, is_short)
    VALUES (13, 1, 'a13', 'v', now() - interval '5 days', false);
    INSERT INTO video_views (video_idx, check_time, views)
    SELECT 13, now() - make_interval(days => day), 900 - 100 * day FROM generate_series(1, 4) AS day;
    UPDATE video SET is_short = true WHERE idx = 3;
    UPDATE video SET removed_at = now() WHERE idx = 102;
    UPDATE video SET category = 10 WHERE idx = 11;
    UPDATE channel SET subscriber_num = 501 WHERE idx = 1;
    UPDATE video SET popularity = 1 WHERE channel_idx = 1;";

async fn refreshed(database: &TestDatabase) -> RefreshSummary {
    refresh(database.settings(), false, &NoProgress).await.unwrap().unwrap()
}

/// All rows of the rollups.
async fn rows(database: &TestDatabase) -> String {
    let statement = "SELECT string_agg(part, E'\\n' ORDER BY part) FROM (
        SELECT a::text FROM video_age_views a UNION ALL SELECT o::text FROM video_outlier o
    ) parts (part)";
    query_value(database, statement).await
}

#[tokio::test]
async fn outlier_of_small_channel_ranks_before_usual_video_of_large_one() {
    let database = TestDatabase::create().await;
    database.fill(ROWS).await;
    let summary = refreshed(&database).await;
    assert_eq!((summary.changed, summary.ages, summary.outliers), (36, 36, 27));
    let first = "SELECT concat_ws(' ', video_idx, length, subscribers, age_days, views,
            expected_views, sample, ratio, round(ratio_shrunk::numeric, 3))
        FROM video_outlier ORDER BY ratio_shrunk DESC LIMIT 1";
    // 10^(11 ÷ 13) = 7.017
    assert_eq!(query_value::<String>(&database, first).await, "12 long 500 3 3000 300 11 10 7.017");
    let others = "SELECT count(*) FROM video_outlier WHERE ratio <> 1";
    assert_eq!(query_value::<i64>(&database, others).await, 1);
}

#[tokio::test]
async fn refresh_of_changes_equals_a_rebuild() {
    let database = TestDatabase::create().await;
    database.fill(ROWS).await;
    refreshed(&database).await;
    database.fill("UPDATE video_rollup SET changed_until = now() + interval '3 minutes'").await;
    assert_eq!(refreshed(&database).await, RefreshSummary::default());
    database.fill("UPDATE video_rollup SET changed_until = now() + interval '1 minute'").await;
    database.fill(NEXT_DAY).await;
    refreshed(&database).await;
    let updated = rows(&database).await;
    database.fill("TRUNCATE video_age_views, video_outlier, video_rollup").await;
    refreshed(&database).await;
    assert_eq!(rows(&database).await, updated);
    refresh(database.settings(), true, &NoProgress).await.unwrap();
    assert_eq!(rows(&database).await, updated);
    let removed = "SELECT count(*) FROM video_outlier WHERE video_idx = 102";
    assert_eq!(query_value::<i64>(&database, removed).await, 0);
}

#[tokio::test]
async fn views_by_age_are_kept_after_observations_are_deleted() {
    let database = TestDatabase::create().await;
    database.fill(ROWS).await;
    refreshed(&database).await;
    let known = "SELECT count(day_1) FROM video_age_views";
    database.fill("DELETE FROM video_views; UPDATE video SET views = 1").await;
    refreshed(&database).await;
    assert_eq!(query_value::<i64>(&database, known).await, 36);
    let mut writer = Writer::connect(database.settings(), true).await.unwrap();
    let before: chrono::DateTime<chrono::Utc> =
        query_value(&database, "SELECT now() - interval '170 hours'").await;
    writer.delete_counts(&["a8", "a12"], before).await.unwrap();
    let ages =
        "SELECT string_agg(concat_ws(' ', video_idx, day_1, day_2, day_3, day_7, day_14), ', '
        ORDER BY video_idx) FROM video_age_views WHERE video_idx IN (8, 12)";
    assert_eq!(query_value::<String>(&database, ages).await, "8 700 1400, 12 1000 2000 3000");
}

#[tokio::test]
async fn concurrent_refresh_is_skipped() {
    let database = TestDatabase::create().await;
    database.fill(ROWS).await;
    let client = database.client().await;
    client.execute("SELECT pg_advisory_lock($1)", &[&VIDEO_ROLLUP]).await.unwrap();
    assert_eq!(refresh(database.settings(), false, &NoProgress).await.unwrap(), None);
}
