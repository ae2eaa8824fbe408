//! `createtrend migrate`

use common::{
    db::{MigrationError, connect},
    settings::{PostgresSettings, SettingsError},
};
use diesel_async::SimpleAsyncConnection;

/// What each service may do in the database.
const RIGHTS: &str = include_str!("rights.sql");

/// Why the database is not up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// PostgreSQL does not answer.
    #[error("PostgreSQL: {0}")]
    Connection(#[from] diesel::ConnectionError),
    /// A migration failed, and changed nothing.
    #[error(transparent)]
    Migration(#[from] MigrationError),
    /// The services' roles are not there, or the tables are somebody else's.
    #[error("the rights of the services: {0}; deploy/postgres/provision.sh makes their roles")]
    Rights(#[from] diesel::result::Error),
}

/// Brings the database up to date, and what each service may do in it; returns the names of
/// the migrations that were applied.
pub async fn migrate(settings: &PostgresSettings) -> Result<Vec<String>, MigrateError> {
    settings.password()?;
    let applied = common::db::migrate(connect(settings).await?).await?;
    connect(settings).await?.batch_execute(RIGHTS).await?;
    Ok(applied)
}

/// What was applied, as a line.
pub fn describe(applied: &[String]) -> String {
    match applied {
        [] => "the database is up to date".to_owned(),
        names => format!("applied: {}", names.join(", ")),
    }
}
