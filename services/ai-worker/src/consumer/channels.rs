//! Channels for jobs.

use common::broker::{Broker, BrokerError, Channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Idle channels with publisher confirms. A job uses a channel alone: a missing queue closes
/// the channel, and with it returns every delivery that is unacknowledged on it.
///
/// There are never more idle channels than there were concurrent jobs.
pub(crate) struct ChannelPool {
    broker: Broker,
    idle: Mutex<Vec<Channel>>,
}

impl ChannelPool {
    /// An empty pool.
    pub(crate) const fn new(broker: Broker) -> Self {
        Self { broker, idle: Mutex::new(Vec::new()) }
    }

    /// An idle channel, or a new one.
    pub(crate) async fn acquire(&self) -> Result<Channel, BrokerError> {
        while let Some(channel) = self.take_idle() {
            if channel.status().connected() {
                return Ok(channel);
            }
        }
        self.broker.open_channel().await
    }

    /// Keeps a channel for the next job if it is still open. It must have no unacknowledged
    /// delivery and no pending operation.
    pub(crate) fn release(&self, channel: Channel) {
        if channel.status().connected() {
            self.lock().push(channel);
        }
    }

    /// Closes a channel, which returns its unacknowledged deliveries to their queues.
    pub(crate) async fn close(&self, channel: Channel) {
        let closing = async { Ok(channel.close(200, "job failed".into()).await?) };
        self.broker.with_timeout(closing).await.ok();
    }

    fn take_idle(&self) -> Option<Channel> {
        self.lock().pop()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Channel>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
