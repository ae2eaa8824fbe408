//! Single connections, with a deadline.

use crate::settings::{PostgresSettings, SettingsError};
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use secrecy::ExposeSecret;
use tokio_postgres::NoTls;

/// The connection parameters of `settings`, for clients that are not diesel's, such as
/// those that COPY.
pub fn tokio_config(settings: &PostgresSettings) -> Result<tokio_postgres::Config, SettingsError> {
    let mut config = tokio_postgres::Config::new();
    config
        .host(&settings.host)
        .port(settings.port)
        .dbname(&settings.database)
        .user(&settings.user)
        .password(settings.password()?.expose_secret())
        .application_name("createtrend")
        .connect_timeout(settings.connect_ms.duration());
    Ok(config)
}

/// Opens a connection of its own for a task that is not a request: no statement limit.
pub async fn connect(settings: &PostgresSettings) -> ConnectionResult<AsyncPgConnection> {
    let config = tokio_config(settings)
        .map_err(|error| ConnectionError::BadConnection(error.to_string()))?;
    connect_to(&config).await
}

/// Opens a connection whose traffic is handled on the current runtime.
pub async fn connect_to(config: &tokio_postgres::Config) -> ConnectionResult<AsyncPgConnection> {
    let limit = config.get_connect_timeout().copied().unwrap_or(std::time::Duration::MAX);
    let (client, connection) = tokio::time::timeout(limit, config.connect(NoTls))
        .await
        .map_err(|_| ConnectionError::BadConnection("no answer in time".to_owned()))?
        .map_err(|error| ConnectionError::BadConnection(plain(&error)))?;
    AsyncPgConnection::try_from_client_and_connection(client, connection).await
}

/// The error with its causes: the error itself only says "db error".
fn plain(error: &tokio_postgres::Error) -> String {
    use std::error::Error;
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}
