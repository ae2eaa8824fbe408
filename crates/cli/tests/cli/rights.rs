//! What the role of each service may do in the database: everything is tried.

use cli::migrate::migrate;
use common::{db::tokio_config, settings::PostgresSettings};
use std::collections::BTreeMap;
use test_support::{Database, unmigrated_database};
use tokio_postgres::{Client, NoTls, error::SqlState};

const SERVICES: [&str; 5] = ["ai-worker", "auth", "channel", "predict", "video"];

/// What each of them may do, and nothing else.
const RIGHTS: &str = "\
ai-worker reads channel(idx, channel_id)
ai-worker reads video(idx, upload_time, channel_idx)
ai-worker reads video_views(video_idx, views, check_time)
auth adds to accounts_userinfo
auth adds to auth_known_subnet
auth adds to auth_throttle
auth adds to auth_token
auth adds to auth_user
auth changes accounts_userinfo
auth changes auth_known_subnet
auth changes auth_throttle
auth changes auth_token
auth changes auth_user(password, last_login)
auth reads accounts_userinfo
auth reads auth_known_subnet
auth reads auth_throttle
auth reads auth_token
auth reads auth_user
auth removes from auth_known_subnet
auth removes from auth_throttle
auth removes from auth_token
channel reads channel
channel reads channel_subscriber
channel reads channel_views
channel reads data_version
channel reads video
channel reads video_keyword_new
channel reads video_views
predict reads channel(idx, channel_name, thumbnail_url)
predict reads data_version
predict reads video(idx, video_name, channel_idx, thumbnail_url)
video reads channel
video reads data_version
video reads video
video reads video_keyword_new
video reads video_likes
video reads video_views
";

async fn log_in(settings: &PostgresSettings) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = tokio_config(settings).unwrap().connect(NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// The columns of every table.
async fn tables(database: &Database) -> BTreeMap<String, Vec<String>> {
    let columns = "SELECT table_name::text, column_name::text FROM information_schema.columns
        WHERE table_schema = 'public' ORDER BY 1, ordinal_position";
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in database.client().await.query(columns, &[]).await.unwrap() {
        tables.entry(row.get(0)).or_default().push(row.get(1));
    }
    tables
}

/// Whether a statement is permitted, whatever else comes of it. Nothing stays of it.
async fn may(client: &Client, statement: &str) -> bool {
    client.batch_execute("BEGIN").await.unwrap();
    let outcome = client.batch_execute(statement).await;
    client.batch_execute("ROLLBACK").await.unwrap();
    outcome.err().is_none_or(|error| error.code() != Some(&SqlState::INSUFFICIENT_PRIVILEGE))
}

/// The columns for which a statement is permitted, in parentheses; without any if for all.
async fn columns_of(
    client: &Client,
    columns: &[String],
    statement: impl Fn(&str) -> String,
) -> Option<String> {
    let mut permitted = Vec::new();
    for column in columns {
        if may(client, &statement(column)).await {
            permitted.push(column.as_str());
        }
    }
    match permitted.len() {
        0 => None,
        all if all == columns.len() => Some(String::new()),
        _ => Some(format!("({})", permitted.join(", "))),
    }
}

/// What the role of a service may do with a table.
async fn rights(client: &Client, table: &str, columns: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(of) =
        columns_of(client, columns, |name| format!("SELECT {name} FROM {table}")).await
    {
        found.push(format!("reads {table}{of}"));
    }
    let update = |name: &str| format!("UPDATE {table} SET {name} = NULL WHERE false");
    if let Some(of) = columns_of(client, columns, update).await {
        found.push(format!("changes {table}{of}"));
    }
    for (right, statement) in [
        ("adds to", format!("INSERT INTO {table} DEFAULT VALUES")),
        ("removes from", format!("DELETE FROM {table}")),
        ("empties", format!("TRUNCATE {table} CASCADE")),
        ("alters", format!("ALTER TABLE {table} ADD COLUMN more int")),
        ("drops", format!("DROP TABLE {table} CASCADE")),
    ] {
        if may(client, &statement).await {
            found.push(format!("{right} {table}"));
        }
    }
    found
}

/// What all of them may do, a line each.
async fn all_rights(database: &Database) -> String {
    let tables = tables(database).await;
    let mut lines = Vec::new();
    for service in SERVICES {
        let client = log_in(&database.settings_of(service)).await.unwrap();
        for (table, columns) in &tables {
            let found = rights(&client, table, columns).await;
            lines.extend(found.into_iter().map(|right| format!("{service} {right}\n")));
        }
    }
    lines.sort();
    lines.concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn service_role_has_exactly_its_privileges() {
    assert_eq!(all_rights(&Database::create().await).await, RIGHTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn migrate_on_old_database_grants_and_revokes_privileges() {
    let database = unmigrated_database().await;
    let old = include_str!("../../../common/tests/it/old_system.sql");
    database.client().await.batch_execute(old).await.unwrap();
    migrate(database.settings()).await.unwrap();
    assert_eq!(all_rights(&database).await, RIGHTS);
    let too_much = "GRANT ALL ON ALL TABLES IN SCHEMA public TO video, PUBLIC;
        GRANT SELECT (password) ON auth_user TO channel;
        GRANT CREATE ON SCHEMA public TO predict;
        GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO \"ai-worker\"";
    database.client().await.batch_execute(too_much).await.unwrap();
    migrate(database.settings()).await.unwrap();
    assert_eq!(all_rights(&database).await, RIGHTS);
    let worker = log_in(&database.settings_of("ai-worker")).await.unwrap();
    assert!(!may(&worker, "SELECT nextval('video_idx_seq')").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn service_role_cannot_access_other_tables() {
    let database = unmigrated_database().await;
    migrate(database.settings()).await.unwrap();
    for service in SERVICES {
        let client = log_in(&database.settings_of(service)).await.unwrap();
        for statement in [
            "CREATE TABLE mine (id int)",
            "CREATE TEMPORARY TABLE mine (id int)",
            "CREATE SCHEMA mine",
            "CREATE DATABASE mine",
            "CREATE ROLE mine",
            "CREATE EXTENSION dblink",
            "SET ROLE createtrend",
            "SET SESSION AUTHORIZATION createtrend",
            "ALTER ROLE createtrend PASSWORD 'mine'",
            "ALTER SYSTEM SET log_statement = 'all'",
            "COPY (SELECT 1) TO '/tmp/mine'",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "SELECT pg_read_file('/etc/passwd')",
            "SELECT rolpassword FROM pg_authid",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'createtrend'",
        ] {
            // Some of these are not for a transaction: outside, none has an effect either.
            let refused = client.batch_execute(statement).await;
            let code = refused.err().and_then(|error| error.code().cloned());
            let nothing_to_end = statement.starts_with("SELECT pg_terminate") && code.is_none();
            assert!(
                code == Some(SqlState::INSUFFICIENT_PRIVILEGE) || nothing_to_end,
                "{service}: {statement}: {code:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn service_role_cannot_connect_elsewhere_or_change_role() {
    let database = unmigrated_database().await;
    migrate(database.settings()).await.unwrap();
    for service in SERVICES {
        let own = database.settings_of(service);
        log_in(&own).await.unwrap();
        for other in ["postgres", "template1"] {
            let settings = PostgresSettings { database: other.to_owned(), ..own.clone() };
            assert!(log_in(&settings).await.is_err(), "{service} in {other}");
        }
        for other in SERVICES.into_iter().chain(["createtrend", "postgres"]) {
            let settings = PostgresSettings { user: other.to_owned(), ..own.clone() };
            assert_eq!(log_in(&settings).await.is_ok(), other == service, "{service} as {other}");
        }
    }
}
