//! Contents of whole tables, and traps that stop an insertion.

use crate::Database;
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

/// Every row of every table, as JSON, in the order of their numbers.
pub async fn dump(database: &Database) -> Vec<String> {
    let client = database.client().await;
    let mut dump = Vec::new();
    for table in TABLES {
        let statement =
            format!("SELECT '{table} ' || to_jsonb(t)::text FROM {table} t ORDER BY idx");
        let rows = client.query(&statement, &[]).await.unwrap();
        dump.extend(rows.iter().map(|row| row.get::<_, String>(0)));
    }
    dump
}

/// The same without `changed_at`.
pub async fn content(database: &Database) -> Vec<String> {
    let without_changed_at = |row: String| match row.split_once("\"changed_at\": \"") {
        Some((before, after)) => {
            format!("{before}{}", after.split_once('"').map_or("", |(_, rest)| rest))
        }
        None => row,
    };
    dump(database).await.into_iter().map(without_changed_at).collect()
}

/// Every index, constraint, trigger and storage parameter of the database.
pub async fn schema(database: &Database) -> String {
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
    value(database, statement).await
}

/// The one value that `statement` gives.
pub async fn value<T>(database: &Database, statement: &str) -> T
where
    T: for<'a> tokio_postgres::types::FromSql<'a>,
{
    database.client().await.query_one(statement, &[]).await.unwrap().get(0)
}

/// Runs `statements`.
pub async fn run(database: &Database, statements: &str) {
    database.client().await.batch_execute(statements).await.unwrap();
}

/// Fails the insertion of the video `video_id`, until [`let_pass`].
pub async fn fail_at(database: &Database, video_id: &str) {
    set_trap(database, video_id, "RAISE 'stopped here'").await;
}

/// Makes the insertion of the video `video_id` wait as long as somebody holds the advisory
/// lock 1, until [`let_pass`].
pub async fn wait_at(database: &Database, video_id: &str) {
    set_trap(database, video_id, "PERFORM pg_advisory_xact_lock(1)").await;
}

async fn set_trap(database: &Database, video_id: &str, action: &str) {
    let statements = format!(
        "CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
             IF NEW.video_id = '{video_id}' THEN {action}; END IF;
             RETURN NEW;
         END $$;
         CREATE TRIGGER trap BEFORE INSERT ON video FOR EACH ROW EXECUTE FUNCTION trap()"
    );
    run(database, &statements).await;
}

/// Removes the trap.
pub async fn let_pass(database: &Database) {
    run(database, "DROP TRIGGER trap ON video; DROP FUNCTION trap()").await;
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
