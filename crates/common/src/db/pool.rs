//! The pool of connections of a process.

use super::{
    connect::{connect_with_sqlstate, tokio_config},
    sqlstate::{LastReadOnly, Outage},
};
use crate::{
    Error,
    http::Dependency,
    settings::{PostgresSettings, SettingsError},
};
use ::deadpool::{
    Runtime,
    managed::{Hook, HookError, Object},
};
use diesel::{QueryableByName, sql_query, sql_types::Bool};
use diesel_async::{
    AsyncPgConnection, RunQueryDsl,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool},
};
use futures_util::{FutureExt, future::BoxFuture};
use std::sync::Arc;

/// A connection that returns to its pool when it is dropped.
pub type Connection = Object<AsyncDieselConnectionManager<AsyncPgConnection>>;

/// Connections to PostgreSQL. Every wait has a timeout. Clones share the pool.
#[derive(Clone)]
pub struct Pool {
    connections: deadpool::Pool<AsyncPgConnection>,
    read_only: LastReadOnly,
}

#[derive(QueryableByName)]
struct Writable {
    #[diesel(sql_type = Bool)]
    writable: bool,
}

impl Pool {
    /// A pool that opens connections on demand, on the requesting worker, so that statements and
    /// rows stay on one thread.
    pub fn new(settings: &PostgresSettings) -> Result<Self, SettingsError> {
        let mut target = tokio_config(settings)?;
        // Statements are planned once per connection, and again after ANALYZE: with the default
        // mode PostgreSQL plans most of them each time: a fifth of the time of a channel list request.
        // `scripts/test -m plans` checks the plans.
        target.options(format!(
            "-c statement_timeout={} -c plan_cache_mode=force_generic_plan",
            settings.statement_timeout_ms.0
        ));
        let read_only = LastReadOnly::default();
        let setup_read_only = read_only.clone();
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(move |_| {
            let (target, read_only) = (target.clone(), setup_read_only.clone());
            async move { connect_with_sqlstate(&target, read_only).await }.boxed()
        });
        let manager = AsyncDieselConnectionManager::new_with_config("", config);
        let last_read_only = read_only.clone();
        // After a failover a new connection may lead to the new primary.
        let reject_read_only = Hook::sync_fn(move |_, metrics| {
            if last_read_only.applies_to(metrics.created) {
                return Err(HookError::message("the server was read-only"));
            }
            Ok(())
        });
        let connections = deadpool::Pool::builder(manager)
            .pre_recycle(reject_read_only)
            .max_size(settings.pool_size)
            .wait_timeout(Some(settings.acquire_timeout_ms.duration()))
            .create_timeout(Some(settings.connect_timeout_ms.duration()))
            .recycle_timeout(Some(settings.connect_timeout_ms.duration()))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| SettingsError::InvalidValue(error.to_string()))?;
        Ok(Self { connections, read_only })
    }

    /// A free or new connection, or an error after `postgres.acquire_timeout_ms`. Boxed: otherwise
    /// each calling crate compiles it again.
    pub fn get(&self) -> BoxFuture<'_, Result<Connection, Error>> {
        let unavailable =
            |error| Error::Unavailable { dependency: "postgres", source: Arc::new(error) };
        async move { self.connections.get().await.map_err(unavailable) }.boxed()
    }

    /// PostgreSQL as a dependency of a service that only reads.
    pub fn dependency(&self) -> Dependency {
        let pool = self.clone();
        Dependency::new("postgres", move || {
            let pool = pool.clone();
            async move { pool.check().await }
        })
    }

    /// PostgreSQL as a dependency of a service that writes.
    pub fn writable_dependency(&self) -> Dependency {
        let pool = self.clone();
        Dependency::new("postgres", move || {
            let pool = pool.clone();
            async move { pool.check_writable().await }
        })
    }

    /// Checks that PostgreSQL responds.
    pub async fn check(&self) -> Result<(), String> {
        self.probe().await.map(drop)
    }

    /// Checks that PostgreSQL responds and is writable: not a standby or read-only by default.
    pub async fn check_writable(&self) -> Result<(), String> {
        if self.probe().await? {
            return Ok(());
        }
        self.read_only.set();
        // The session may be older than the failover: checks again with a new one.
        if self.probe().await? { Ok(()) } else { Err("read-only".to_owned()) }
    }

    /// Whether PostgreSQL is writable; an error if it does not respond.
    async fn probe(&self) -> Result<bool, String> {
        let unreachable = || "unreachable".to_owned();
        let mut connection = self.get().await.map_err(|_| unreachable())?;
        let query = "SELECT current_setting('transaction_read_only') = 'off' AS writable";
        let found: Result<Writable, _> = sql_query(query).get_result(&mut connection).await;
        found.map(|found| found.writable).map_err(|_| unreachable())
    }
}

/// Unavailable, timed out, or an internal error if the statement is at fault.
impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error as Diesel};
        let outage = match &error {
            Diesel::DatabaseError(
                Kind::ClosedConnection
                | Kind::UnableToSendCommand
                | Kind::ReadOnlyTransaction
                | Kind::SerializationFailure,
                _,
            )
            | Diesel::BrokenTransactionManager => Some(Outage::Unavailable),
            Diesel::DatabaseError(Kind::Unknown, info) => Outage::from_message(info.message()),
            _ => None,
        };
        match outage {
            Some(Outage::Unavailable) => {
                Self::Unavailable { dependency: "postgres", source: Arc::new(error) }
            }
            Some(Outage::TimedOut) => Self::TimedOut,
            None => Self::Internal(Arc::new(error)),
        }
    }
}
