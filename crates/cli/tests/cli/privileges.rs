//! The database privileges of each service, determined by trying every statement.

use cli::migrate::migrate;
use common::{db::tokio_config, settings::PostgresSettings};
use std::collections::BTreeMap;
use test_support::{TestDatabase, unmigrated_database};
use tokio_postgres::{Client, NoTls, error::SqlState};

const SERVICES: [&str; 8] =
    ["ai-worker", "auth", "channel", "collector", "keyword", "predict", "trends", "video"];

/// All privileges of the services.
const PRIVILEGES: &str = "\
ai-worker SELECT channel(idx, channel_id, upload_count)
ai-worker SELECT video(idx, upload_time, channel_idx)
ai-worker SELECT video_views(video_idx, views, check_time)
auth DELETE accounts_userinfo
auth DELETE auth_alert
auth DELETE auth_api_key
auth DELETE auth_feed
auth DELETE auth_known_subnet
auth DELETE auth_throttle
auth DELETE auth_token
auth DELETE auth_user
auth DELETE auth_watch
auth INSERT accounts_userinfo
auth INSERT auth_alert
auth INSERT auth_api_key
auth INSERT auth_feed
auth INSERT auth_known_subnet
auth INSERT auth_throttle
auth INSERT auth_token
auth INSERT auth_user
auth INSERT auth_watch
auth SELECT accounts_userinfo
auth SELECT auth_alert
auth SELECT auth_api_key
auth SELECT auth_feed
auth SELECT auth_known_subnet
auth SELECT auth_throttle
auth SELECT auth_token
auth SELECT auth_user
auth SELECT auth_watch
auth SELECT channel(idx, channel_name, thumbnail_url)
auth SELECT channel_views(channel_idx, view_count, check_time)
auth SELECT keyword
auth SELECT keyword_day
auth SELECT keyword_list
auth SELECT keyword_list_entry
auth SELECT video(idx, video_name, video_id, upload_time, channel_idx, thumbnail_url, views, removed_at)
auth SELECT video_outlier
auth UPDATE accounts_userinfo
auth UPDATE auth_alert
auth UPDATE auth_api_key
auth UPDATE auth_feed
auth UPDATE auth_known_subnet
auth UPDATE auth_throttle
auth UPDATE auth_token
auth UPDATE auth_user(password, last_login)
auth UPDATE auth_watch
channel SELECT channel
channel SELECT channel_subscriber
channel SELECT channel_views
channel SELECT collector_quota
channel SELECT collector_source
channel SELECT collector_video
channel SELECT data_source
channel SELECT data_version
channel SELECT video
channel SELECT video_keyword_new
channel SELECT video_views
collector DELETE channel
collector DELETE channel_subscriber
collector DELETE channel_views
collector DELETE collector_channel
collector DELETE collector_quota
collector DELETE collector_source
collector DELETE collector_video
collector DELETE data_source
collector DELETE keyword
collector DELETE keyword_best_times
collector DELETE keyword_day
collector DELETE keyword_day_outdated
collector DELETE keyword_list
collector DELETE keyword_list_entry
collector DELETE keyword_rollup
collector DELETE keyword_score
collector DELETE keyword_spelling
collector DELETE pending_derivation
collector DELETE pending_index
collector DELETE video
collector DELETE video_age_views
collector DELETE video_keyword_new
collector DELETE video_likes
collector DELETE video_outlier
collector DELETE video_rollup
collector DELETE video_views
collector INSERT channel
collector INSERT channel_subscriber
collector INSERT channel_views
collector INSERT collector_channel
collector INSERT collector_quota
collector INSERT collector_source
collector INSERT collector_video
collector INSERT data_source
collector INSERT keyword
collector INSERT keyword_best_times
collector INSERT keyword_day
collector INSERT keyword_day_outdated
collector INSERT keyword_list
collector INSERT keyword_list_entry
collector INSERT keyword_rollup
collector INSERT keyword_score
collector INSERT keyword_spelling
collector INSERT pending_derivation
collector INSERT pending_index
collector INSERT video
collector INSERT video_age_views
collector INSERT video_keyword_new
collector INSERT video_likes
collector INSERT video_outlier
collector INSERT video_rollup
collector INSERT video_views
collector SELECT channel
collector SELECT channel_subscriber
collector SELECT channel_views
collector SELECT collector_channel
collector SELECT collector_quota
collector SELECT collector_source
collector SELECT collector_video
collector SELECT data_source
collector SELECT data_version
collector SELECT keyword
collector SELECT keyword_best_times
collector SELECT keyword_day
collector SELECT keyword_day_outdated
collector SELECT keyword_list
collector SELECT keyword_list_entry
collector SELECT keyword_rollup
collector SELECT keyword_score
collector SELECT keyword_spelling
collector SELECT pending_derivation
collector SELECT pending_index
collector SELECT video
collector SELECT video_age_views
collector SELECT video_keyword_new
collector SELECT video_likes
collector SELECT video_outlier
collector SELECT video_rollup
collector SELECT video_views
collector UPDATE channel
collector UPDATE channel_subscriber
collector UPDATE channel_views
collector UPDATE collector_channel
collector UPDATE collector_quota
collector UPDATE collector_source
collector UPDATE collector_video
collector UPDATE data_source
collector UPDATE data_version
collector UPDATE keyword
collector UPDATE keyword_best_times
collector UPDATE keyword_day
collector UPDATE keyword_day_outdated
collector UPDATE keyword_list
collector UPDATE keyword_list_entry
collector UPDATE keyword_rollup
collector UPDATE keyword_score
collector UPDATE keyword_spelling
collector UPDATE pending_derivation
collector UPDATE pending_index
collector UPDATE video
collector UPDATE video_age_views
collector UPDATE video_keyword_new
collector UPDATE video_likes
collector UPDATE video_outlier
collector UPDATE video_rollup
collector UPDATE video_views
keyword SELECT channel(idx, channel_name, subscriber_estimated)
keyword SELECT data_version
keyword SELECT keyword
keyword SELECT keyword_day
keyword SELECT keyword_list
keyword SELECT keyword_list_entry
keyword SELECT keyword_score
keyword SELECT video(idx, video_name, video_id, thumbnail_url, views)
keyword SELECT video_outlier
predict SELECT channel(idx, channel_name, thumbnail_url)
predict SELECT data_version
predict SELECT video(idx, video_name, channel_idx, thumbnail_url)
trends SELECT data_version
trends SELECT keyword
trends SELECT keyword_list
trends SELECT keyword_list_entry
video SELECT channel
video SELECT data_version
video SELECT keyword
video SELECT keyword_best_times
video SELECT video
video SELECT video_age_views
video SELECT video_keyword_new
video SELECT video_likes
video SELECT video_outlier
video SELECT video_rollup
video SELECT video_views
";

async fn log_in(settings: &PostgresSettings) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = tokio_config(settings).unwrap().connect(NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// The columns of every table.
async fn tables(database: &TestDatabase) -> BTreeMap<String, Vec<String>> {
    let columns = "SELECT table_name::text, column_name::text FROM information_schema.columns
        WHERE table_schema = 'public' ORDER BY 1, ordinal_position";
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in database.client().await.query(columns, &[]).await.unwrap() {
        tables.entry(row.get(0)).or_default().push(row.get(1));
    }
    tables
}

/// Whether a statement is permitted, even if it fails otherwise. Rolled back.
async fn is_permitted(client: &Client, statement: &str) -> bool {
    client.batch_execute("BEGIN").await.unwrap();
    let outcome = client.batch_execute(statement).await;
    client.batch_execute("ROLLBACK").await.unwrap();
    outcome.err().is_none_or(|error| error.code() != Some(&SqlState::INSUFFICIENT_PRIVILEGE))
}

/// The columns that a statement is permitted for, in parentheses; empty for all columns.
async fn permitted_columns(
    client: &Client,
    columns: &[String],
    statement: impl Fn(&str) -> String,
) -> Option<String> {
    let mut permitted = Vec::new();
    for column in columns {
        if is_permitted(client, &statement(column)).await {
            permitted.push(column.as_str());
        }
    }
    match permitted.len() {
        0 => None,
        all if all == columns.len() => Some(String::new()),
        _ => Some(format!("({})", permitted.join(", "))),
    }
}

/// The privileges of a role on a table.
async fn privileges(client: &Client, table: &str, columns: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(columns_text) =
        permitted_columns(client, columns, |name| format!("SELECT {name} FROM {table}")).await
    {
        found.push(format!("SELECT {table}{columns_text}"));
    }
    let update = |name: &str| format!("UPDATE {table} SET {name} = NULL WHERE false");
    if let Some(columns_text) = permitted_columns(client, columns, update).await {
        found.push(format!("UPDATE {table}{columns_text}"));
    }
    for (privilege, statement) in [
        ("INSERT", format!("INSERT INTO {table} DEFAULT VALUES")),
        ("DELETE", format!("DELETE FROM {table}")),
        ("TRUNCATE", format!("TRUNCATE {table} CASCADE")),
        ("ALTER", format!("ALTER TABLE {table} ADD COLUMN more int")),
        ("DROP", format!("DROP TABLE {table} CASCADE")),
    ] {
        if is_permitted(client, &statement).await {
            found.push(format!("{privilege} {table}"));
        }
    }
    found
}

/// The privileges of all services, one per line.
async fn all_privileges(database: &TestDatabase) -> String {
    let tables = tables(database).await;
    let mut lines = Vec::new();
    for service in SERVICES {
        let client = log_in(&database.settings_of(service)).await.unwrap();
        for (table, columns) in &tables {
            let found = privileges(&client, table, columns).await;
            lines.extend(found.into_iter().map(|privilege| format!("{service} {privilege}\n")));
        }
    }
    lines.sort();
    lines.concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn service_role_has_exactly_its_privileges() {
    assert_eq!(all_privileges(&TestDatabase::create().await).await, PRIVILEGES);
}

#[tokio::test(flavor = "multi_thread")]
async fn migrate_on_django_database_grants_and_revokes_privileges() {
    let database = unmigrated_database().await;
    let django = include_str!("../../../common/tests/it/django_database.sql");
    database.client().await.batch_execute(django).await.unwrap();
    migrate(database.settings()).await.unwrap();
    assert_eq!(all_privileges(&database).await, PRIVILEGES);
    let excessive = "GRANT ALL ON ALL TABLES IN SCHEMA public TO video, PUBLIC;
        GRANT SELECT (password) ON auth_user TO channel;
        GRANT CREATE ON SCHEMA public TO predict;
        GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO \"ai-worker\"";
    database.client().await.batch_execute(excessive).await.unwrap();
    migrate(database.settings()).await.unwrap();
    assert_eq!(all_privileges(&database).await, PRIVILEGES);
    let worker = log_in(&database.settings_of("ai-worker")).await.unwrap();
    assert!(!is_permitted(&worker, "SELECT nextval('video_idx_seq')").await);
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
            // Some of these cannot run in a transaction.
            let result = client.batch_execute(statement).await;
            let code = result.err().and_then(|error| error.code().cloned());
            let has_no_backend = statement.starts_with("SELECT pg_terminate") && code.is_none();
            // It stages rows in temporary tables.
            let is_granted = service == "collector"
                && statement.starts_with("CREATE TEMPORARY")
                && code.is_none();
            assert!(
                code == Some(SqlState::INSUFFICIENT_PRIVILEGE) || has_no_backend || is_granted,
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
