//! Publishing of messages with confirms.

use super::{connect::BrokerError, correlation::correlate, queue::TRANSIENT};
use lapin::{
    BasicProperties, Channel, PublisherConfirm,
    options::BasicPublishOptions,
    types::{AMQPValue, FieldTable},
};
use std::time::Duration;

/// Delivery mode 2: the message is written to disk.
const PERSISTENT: u8 = 2;

/// A message for a queue.
#[derive(Debug, Clone, Default)]
pub struct Message<'a> {
    /// The queue's name.
    pub queue: &'a str,
    /// Body.
    pub body: &'a [u8],
    /// Headers.
    pub headers: FieldTable,
    /// Time to live.
    pub ttl: Option<Duration>,
    /// The queue for replies.
    pub reply_to: Option<&'a str>,
    /// The `correlation_id`, instead of the id of the current request.
    pub correlation_id: Option<&'a str>,
    /// Whether the message is not written to disk, and confirmed even if its queue does not exist.
    /// Concurrent publishes on one channel must be transient: lapin 4.12.3 can attach a returned
    /// message to the confirm of another one.
    pub transient: bool,
}

impl<'a> Message<'a> {
    /// A message without headers and time to live.
    pub fn new(queue: &'a str, body: &'a [u8]) -> Self {
        Self { queue, body, ..Self::default() }
    }

    /// Adds a header, if there is a value.
    pub fn header(mut self, name: &str, value: Option<AMQPValue>) -> Self {
        if let Some(value) = value {
            self.headers.insert(name.into(), value);
        }
        self
    }

    fn properties(&self) -> BasicProperties {
        let mode = if self.transient { TRANSIENT } else { PERSISTENT };
        let mut properties =
            correlate(BasicProperties::default().with_delivery_mode(mode), self.headers.clone());
        if let Some(ttl) = self.ttl {
            properties = properties.with_expiration(ttl.as_millis().to_string().into());
        }
        if let Some(queue) = self.reply_to {
            properties = properties.with_reply_to(queue.into());
        }
        if let Some(id) = self.correlation_id {
            properties = properties.with_correlation_id(id.into());
        }
        properties
    }
}

/// Publishes messages in order and waits until the broker has confirmed that all are queued
/// (transient ones: that it has received them).
/// `channel` must have confirms on.
pub async fn publish(channel: &Channel, messages: &[Message<'_>]) -> Result<(), BrokerError> {
    let mut confirms: Vec<(&str, PublisherConfirm)> = Vec::with_capacity(messages.len());
    for message in messages {
        let options =
            BasicPublishOptions { mandatory: !message.transient, ..BasicPublishOptions::default() };
        let (exchange, queue) = ("".into(), message.queue.into());
        let sending =
            channel.basic_publish(exchange, queue, options, message.body, message.properties());
        confirms.push((message.queue, sending.await?));
    }
    for (queue, confirm) in confirms {
        let confirmation = confirm.await?;
        // An unroutable message is confirmed and returned.
        if !confirmation.is_ack() || confirmation.take_message().is_some() {
            return Err(BrokerError::Unroutable(queue.to_owned()));
        }
    }
    Ok(())
}
