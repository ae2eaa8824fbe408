//! The pool of connections of a process.

use super::connect::{connect_to, tokio_config};
use crate::{
    Error,
    http::Dependency,
    settings::{PostgresSettings, SettingsError},
};
use ::deadpool::{Runtime, managed::Object};
use diesel::sql_query;
use diesel_async::{
    AsyncPgConnection, RunQueryDsl,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool},
};
use futures_util::FutureExt;
use std::sync::Arc;

/// A connection that goes back to its pool when it is dropped.
pub type Connection = Object<AsyncDieselConnectionManager<AsyncPgConnection>>;

/// Connections to PostgreSQL. Every wait has a deadline. Cloning shares the pool.
#[derive(Clone)]
pub struct Pool(deadpool::Pool<AsyncPgConnection>);

impl Pool {
    /// A pool that opens its connections when they are needed, on the worker that needs one,
    /// so that statements and rows do not change threads.
    pub fn new(settings: &PostgresSettings) -> Result<Self, SettingsError> {
        let mut target = tokio_config(settings)?;
        // Planned once a connection, and again after ANALYZE: left to itself, PostgreSQL plans most
        // of these statements anew each time, a fifth of what a page of channels takes.
        // `scripts/test -m plans` checks the plans.
        target.options(format!(
            "-c statement_timeout={} -c plan_cache_mode=force_generic_plan",
            settings.statement_ms.0
        ));
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(move |_| {
            let target = target.clone();
            async move { connect_to(&target).await }.boxed()
        });
        let manager = AsyncDieselConnectionManager::new_with_config("", config);
        let pool = deadpool::Pool::builder(manager)
            .max_size(settings.pool_size)
            .wait_timeout(Some(settings.wait_ms.duration()))
            .create_timeout(Some(settings.connect_ms.duration()))
            .recycle_timeout(Some(settings.connect_ms.duration()))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| SettingsError::Unusable(error.to_string()))?;
        Ok(Self(pool))
    }

    /// A connection: one that is free, or a new one, or an error in bounded time.
    pub async fn get(&self) -> Result<Connection, Error> {
        self.0
            .get()
            .await
            .map_err(|error| Error::Unavailable { dependency: "postgres", source: Arc::new(error) })
    }

    /// PostgreSQL as `/health/ready` sees it.
    pub fn dependency(&self) -> Dependency {
        let pool = self.clone();
        Dependency::new("postgres", move || {
            let pool = pool.clone();
            async move { pool.check().await }
        })
    }

    /// Whether PostgreSQL answers.
    pub async fn check(&self) -> Result<(), String> {
        let mut connection = self.get().await.map_err(|_| "does not answer".to_owned())?;
        let answer = sql_query("SELECT 1").execute(&mut connection).await;
        answer.map(drop).map_err(|_| "does not answer".to_owned())
    }
}

/// A statement that failed: the server has gone, it took too long, or the statement is wrong.
impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error as Diesel};
        match &error {
            Diesel::DatabaseError(Kind::ClosedConnection | Kind::UnableToSendCommand, _)
            | Diesel::BrokenTransactionManager => Self::gone(error),
            // diesel does not pass on the SQLSTATE of these.
            Diesel::DatabaseError(Kind::Unknown, about) => match about.message() {
                TIMED_OUT => Self::TooSlow,
                message if GOING.iter().any(|start| message.starts_with(start)) => {
                    Self::gone(error)
                }
                _ => Self::Internal(Arc::new(error)),
            },
            _ => Self::Internal(Arc::new(error)),
        }
    }
}

impl Error {
    fn gone(error: diesel::result::Error) -> Self {
        Self::Unavailable { dependency: "postgres", source: Arc::new(error) }
    }
}

/// What PostgreSQL says of a statement that took longer than `statement_timeout`
/// (SQLSTATE 57014); `scripts/up` and the images leave its language at English.
const TIMED_OUT: &str = "canceling statement due to statement timeout";

/// How it begins what it says of a connection that it ends, or does not take, because it
/// stops, starts or has crashed (SQLSTATE 57P01 to 57P03).
const GOING: [&str; 2] = ["terminating connection", "the database system is"];
