//! The connection over which rows are loaded: one at a time in the whole system.

use super::LoadError;
use crate::progress::Progress;
use common::{db::tokio_config, settings::PostgresSettings};
use std::ops::{Deref, DerefMut};
use tokio::time::timeout;
use tokio_postgres::{Client, NoTls};

/// Any number: whoever loads rows holds this advisory lock.
const LOCK: i64 = 0x6c6f_6164;

/// A connection that holds the lock on loading, with the temporary tables in place.
/// Dropping it ends both, and whatever is not committed.
pub struct Session(Client);

impl Session {
    /// Connects, and waits until no other session loads rows: up to ten minutes, telling
    /// `report` so.
    pub async fn open(
        settings: &PostgresSettings,
        report: &dyn Progress,
    ) -> Result<Self, LoadError> {
        let config = tokio_config(settings)?;
        let connecting = timeout(settings.connect_ms.duration(), config.connect(NoTls));
        let (client, connection) = connecting.await.map_err(|_| LoadError::NoAnswer)??;
        // Ends with the client; what goes wrong is told by the client's next call.
        tokio::spawn(connection);
        let mut session = Self(client);
        let migrated = session.query_one(include_str!("sql/is_migrated.sql"), &[]).await?;
        if !migrated.get::<_, bool>(0) {
            return Err(LoadError::NotMigrated);
        }
        session.lock(report).await?;
        session.batch_execute(include_str!("sql/begin_session.sql")).await?;
        session.align_sequences().await?;
        Ok(session)
    }

    /// Whether the tables hold no more than so many videos, and not many more other rows
    /// than those have: so little that [`super::Bulk`] pays.
    pub async fn holds_at_most(&self, videos: i64) -> Result<bool, LoadError> {
        Ok(self.query_one(include_str!("sql/holds_at_most.sql"), &[&videos]).await?.get(0))
    }

    async fn align_sequences(&mut self) -> Result<(), LoadError> {
        let transaction = self.transaction().await?;
        transaction.batch_execute(include_str!("sql/lock_tables.sql")).await?;
        transaction.batch_execute(include_str!("sql/align_sequences.sql")).await?;
        Ok(transaction.commit().await?)
    }

    /// Lets PostgreSQL plan for as many rows as there are now.
    pub async fn analyze(&self) -> Result<(), LoadError> {
        Ok(self.batch_execute(include_str!("sql/analyze.sql")).await?)
    }

    async fn lock(&self, report: &dyn Progress) -> Result<(), LoadError> {
        let free = self.query_one("SELECT pg_try_advisory_lock($1)", &[&LOCK]).await?;
        if free.get::<_, bool>(0) {
            return Ok(());
        }
        report.message("another import or seed is running: waiting for it, up to ten minutes");
        self.batch_execute("SET lock_timeout = '10min'").await?;
        self.execute("SELECT pg_advisory_lock($1)", &[&LOCK]).await?;
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
