//! `createtrend migrate`

use common::{
    db::{MigrationError, connect},
    settings::{PostgresSettings, SettingsError},
};

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
}

/// Brings the database up to date; returns the names of what was applied.
pub async fn migrate(settings: &PostgresSettings) -> Result<Vec<String>, MigrateError> {
    settings.password()?;
    let connection = connect(settings).await?;
    Ok(common::db::migrate(connection).await?)
}

/// What was applied, as a line.
pub fn describe(applied: &[String]) -> String {
    match applied {
        [] => "the database is up to date".to_owned(),
        names => format!("applied: {}", names.join(", ")),
    }
}
