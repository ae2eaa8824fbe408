//! Connections that load rows; a lock serializes them.

use super::LoadError;
use crate::{locks, progress::Progress};
use chrono::{DateTime, Utc};
use common::{db::tokio_config, settings::PostgresSettings};
use std::ops::{Deref, DerefMut};
use tokio::time::timeout;
use tokio_postgres::{Client, NoTls, Transaction};

/// A connection with the temporary tables of loading. Dropping it releases its lock and rolls
/// back uncommitted changes.
pub struct Session(Client);

/// Connects within the timeout of the settings.
pub(crate) async fn connect(settings: &PostgresSettings) -> Result<Client, LoadError> {
    let config = tokio_config(settings)?;
    let connecting = timeout(settings.connect_timeout_ms.duration(), config.connect(NoTls));
    let (client, connection) = connecting.await.map_err(|_| LoadError::TimedOut)??;
    // Ends with the client, whose next call returns its errors.
    tokio::spawn(connection);
    Ok(client)
}

impl Session {
    /// Connects and takes the lock on loading, waiting up to ten minutes for another session.
    pub async fn connect_locked(
        settings: &PostgresSettings,
        progress: &dyn Progress,
    ) -> Result<Self, LoadError> {
        let mut session = Self::connect(settings).await?;
        session.lock(progress).await?;
        session.reset_sequences().await?;
        Ok(session)
    }

    /// Connects without the lock on loading.
    pub async fn connect(settings: &PostgresSettings) -> Result<Self, LoadError> {
        let session = Self(connect(settings).await?);
        let migrated = session.query_one(include_str!("sql/is_migrated.sql"), &[]).await?;
        if !migrated.get::<_, bool>(0) {
            return Err(LoadError::NotMigrated);
        }
        session.batch_execute(include_str!("sql/begin_session.sql")).await?;
        Ok(session)
    }

    /// Begins a transaction that holds the lock on loading until it ends.
    pub(crate) async fn begin_locked(&mut self) -> Result<Transaction<'_>, LoadError> {
        let transaction = self.transaction().await?;
        transaction.batch_execute("SET LOCAL lock_timeout = '1min'").await?;
        transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&locks::LOADING]).await?;
        Ok(transaction)
    }

    /// Whether the tables hold at most this number of videos and channels, so that
    /// [`super::Bulk`] is faster.
    pub async fn has_at_most_videos(&self, videos: i64) -> Result<bool, LoadError> {
        Ok(self.query_one(include_str!("sql/has_at_most_videos.sql"), &[&videos]).await?.get(0))
    }

    async fn reset_sequences(&mut self) -> Result<(), LoadError> {
        let transaction = self.transaction().await?;
        transaction.batch_execute(include_str!("sql/lock_tables.sql")).await?;
        transaction.batch_execute(include_str!("sql/reset_sequences.sql")).await?;
        Ok(transaction.commit().await?)
    }

    /// Updates the planner statistics.
    pub async fn analyze(&self) -> Result<(), LoadError> {
        Ok(self.batch_execute(include_str!("sql/analyze.sql")).await?)
    }

    /// Whether another session holds the lock on loading.
    pub(crate) async fn is_locked(&self) -> Result<bool, LoadError> {
        let statement = "SELECT pg_try_advisory_lock($1) AND pg_advisory_unlock($1)";
        Ok(!self.query_one(statement, &[&locks::LOADING]).await?.get::<_, bool>(0))
    }

    /// A recent time at which no loading session was active: all their changes before it are
    /// committed. `None` if a session, such as an import, holds the lock on loading for ten
    /// seconds.
    pub(crate) async fn committed_until(&mut self) -> Result<Option<DateTime<Utc>>, LoadError> {
        let transaction = self.transaction().await?;
        transaction.batch_execute("SET LOCAL lock_timeout = '10s'").await?;
        let lock = transaction
            .execute("SELECT pg_advisory_xact_lock_shared($1)", &[&locks::LOADING])
            .await;
        match lock.map_err(LoadError::from) {
            Ok(_) => {}
            Err(LoadError::Locked) => return Ok(None),
            Err(error) => return Err(error),
        }
        let time = transaction.query_one("SELECT clock_timestamp()", &[]).await?.get(0);
        transaction.commit().await?;
        Ok(Some(time))
    }

    async fn lock(&self, progress: &dyn Progress) -> Result<(), LoadError> {
        if locks::try_lock(self, locks::LOADING).await? {
            return Ok(());
        }
        progress.message("another import or seed is running: waiting for it, up to ten minutes");
        self.batch_execute("SET lock_timeout = '10min'").await?;
        self.execute("SELECT pg_advisory_lock($1)", &[&locks::LOADING]).await?;
        Ok(())
    }
}

impl Deref for Session {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

impl DerefMut for Session {
    fn deref_mut(&mut self) -> &mut Client {
        &mut self.0
    }
}
