//! Table contents, and triggers that fail or block insertions.

use crate::TestDatabase;
use std::time::{Duration, Instant};

const TABLES: [&str; 7] = [
    "channel",
    "video",
    "video_keyword_new",
    "video_views",
    "video_likes",
    "channel_subscriber",
    "channel_views",
];

/// All rows of all tables as JSON, ordered by idx.
pub async fn all_rows(database: &TestDatabase) -> Vec<String> {
    let client = database.client().await;
    let mut all = Vec::new();
    for table in TABLES {
        let statement =
            format!("SELECT '{table} ' || to_jsonb(t)::text FROM {table} t ORDER BY idx");
        let rows = client.query(&statement, &[]).await.unwrap();
        all.extend(rows.iter().map(|row| row.get::<_, String>(0)));
    }
    all
}

/// All rows of all tables, as in [`all_rows`] but without `changed_at`.
pub async fn rows_without_changed_at(database: &TestDatabase) -> Vec<String> {
    let without_changed_at = |row: String| match row.split_once("\"changed_at\": \"") {
        Some((before, after)) => {
            format!("{before}{}", after.split_once('"').map_or("", |(_, rest)| rest))
        }
        None => row,
    };
    all_rows(database).await.into_iter().map(without_changed_at).collect()
}

/// Rows of [`rows_without_changed_at`] without the ids of keywords, which depend on the size of
/// batches if tags change.
pub fn without_keyword_ids(rows: Vec<String>) -> Vec<String> {
    let without_id = |row: String| match row.strip_prefix("video_keyword_new {\"idx\": ") {
        Some(rest) => {
            format!("video_keyword_new {}", rest.split_once(", ").map_or("", |(_, rest)| rest))
        }
        None => row,
    };
    let mut rows: Vec<String> = rows.into_iter().map(without_id).collect();
    rows.sort_unstable();
    rows
}

/// Every index, constraint, trigger and storage parameter of the database.
pub async fn schema_definition(database: &TestDatabase) -> String {
    let statement = "SELECT string_agg(part, E'\\n' ORDER BY part) FROM (
        SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL
        SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL
        SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled)
        FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL
        SELECT concat_ws(' ', oid::regclass, reloptions)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
    ) parts (part)";
    query_value(database, statement).await
}

/// The single value that `statement` returns.
pub async fn query_value<T>(database: &TestDatabase, statement: &str) -> T
where
    T: for<'a> tokio_postgres::types::FromSql<'a>,
{
    database.client().await.query_one(statement, &[]).await.unwrap().get(0)
}

/// Executes `statements`.
pub async fn execute(database: &TestDatabase, statements: &str) {
    database.client().await.batch_execute(statements).await.unwrap();
}

/// Makes the insertion of the video `video_id` fail, until [`remove_insert_trigger`].
pub async fn fail_insert_of(database: &TestDatabase, video_id: &str) {
    add_insert_trigger(database, video_id, "RAISE 'stopped here'").await;
}

/// Makes the insertion of the video `video_id` wait for the advisory lock 1, until [`remove_insert_trigger`].
pub async fn block_insert_of(database: &TestDatabase, video_id: &str) {
    add_insert_trigger(database, video_id, "PERFORM pg_advisory_xact_lock(1)").await;
}

async fn add_insert_trigger(database: &TestDatabase, video_id: &str, action: &str) {
    let statements = format!(
        "CREATE FUNCTION test_insert() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
             IF NEW.video_id = '{video_id}' THEN {action}; END IF;
             RETURN NEW;
         END $$;
         CREATE TRIGGER test_insert BEFORE INSERT ON video FOR EACH ROW EXECUTE FUNCTION test_insert()"
    );
    execute(database, &statements).await;
}

/// Removes the trigger of [`fail_insert_of`] or [`block_insert_of`].
pub async fn remove_insert_trigger(database: &TestDatabase) {
    execute(database, "DROP TRIGGER test_insert ON video; DROP FUNCTION test_insert()").await;
}

/// Waits until an insertion is blocked by the trigger.
pub async fn wait_for_blocked_insert(database: &TestDatabase) {
    let is_blocked = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 1
        AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))";
    let deadline = Instant::now() + Duration::from_mins(1);
    while !query_value::<bool>(database, is_blocked).await {
        assert!(Instant::now() < deadline, "no insertion is blocked");
    }
}
