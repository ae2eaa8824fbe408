//! Queues, as the contract wants them.

use lapin::{Channel, options::QueueDeclareOptions, types::FieldTable};

/// Makes a durable queue without arguments, if it is not there yet.
pub async fn declare(channel: &Channel, name: &str) -> lapin::Result<()> {
    let durable = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
    channel.queue_declare(name.into(), durable, FieldTable::default()).await.map(drop)
}
