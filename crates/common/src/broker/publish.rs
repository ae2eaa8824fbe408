//! Messages that are not lost.

use super::{connect::BrokerError, correlation::correlate};
use lapin::{
    BasicProperties, Channel, PublisherConfirm,
    options::BasicPublishOptions,
    types::{AMQPValue, FieldTable},
};
use std::time::Duration;

/// A message that waits on disk (delivery mode 2).
const PERSISTENT: u8 = 2;

/// A message for a queue.
#[derive(Debug, Clone, Default)]
pub struct Message<'a> {
    /// The queue's name.
    pub queue: &'a str,
    /// What it says.
    pub body: &'a [u8],
    /// What stands beside it.
    pub headers: FieldTable,
    /// After this long nobody needs it any more.
    pub lifetime: Option<Duration>,
}

impl<'a> Message<'a> {
    /// A message that waits for as long as it must.
    pub fn new(queue: &'a str, body: &'a [u8]) -> Self {
        Self { queue, body, ..Self::default() }
    }

    /// With a header, if there is anything to put into it.
    pub fn header(mut self, name: &str, value: Option<AMQPValue>) -> Self {
        if let Some(value) = value {
            self.headers.insert(name.into(), value);
        }
        self
    }

    fn properties(&self) -> BasicProperties {
        let properties = BasicProperties::default().with_delivery_mode(PERSISTENT);
        let properties = match self.lifetime {
            Some(lifetime) => properties.with_expiration(lifetime.as_millis().to_string().into()),
            None => properties,
        };
        correlate(properties, self.headers.clone())
    }
}

/// Sends messages in their order, and returns once the broker has taken all of them into
/// their queues. `channel` must have confirms on.
pub async fn publish(channel: &Channel, messages: &[Message<'_>]) -> Result<(), BrokerError> {
    let mut confirms: Vec<(&str, PublisherConfirm)> = Vec::with_capacity(messages.len());
    for message in messages {
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let (exchange, queue) = ("".into(), message.queue.into());
        let sending =
            channel.basic_publish(exchange, queue, options, message.body, message.properties());
        confirms.push((message.queue, sending.await?));
    }
    for (queue, confirm) in confirms {
        let confirmation = confirm.await?;
        // A confirmed message that no queue took comes back.
        if !confirmation.is_ack() || confirmation.take_message().is_some() {
            return Err(BrokerError::Unroutable(queue.to_owned()));
        }
    }
    Ok(())
}
