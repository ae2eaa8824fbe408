//! Errors of loading.

use common::settings::SettingsError;
use std::error::Error;
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
    #[error("PostgreSQL: {}", root(.0))]
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

/// The root cause of the error, whose own text is only "db error".
fn root(error: &tokio_postgres::Error) -> String {
    let mut deepest: &dyn Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}
