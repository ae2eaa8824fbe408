//! Schema migrations.

use diesel::pg::Pg;
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::error::Error;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Key of the advisory lock that serializes concurrent migrations; arbitrary.
const LOCK: i64 = 0x6372_6561_7465;

/// A failed migration.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct MigrationError(Box<dyn Error + Send + Sync>);

/// Applies pending migrations and returns their names.
///
/// Each migration is one transaction. A database of the Django API is upgraded in place. Needs the
/// multi-thread runtime.
pub async fn migrate(mut connection: AsyncPgConnection) -> Result<Vec<String>, MigrationError> {
    let lock = format!("SELECT pg_advisory_lock({LOCK})");
    diesel::sql_query(lock).execute(&mut connection).await.map_err(failure)?;
    let mut harness = AsyncMigrationHarness::new(connection);
    let applied = tokio::task::block_in_place(|| -> Result<Vec<String>, MigrationError> {
        let versions = harness.run_pending_migrations(MIGRATIONS).map_err(failure)?;
        Ok(versions.iter().map(ToString::to_string).collect())
    });
    // Closing the connection releases the lock.
    applied
}

/// The names of pending migrations.
pub async fn pending_migrations(
    connection: AsyncPgConnection,
) -> Result<Vec<String>, MigrationError> {
    let mut harness = AsyncMigrationHarness::new(connection);
    tokio::task::block_in_place(|| {
        let pending = MigrationHarness::<Pg>::pending_migrations(&mut harness, MIGRATIONS);
        let pending = pending.map_err(failure)?;
        Ok(pending.iter().map(|migration| migration.name().to_string()).collect())
    })
}

fn failure(error: impl Into<Box<dyn Error + Send + Sync>>) -> MigrationError {
    MigrationError(error.into())
}
