//! RabbitMQ: connections with a deadline. What is sent over them belongs to the services
//! that send it.

use crate::settings::{RabbitmqSettings, SettingsError};
use lapin::{
    Connection, ConnectionProperties,
    uri::{AMQPAuthority, AMQPQueryString, AMQPScheme, AMQPUri, AMQPUserInfo},
};
use secrecy::ExposeSecret;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// RabbitMQ refuses, or is not there.
    #[error("RabbitMQ: {0}")]
    Refused(#[from] lapin::Error),
    /// No answer within the deadline.
    #[error("RabbitMQ does not answer in time")]
    TimedOut,
}

/// Opens a connection that recovers by itself: channels, consumers and confirms come back
/// when the broker does.
pub async fn connect(settings: &RabbitmqSettings, name: &str) -> Result<Connection, BrokerError> {
    open(settings, properties(name).enable_auto_recover()).await
}

/// Whether the broker is there and lets us in: one try.
pub async fn check(settings: &RabbitmqSettings) -> Result<(), BrokerError> {
    let connection = open(settings, properties("check")).await?;
    // The check has succeeded, however the good-bye goes.
    connection.close(200, "checked".into()).await.ok();
    Ok(())
}

fn properties(name: &str) -> ConnectionProperties {
    ConnectionProperties::default().with_connection_name(name.into())
}

async fn open(
    settings: &RabbitmqSettings,
    properties: ConnectionProperties,
) -> Result<Connection, BrokerError> {
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
        query: AMQPQueryString::default(),
    })
}
