//! The pool of channels for jobs.

use common::{
    broker::{Broker, BrokerError, Channel, Message, publish},
    settings::RabbitmqSettings,
};
use parking_lot::Mutex;
use tokio::runtime::Handle;

/// Idle channels with publisher confirms, at most as many as there were concurrent jobs.
///
/// A channel is exclusive to one job: a missing queue closes the channel, which requeues all its
/// unacknowledged deliveries.
pub(crate) struct ChannelPool {
    broker: Broker,
    idle: Mutex<Vec<Channel>>,
}

impl ChannelPool {
    /// A pool on a new connection, which RabbitMQ lists as `name`.
    pub(crate) fn connect(settings: &RabbitmqSettings, name: &'static str) -> Self {
        let broker = Broker::new(settings, name, Handle::current());
        Self { broker, idle: Mutex::new(Vec::new()) }
    }

    /// See [`Broker::with_timeout`].
    pub(crate) async fn with_timeout<T>(
        &self,
        operation: impl Future<Output = Result<T, BrokerError>>,
    ) -> Result<T, BrokerError> {
        self.broker.with_timeout(operation).await
    }

    /// Returns an idle channel or opens one.
    pub(crate) async fn acquire(&self) -> Result<Channel, BrokerError> {
        while let Some(channel) = self.take_idle() {
            if channel.status().connected() {
                return Ok(channel);
            }
        }
        self.broker.open_channel().await
    }

    /// Returns an open channel to the pool. It must have no unacknowledged delivery and no pending
    /// operation.
    pub(crate) fn release(&self, channel: Channel) {
        if channel.status().connected() {
            self.idle.lock().push(channel);
        }
    }

    /// Publishes a message on an idle channel.
    pub(super) async fn publish(&self, message: Message<'_>) -> Result<(), BrokerError> {
        let channel = self.acquire().await?;
        let published = self.with_timeout(publish(&channel, &[message])).await;
        if published.is_ok() {
            self.release(channel);
        }
        published
    }

    /// Closes a channel, which requeues its unacknowledged deliveries.
    pub(crate) async fn close(&self, channel: Channel) {
        let close = async { Ok(channel.close(200, "job failed".into()).await?) };
        self.broker.with_timeout(close).await.ok();
    }

    fn take_idle(&self) -> Option<Channel> {
        self.idle.lock().pop()
    }
}
