//! Errors of loading.

use common::{error::root_cause, settings::SettingsError};
use tokio_postgres::error::SqlState;

/// Rows cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The password is missing or unreadable.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The connect timeout has expired.
    #[error("PostgreSQL: connection timed out")]
    TimedOut,
    /// The tables are missing or outdated.
    #[error("the tables are missing or not up to date: run `createtrend migrate` first")]
    NotMigrated,
    /// The lock timeout has expired: another import, seed or program holds a lock.
    #[error(
        "the tables are locked by another import, seed or program: try again after it has ended"
    )]
    Locked,
    /// Any other error of PostgreSQL.
    #[error("PostgreSQL: {}", root_cause(.0))]
    Database(#[source] tokio_postgres::Error),
}

impl From<tokio_postgres::Error> for LoadError {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.code() {
            Some(&SqlState::LOCK_NOT_AVAILABLE) => Self::Locked,
            Some(&SqlState::UNDEFINED_TABLE | &SqlState::UNDEFINED_COLUMN) => Self::NotMigrated,
            _ => Self::Database(error),
        }
    }
}
