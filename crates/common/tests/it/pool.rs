//! The connection pool: timeouts, and classification of errors.

use common::{
    Error,
    db::{Pool, Statement},
    settings::{Millis, PostgresSettings},
};
use diesel::{
    QueryableByName,
    sql_types::{Integer, Text},
};
use diesel_async::RunQueryDsl;
use std::net::TcpListener;
use test_support::TestDatabase;

fn with_short_timeouts(settings: &PostgresSettings) -> PostgresSettings {
    PostgresSettings {
        pool_size: 1,
        acquire_timeout_ms: Millis(50),
        connect_timeout_ms: Millis(500),
        statement_timeout_ms: Millis(50),
        ..settings.clone()
    }
}

#[tokio::test]
async fn pool_reuses_connections() {
    let database = TestDatabase::create().await;
    let pool = Pool::new(&with_short_timeouts(database.settings())).unwrap();
    for _ in 0..3 {
        let mut connection = pool.get().await.unwrap();
        diesel::sql_query("SELECT 1").execute(&mut connection).await.unwrap();
    }
    assert_eq!(pool.check().await, Ok(()));
}

#[tokio::test]
async fn get_from_exhausted_pool_returns_unavailable() {
    let database = TestDatabase::create().await;
    let pool = Pool::new(&with_short_timeouts(database.settings())).unwrap();
    let held = pool.get().await.unwrap();
    assert!(matches!(pool.get().await, Err(Error::Unavailable { .. })));
    drop(held);
    assert!(pool.get().await.is_ok());
}

#[tokio::test]
async fn silent_server_returns_unavailable_after_connect_timeout() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut settings = with_short_timeouts(&test_support::settings().postgres);
    settings.port = silent.local_addr().unwrap().port();
    settings.connect_timeout_ms = Millis(50);
    let pool = Pool::new(&settings).unwrap();
    assert!(matches!(pool.get().await, Err(Error::Unavailable { .. })));
}

#[tokio::test]
async fn slow_statement_returns_timed_out() {
    let database = TestDatabase::create().await;
    let pool = Pool::new(&with_short_timeouts(database.settings())).unwrap();
    let mut connection = pool.get().await.unwrap();
    let slow = "SELECT count(*) FROM generate_series(1, 1000000000)";
    let failed = diesel::sql_query(slow).execute(&mut connection).await.map_err(Error::from);
    assert!(matches!(failed, Err(Error::TimedOut)), "{failed:?}");
}

#[tokio::test]
async fn statement_on_terminated_connection_returns_unavailable() {
    let database = TestDatabase::create().await;
    let pool = Pool::new(&with_short_timeouts(database.settings())).unwrap();
    let mut connection = pool.get().await.unwrap();
    let terminate = "SELECT pg_terminate_backend(pg_backend_pid())";
    let failed = diesel::sql_query(terminate).execute(&mut connection).await.map_err(Error::from);
    assert!(matches!(failed, Err(Error::Unavailable { .. })), "{failed:?}");
}

/// The error of a statement that fails with this SQLSTATE and text.
async fn raise(pool: &Pool, code: &str, message: &str) -> Error {
    let mut connection = pool.get().await.unwrap();
    let raise = format!("DO $$ BEGIN RAISE '{message}' USING ERRCODE = '{code}'; END $$");
    let failed = diesel::sql_query(raise).execute(&mut connection).await;
    failed.map_err(Error::from).unwrap_err()
}

#[tokio::test]
async fn failed_statement_is_classified_by_sqlstate() {
    let database = TestDatabase::create().await;
    let pool = Pool::new(&with_short_timeouts(database.settings())).unwrap();
    for code in ["08006", "25006", "40001", "40P01", "53100", "53200", "55P03", "57P01", "58030"] {
        let error = raise(&pool, code, &format!("서버를 쓸 수 없음 {code}")).await;
        assert!(matches!(error, Error::Unavailable { .. }), "{code}: {error:?}");
    }
    let error = raise(&pool, "57014", "문장이 취소됨").await;
    assert!(matches!(error, Error::TimedOut), "{error:?}");
    for (code, message) in [
        ("22003", "범위를 벗어남"),
        ("XX000", "terminating connection"),
        ("P0001", "canceling statement due to statement timeout (not)"),
    ] {
        let error = raise(&pool, code, message).await;
        assert!(matches!(error, Error::Internal(_)), "{code}: {error:?}");
    }
}

#[tokio::test]
async fn connection_to_read_only_server_is_replaced() {
    let database = TestDatabase::create().await;
    let pool = Pool::new(&with_short_timeouts(database.settings())).unwrap();
    let write = async |statement: &'static str| {
        let mut connection = pool.get().await.unwrap();
        diesel::sql_query(statement).execute(&mut connection).await.map_err(Error::from)
    };
    let table = "CREATE TABLE written ()";
    write("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY").await.unwrap();
    let failed = write(table).await;
    assert!(matches!(failed, Err(Error::Unavailable { .. })), "{failed:?}");
    write(table).await.unwrap();
}

#[tokio::test]
async fn read_only_database_is_ready_for_readers_and_not_for_writers() {
    let database = TestDatabase::create().await;
    let name = &database.settings().database;
    let set = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
    database.client().await.batch_execute(&set).await.unwrap();
    let pool = Pool::new(&with_short_timeouts(database.settings())).unwrap();
    assert_eq!(pool.check().await, Ok(()));
    assert_eq!(pool.check_writable().await, Err("read-only".to_owned()));
    let client = database.client().await;
    client.batch_execute("SET default_transaction_read_only = off").await.unwrap();
    let reset = format!("ALTER DATABASE {name} RESET default_transaction_read_only");
    client.batch_execute(&reset).await.unwrap();
    assert_eq!(pool.check_writable().await, Ok(()));
}

#[tokio::test]
async fn terminated_connection_is_replaced() {
    let database = TestDatabase::create().await;
    let pool = Pool::new(&with_short_timeouts(database.settings())).unwrap();
    drop(pool.get().await.unwrap());
    let terminate = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    database.client().await.batch_execute(terminate).await.unwrap();
    // The first use of the dead connection may fail and removes it from the pool.
    pool.check().await.ok();
    assert_eq!(pool.check().await, Ok(()));
}

#[tokio::test]
async fn statement_is_prepared_once_per_connection() {
    let database = TestDatabase::create().await;
    let pool = Pool::new(&with_short_timeouts(database.settings())).unwrap();
    let mut connection = pool.get().await.unwrap();
    for number in [1, 2, 3] {
        let statement = Statement::new(SUM).bind::<Integer, _>(number).bind::<Integer, _>(10);
        let Sum { sum } = statement.get_result(&mut connection).await.unwrap();
        assert_eq!(sum, 2 * number + 10);
    }
    let count = "SELECT count(*)::integer AS sum FROM pg_prepared_statements WHERE statement = $1";
    let count = Statement::new(count).bind::<Text, _>(SUM);
    assert_eq!(count.get_result::<Sum>(&mut connection).await.unwrap().sum, 1);
}

const SUM: &str = "SELECT $1 + $2 + $1 AS sum";

#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = Integer)]
    sum: i32,
}
