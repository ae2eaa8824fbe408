//! Single connections, with a timeout.

use super::sqlstate::{LastReadOnly, SqlStateStream};
use crate::{
    error::root_cause,
    settings::{PostgresSettings, SettingsError},
};
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use secrecy::ExposeSecret;
use std::{future::Future, io, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, UnixStream},
    time::timeout,
};
use tokio_postgres::{Client, Config, NoTls, config::Host};

/// The connection parameters of `settings`, for clients other than diesel, such as for COPY.
pub fn tokio_config(settings: &PostgresSettings) -> Result<Config, SettingsError> {
    let mut config = Config::new();
    config
        .host(&settings.host)
        .port(settings.port)
        .dbname(&settings.database)
        .user(&settings.user)
        .password(settings.password()?.expose_secret())
        .application_name("createtrend")
        .connect_timeout(settings.connect_timeout_ms.duration());
    Ok(config)
}

/// Opens a connection outside of the pool, without a statement timeout.
pub async fn connect(settings: &PostgresSettings) -> ConnectionResult<AsyncPgConnection> {
    let config = tokio_config(settings)
        .map_err(|error| ConnectionError::BadConnection(error.to_string()))?;
    connect_to(&config).await
}

/// Opens a connection whose traffic is handled on the current runtime.
async fn connect_to(config: &Config) -> ConnectionResult<AsyncPgConnection> {
    let opening = async {
        config
            .connect(NoTls)
            .await
            .map_err(|error| ConnectionError::BadConnection(root_cause(&error)))
    };
    let (client, connection) = with_connect_timeout(config, opening).await?;
    AsyncPgConnection::try_from_client_and_connection(client, connection).await
}

/// Opens a connection of a pool: errors keep their SQLSTATE ([`super::sqlstate`]), and `read_only`
/// is set when a statement fails because the server is read-only.
pub(super) async fn connect_with_sqlstate(
    config: &Config,
    read_only: LastReadOnly,
) -> ConnectionResult<AsyncPgConnection> {
    let opening = async {
        let (Some(host), Some(port)) = (config.get_hosts().first(), config.get_ports().first())
        else {
            return Err(ConnectionError::BadConnection("postgres.host is empty".to_owned()));
        };
        match host {
            Host::Tcp(host) => {
                let stream = TcpStream::connect((host.as_str(), *port))
                    .await
                    .map_err(|error| io_failure(&error))?;
                stream.set_nodelay(true).map_err(|error| io_failure(&error))?;
                log_in(config, SqlStateStream::new(stream, read_only)).await
            }
            Host::Unix(folder) => {
                let socket = folder.join(format!(".s.PGSQL.{port}"));
                let stream =
                    UnixStream::connect(socket).await.map_err(|error| io_failure(&error))?;
                log_in(config, SqlStateStream::new(stream, read_only)).await
            }
        }
    };
    let client = with_connect_timeout(config, opening).await?;
    AsyncPgConnection::try_from(client).await
}

/// Logs in over an open stream, whose traffic a background task handles.
async fn log_in(
    config: &Config,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) -> ConnectionResult<Client> {
    let (client, connection) = config
        .connect_raw(stream, NoTls)
        .await
        .map_err(|error| ConnectionError::BadConnection(root_cause(&error)))?;
    // Ends when the client is dropped or the server disconnects.
    tokio::spawn(connection);
    Ok(client)
}

async fn with_connect_timeout<T>(
    config: &Config,
    opening: impl Future<Output = ConnectionResult<T>>,
) -> ConnectionResult<T> {
    let limit = config.get_connect_timeout().copied().unwrap_or(Duration::MAX);
    let timed_out = |_| ConnectionError::BadConnection("timed out".to_owned());
    timeout(limit, opening).await.map_err(timed_out)?
}

fn io_failure(error: &io::Error) -> ConnectionError {
    ConnectionError::BadConnection(error.to_string())
}
