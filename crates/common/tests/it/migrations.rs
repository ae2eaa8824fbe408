//! Migrations, on an empty database and on one of the Django API.

use common::db::{connect, migrate, pending_migrations};
use test_support::{TestDatabase, migration_names, unmigrated_database};

/// The tables of the Django API and its crawler, with rows in each.
const DJANGO_DATABASE: &str = include_str!("django_database.sql");

/// The tables of the Django API, with their primary keys.
const TABLES: [(&str, &str); 9] = [
    ("channel", "idx"),
    ("video", "idx"),
    ("video_keyword_new", "idx"),
    ("video_views", "idx"),
    ("video_likes", "idx"),
    ("channel_subscriber", "idx"),
    ("channel_views", "idx"),
    ("auth_user", "id"),
    ("accounts_userinfo", "id"),
];

/// Columns that migrations add.
const ADDED_COLUMNS: &[&str] = &[
    "changed_at",
    "subscriber_estimated",
    "upload_count",
    "popularity_estimated",
    "category",
    "duration_seconds",
    "is_short",
    "live_state",
    "language",
    "comment_count",
    "removed_at",
];

/// All rows as text, without the columns that migrations add.
async fn rows(database: &TestDatabase) -> Vec<String> {
    let client = database.client().await;
    let mut rows = Vec::new();
    for (table, key) in TABLES {
        let query =
            format!("SELECT (to_jsonb(t) - $1::text[])::text FROM {table} t ORDER BY {key}");
        let found = client.query(&query, &[&ADDED_COLUMNS]).await.unwrap();
        rows.extend(found.iter().map(|row| format!("{table} {}", row.get::<_, String>(0))));
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn migrate_on_empty_database_is_idempotent() {
    let database = unmigrated_database().await;
    let settings = database.settings();
    let missing = pending_migrations(connect(settings).await.unwrap()).await.unwrap();
    assert_eq!(missing, migration_names());
    let applied = migrate(connect(settings).await.unwrap()).await.unwrap();
    assert_eq!(applied.len(), missing.len());
    assert!(migrate(connect(settings).await.unwrap()).await.unwrap().is_empty());
    assert!(rows(&database).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn migrate_on_django_database_keeps_every_row() {
    let database = unmigrated_database().await;
    database.client().await.batch_execute(DJANGO_DATABASE).await.unwrap();
    let before = rows(&database).await;
    assert_eq!(before.len(), 13);
    migrate(connect(database.settings()).await.unwrap()).await.unwrap();
    assert_eq!(rows(&database).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn migrate_widens_counts_to_64_bits() {
    let database = unmigrated_database().await;
    let client = database.client().await;
    client.batch_execute(DJANGO_DATABASE).await.unwrap();
    migrate(connect(database.settings()).await.unwrap()).await.unwrap();
    let wide = "UPDATE video SET views = 16000000000 WHERE idx = 1;
        UPDATE video_views SET views = 16000000000 WHERE idx = 1;
        UPDATE video_likes SET likes = 5000000000 WHERE idx = 1;
        UPDATE channel_views SET view_count = 300000000000 WHERE idx = 1";
    client.batch_execute(wide).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn django_crawler_can_write_after_migration() {
    let database = unmigrated_database().await;
    let client = database.client().await;
    client.batch_execute(DJANGO_DATABASE).await.unwrap();
    migrate(connect(database.settings()).await.unwrap()).await.unwrap();
    let insert = "INSERT INTO video (video_name, video_id, upload_time, channel_idx, views,
            views_growth, popularity, crawled)
        VALUES ('new', 'new-video-1', now(), 1, 1, 0, 0.1, true);
        INSERT INTO video_keyword_new (video_idx, keyword)
        SELECT idx, '먹방' FROM video WHERE video_id = 'new-video-1'";
    client.batch_execute(insert).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn change_of_video_or_keywords_updates_changed_at() {
    let database = TestDatabase::create().await;
    let client = database.client().await;
    let video = "INSERT INTO video (video_name, video_id, upload_time) VALUES ('v', 'v', now())";
    client.batch_execute(video).await.unwrap();
    let mut before = changed_at(&client).await;
    for change in [
        "UPDATE video SET views = 5",
        "INSERT INTO video_keyword_new (video_idx, keyword) SELECT idx, 'tag' FROM video",
        "UPDATE video_keyword_new SET keyword = 'other'",
        "DELETE FROM video_keyword_new",
    ] {
        client.batch_execute(change).await.unwrap();
        let after = changed_at(&client).await;
        assert!(after > before, "{change}");
        before = after;
    }
    client.batch_execute("UPDATE video SET views = 5").await.unwrap();
    assert_eq!(changed_at(&client).await, before, "an update without a change");
}

async fn changed_at(client: &tokio_postgres::Client) -> String {
    client.query_one("SELECT changed_at::text FROM video", &[]).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_migrations_apply_each_migration_once() {
    let database = unmigrated_database().await;
    let settings = database.settings();
    let (one, other) = (connect(settings).await.unwrap(), connect(settings).await.unwrap());
    let both = tokio::join!(tokio::spawn(migrate(one)), tokio::spawn(migrate(other)));
    let applied = [both.0.unwrap().unwrap(), both.1.unwrap().unwrap()];
    let counts: Vec<usize> = applied.iter().map(Vec::len).collect();
    assert_eq!(counts.iter().sum::<usize>(), migration_names().len(), "{counts:?}");
}
