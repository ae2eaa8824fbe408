//! Counts of keywords by day.

use chrono::{NaiveDate, Utc};
use common::{keywords::keyword_key, time::seoul_day};
use ingest::{
    locks::KEYWORD_ROLLUP,
    progress::NoProgress,
    rollup::keywords::{KeywordSummary, RefreshScope, refresh},
};
use std::collections::{BTreeMap, BTreeSet};
use test_support::{TestDatabase, tables::execute};

pub async fn count(database: &TestDatabase, scope: RefreshScope) -> KeywordSummary {
    let counted = refresh(database.settings(), scope, Utc::now(), &NoProgress).await;
    counted.unwrap().unwrap()
}

/// Videos, channels and views by day and key.
type Counts = BTreeMap<(NaiveDate, String), (i64, i64, i64)>;

async fn stored(database: &TestDatabase) -> Counts {
    let statement = "SELECT day, key, videos::bigint, channels::bigint, views
        FROM keyword_day JOIN keyword ON idx = keyword_idx";
    let rows = database.client().await.query(statement, &[]).await.unwrap();
    let count = |row: &tokio_postgres::Row| {
        ((row.get(0), row.get(1)), (row.get(2), row.get(3), row.get(4)))
    };
    rows.iter().map(count).collect()
}

/// Channel and views by video.
type UsedVideos = BTreeMap<i32, (Option<i32>, i64)>;

fn int(count: usize) -> i64 {
    i64::try_from(count).unwrap()
}

/// Counts the rows one by one.
async fn recount(database: &TestDatabase) -> Counts {
    let statement = "SELECT v.idx, v.upload_time, v.channel_idx, v.views, k.keyword
        FROM video v JOIN video_keyword_new k ON k.video_idx = v.idx
        WHERE removed_at IS NULL AND isfinite(upload_time)";
    let mut videos: BTreeMap<(NaiveDate, String), UsedVideos> = BTreeMap::new();
    for row in database.client().await.query(statement, &[]).await.unwrap() {
        let key = keyword_key(row.get(4));
        if !key.is_empty() {
            let views = row.get::<_, Option<i64>>(3).unwrap_or(0);
            let of_key = videos.entry((seoul_day(row.get(1)), key)).or_default();
            of_key.insert(row.get(0), (row.get(2), views));
        }
    }
    let counts = |videos: UsedVideos| {
        let channels: BTreeSet<i32> = videos.values().filter_map(|video| video.0).collect();
        let views = videos.values().map(|video| video.1).sum();
        (int(videos.len()), int(channels.len()), views)
    };
    videos.into_iter().map(|(key, videos)| (key, counts(videos))).collect()
}

/// 300 videos of 20 channels on 40 days, with several spellings of their keywords.
const VIDEOS: &str = "
    INSERT INTO channel (idx, channel_id, subscriber_num)
    SELECT n, 'UC' || n, n * 1000 FROM generate_series(1, 20) n;
    INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx, views)
    SELECT n, 'video', 'id' || n, now() - n * interval '193 minutes',
        CASE WHEN n % 11 > 0 THEN n * 7 % 20 + 1 END, CASE WHEN n % 13 > 0 THEN n * 100 END
    FROM generate_series(1, 300) n;
    INSERT INTO video_keyword_new (video_idx, keyword)
    SELECT n, spelling
    FROM generate_series(1, 300) n,
        unnest(ARRAY['먹방', ' 먹 방', 'BTS', 'bts', 'ＢＴＳ', 'b t s', '요리', 'Cafe', 'café', ' ',
            'c++', 'c', '½컵']) WITH ORDINALITY s (spelling, position)
    WHERE (n * position) % 5 = 0";

#[tokio::test]
async fn counts_after_changes_equal_recount() {
    let database = TestDatabase::create().await;
    execute(&database, VIDEOS).await;
    let first = count(&database, RefreshScope::Changes).await;
    assert!(first.days >= 40, "{first:?}");
    let counted = stored(&database).await;
    assert!(counted.len() > 200);
    assert_eq!(counted, recount(&database).await);

    // Changes before the overlap of two refreshes; only changes after it are found by their time.
    execute(
        &database,
        "ALTER TABLE video DISABLE TRIGGER video_touch;
        UPDATE video SET changed_at = now() - interval '1 day';
        ALTER TABLE video ENABLE TRIGGER video_touch",
    )
    .await;
    for change in [
        "DELETE FROM video_keyword_new WHERE video_idx = 5;
         DELETE FROM video WHERE idx = 5",
        "UPDATE video SET upload_time = upload_time - interval '3 days' WHERE idx IN (10, 11)",
        "UPDATE video SET upload_time = 'infinity' WHERE idx = 15",
        "UPDATE video SET removed_at = now() WHERE idx = 20",
        "UPDATE video SET views = views + 1 WHERE idx BETWEEN 30 AND 40",
        "UPDATE video SET channel_idx = 3 WHERE idx BETWEEN 41 AND 60",
        "DELETE FROM video_keyword_new WHERE video_idx BETWEEN 61 AND 70",
        "INSERT INTO video_keyword_new (video_idx, keyword) SELECT n, '새 단어' FROM generate_series(61, 65) n",
        "UPDATE video_keyword_new SET keyword = '먹방 ' WHERE keyword = '먹방' AND video_idx < 100",
        "INSERT INTO video (idx, video_name, video_id, upload_time)
         VALUES (1000, 'new', 'new', now() - interval '400 days');
         INSERT INTO video_keyword_new (video_idx, keyword) VALUES (1000, 'new')",
    ] {
        execute(&database, change).await;
        let changed = count(&database, RefreshScope::Changes).await;
        assert!((1..40).contains(&changed.days), "{change}: {changed:?}");
        assert_eq!(stored(&database).await, recount(&database).await, "{change}");
    }

    let again = count(&database, RefreshScope::All).await;
    assert_eq!(again.changed, 0, "a rebuild finds the same counts");
}

#[tokio::test]
async fn spellings_of_a_keyword_share_a_row_with_the_most_frequent_name() {
    let database = TestDatabase::create().await;
    execute(&database, VIDEOS).await;
    count(&database, RefreshScope::Changes).await;
    let client = database.client().await;
    let names = client.query("SELECT key, name FROM keyword ORDER BY key", &[]).await.unwrap();
    let names: Vec<(String, String)> = names.iter().map(|row| (row.get(0), row.get(1))).collect();
    let keys: Vec<&str> = names.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["bts", "c", "cafe", "cplusplus", "½컵", "먹방", "요리"]);
    assert_eq!(names[0].1, "ＢＴＳ", "on every video");
}

#[tokio::test]
async fn refresh_while_another_process_counts_returns_none() {
    let database = TestDatabase::create().await;
    let client = database.client().await;
    client.execute("SELECT pg_advisory_lock($1)", &[&KEYWORD_ROLLUP]).await.unwrap();
    let counted = refresh(database.settings(), RefreshScope::All, Utc::now(), &NoProgress).await;
    assert_eq!(counted.unwrap(), None);
}

#[tokio::test]
async fn refresh_with_privileges_of_the_collector_succeeds() {
    let database = TestDatabase::create().await;
    execute(&database, VIDEOS).await;
    let settings = database.settings_of("collector");
    let counted = refresh(&settings, RefreshScope::Changes, Utc::now(), &NoProgress).await.unwrap();
    assert!(counted.unwrap().changed > 0);
}
