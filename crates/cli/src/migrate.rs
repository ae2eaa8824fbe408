//! `createtrend migrate`

use common::{
    db::{MigrationError, connect},
    settings::{PostgresSettings, SettingsError},
};
use diesel_async::SimpleAsyncConnection;

const PRIVILEGES: &str = include_str!("privileges.sql");

/// The database cannot be migrated.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// PostgreSQL is unreachable.
    #[error("PostgreSQL: {0}")]
    Connection(#[from] diesel::ConnectionError),
    /// A migration failed and was rolled back.
    #[error(transparent)]
    Migration(#[from] MigrationError),
    /// The services' roles are missing, or the tables have another owner.
    #[error(
        "cannot set the privileges of the services: {0}; deploy/postgres/provision.sh creates their \
         roles"
    )]
    Privileges(#[from] diesel::result::Error),
}

/// Runs the pending migrations and resets the privileges of the services. Returns the names of
/// the applied migrations.
pub async fn migrate(settings: &PostgresSettings) -> Result<Vec<String>, MigrateError> {
    settings.password()?;
    let applied = common::db::migrate(connect(settings).await?).await?;
    connect(settings).await?.batch_execute(PRIVILEGES).await?;
    Ok(applied)
}

/// The applied migrations, as a line of output.
pub fn describe(applied: &[String]) -> String {
    match applied {
        [] => "the database is up to date".to_owned(),
        names => format!("applied: {}", names.join(", ")),
    }
}
