//! One connection to RabbitMQ, opened within a deadline.

use crate::{
    Error,
    settings::{RabbitmqSettings, SettingsError},
};
use lapin::{
    AsyncTcpStream, Connection, ConnectionProperties,
    protocol::{AMQPErrorKind, AMQPHardError},
    runtime,
    tcp::AMQPUriTcpExt,
    uri::{AMQPAuthority, AMQPQueryString, AMQPScheme, AMQPUri, AMQPUserInfo},
};
use parking_lot::Mutex;
use secrecy::ExposeSecret;
use std::{
    io,
    net::{Shutdown, TcpStream},
    os::fd::AsFd,
    sync::Arc,
    time::Duration,
};
use tokio::time::timeout;

/// The heartbeat interval in seconds; a peer that is silent for two intervals is disconnected.
const HEARTBEAT: u16 = 10;

/// Why an operation on RabbitMQ failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BrokerError {
    /// The settings are invalid.
    #[error(transparent)]
    Settings(Arc<SettingsError>),
    /// RabbitMQ or the connection to it reported an error.
    #[error("RabbitMQ: {0}")]
    Amqp(#[from] lapin::Error),
    /// No reply within the deadline.
    #[error("RabbitMQ timed out")]
    TimedOut,
    /// RabbitMQ accepts no messages at present: a memory or disk alarm.
    #[error("RabbitMQ blocks publishers: memory or disk alarm")]
    Blocked,
    /// RabbitMQ rejected a message, or no queue with this name exists.
    #[error("RabbitMQ could not route the message to `{0}`")]
    Unroutable(String),
    /// RabbitMQ cancelled the consumer of this queue.
    #[error("RabbitMQ cancelled the consumer of `{0}`")]
    ConsumerCancelled(String),
}

impl BrokerError {
    /// Whether the operation may succeed on another channel or connection: everything but
    /// invalid settings and a refusal by RabbitMQ (an AMQP soft error).
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Amqp(error) => !error.is_amqp_soft_error(),
            Self::TimedOut | Self::Blocked | Self::Unroutable(_) | Self::ConsumerCancelled(_) => {
                true
            }
            Self::Settings(_) => false,
        }
    }

    /// Whether RabbitMQ closed the connection because of a request on it: an AMQP hard error, except
    /// a shutdown or an action of an operator.
    pub fn is_connection_exception(&self) -> bool {
        let Self::Amqp(error) = self else { return false };
        match error.kind() {
            lapin::ErrorKind::ProtocolError(error) => matches!(
                error.kind(),
                AMQPErrorKind::Hard(kind) if *kind != AMQPHardError::CONNECTIONFORCED
            ),
            _ => false,
        }
    }
}

impl From<SettingsError> for BrokerError {
    fn from(error: SettingsError) -> Self {
        Self::Settings(Arc::new(error))
    }
}

impl From<BrokerError> for Error {
    fn from(error: BrokerError) -> Self {
        Self::Unavailable { dependency: "rabbitmq", source: Arc::new(error) }
    }
}

/// Connects and logs in once.
pub async fn check(settings: &RabbitmqSettings) -> Result<(), BrokerError> {
    let (connection, _socket) = connect(settings, "check").await?;
    // The login has succeeded; an error while closing does not matter.
    timeout(settings.connect_timeout_ms.duration(), connection.close(200, "checked".into()))
        .await
        .ok();
    Ok(())
}

/// The TCP connection below an AMQP connection.
#[derive(Clone, Default)]
pub(super) struct Socket(Arc<Mutex<SocketState>>);

#[derive(Default)]
enum SocketState {
    #[default]
    Connecting,
    Open(TcpStream),
    Shutdown,
}

impl Socket {
    /// Records the connected stream, or disconnects it if `shutdown` was called before.
    fn set(&self, stream: TcpStream) {
        let mut state = self.0.lock();
        match &*state {
            SocketState::Shutdown => drop(stream.shutdown(Shutdown::Both)),
            _ => *state = SocketState::Open(stream),
        }
    }

    /// Disconnects immediately, without the AMQP closing handshake. lapin's I/O thread, which
    /// otherwise waits for a silent peer indefinitely while connecting, then ends.
    pub(super) fn shutdown(&self) {
        let mut state = self.0.lock();
        if let SocketState::Open(stream) = std::mem::replace(&mut *state, SocketState::Shutdown) {
            stream.shutdown(Shutdown::Both).ok();
        }
    }
}

/// Opens a connection that RabbitMQ lists under this name.
pub(super) async fn connect(
    settings: &RabbitmqSettings,
    name: &str,
) -> Result<(Connection, Socket), BrokerError> {
    let limit = settings.connect_timeout_ms.duration();
    let properties = ConnectionProperties::default().with_connection_name(name.into());
    let socket = Socket::default();
    let opened = socket.clone();
    let connecting = Connection::connector(
        uri(settings)?,
        runtime::default_runtime()?,
        async move |uri, runtime| {
            let stream = with_connect_timeout(limit, uri.connect_async(&runtime)).await?;
            if let AsyncTcpStream::Plain(plain) = &stream {
                opened.set(plain.get_ref().as_fd().try_clone_to_owned()?.into());
            }
            Ok(stream)
        },
        properties,
    );
    let Ok(connection) = timeout(limit, connecting).await else {
        socket.shutdown();
        return Err(BrokerError::TimedOut);
    };
    Ok((connection?, socket))
}

async fn with_connect_timeout<T>(
    limit: Duration,
    connecting: impl Future<Output = io::Result<T>>,
) -> io::Result<T> {
    timeout(limit, connecting).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

fn uri(settings: &RabbitmqSettings) -> Result<AMQPUri, SettingsError> {
    Ok(AMQPUri {
        scheme: AMQPScheme::AMQP,
        authority: AMQPAuthority {
            userinfo: AMQPUserInfo {
                username: settings.user.clone(),
                password: settings.password()?.expose_secret().to_owned(),
            },
            host: settings.host.clone(),
            port: settings.port,
        },
        vhost: settings.vhost.clone(),
        query: AMQPQueryString { heartbeat: Some(HEARTBEAT), ..AMQPQueryString::default() },
    })
}
