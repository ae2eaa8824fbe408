//! Queues of the prediction protocol: durable, without arguments.

use lapin::{
    BasicProperties, Channel, Queue,
    options::{BasicPublishOptions, QueueDeclareOptions},
    types::FieldTable,
};

/// Delivery mode 1: the message is not written to disk.
pub(super) const TRANSIENT: u8 = 1;

/// Creates a durable queue without arguments unless it exists. Returns it with the number of
/// messages that are ready for delivery and of consumers.
pub async fn declare(channel: &Channel, name: &str) -> lapin::Result<Queue> {
    let durable = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
    channel.queue_declare(name.into(), durable, FieldTable::default()).await
}

/// Whether the queue exists. `channel` must have confirms on, and no other publish in progress.
///
/// A passive declaration or `basic.get` of a missing queue makes RabbitMQ close the channel
/// (404). This publishes an empty, mandatory message with a time to live of zero instead: RabbitMQ
/// returns it if there is no such queue, and discards it otherwise.
pub async fn queue_exists(channel: &Channel, name: &str) -> lapin::Result<bool> {
    let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
    let properties =
        BasicProperties::default().with_delivery_mode(TRANSIENT).with_expiration("0".into());
    let confirm = channel.basic_publish("".into(), name.into(), options, b"", properties).await?;
    Ok(confirm.await?.take_message().is_none())
}
