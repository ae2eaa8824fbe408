//! Connections, with a deadline.

use crate::{
    Error,
    settings::{RabbitmqSettings, SettingsError},
};
use lapin::{
    Connection, ConnectionProperties,
    uri::{AMQPAuthority, AMQPQueryString, AMQPScheme, AMQPUri, AMQPUserInfo},
};
use secrecy::ExposeSecret;
use std::sync::Arc;

/// Each side takes the other for gone after two of these without a sign of it, in seconds.
const HEARTBEAT: u16 = 10;

/// Why something could not be done with RabbitMQ.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BrokerError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(Arc<SettingsError>),
    /// RabbitMQ refuses, or is not there.
    #[error("RabbitMQ: {0}")]
    Refused(#[from] lapin::Error),
    /// No answer within the deadline.
    #[error("RabbitMQ does not answer in time")]
    TimedOut,
    /// A message was not taken, or there is no such queue.
    #[error("RabbitMQ did not take the message for `{0}`")]
    NotTaken(String),
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

/// Whether the broker is there and lets us in: one try.
pub async fn check(settings: &RabbitmqSettings) -> Result<(), BrokerError> {
    let connection = connect(settings, "check").await?;
    // The check has succeeded, however the good-bye goes.
    connection.close(200, "checked".into()).await.ok();
    Ok(())
}

/// Opens a connection that shows up at the broker under this name.
pub(super) async fn connect(
    settings: &RabbitmqSettings,
    name: &str,
) -> Result<Connection, BrokerError> {
    let properties = ConnectionProperties::default().with_connection_name(name.into());
    let connecting = Connection::connect_uri(uri(settings)?, properties);
    match tokio::time::timeout(settings.connect_ms.duration(), connecting).await {
        Ok(connection) => Ok(connection?),
        Err(_) => Err(BrokerError::TimedOut),
    }
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
