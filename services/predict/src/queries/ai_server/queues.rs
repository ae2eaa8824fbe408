//! The two queues of one prediction.

use super::cleaner::{Cleanup, QueueCleaner};
use crate::concurrency_limit::PredictionPermit;
use common::{
    broker::{Broker, BrokerError, Channel, declare},
    prediction::{REQUEST_QUEUE, job_queue, reply_queue},
};
use futures_util::StreamExt;
use lapin::{
    message::Delivery,
    options::BasicConsumeOptions,
    types::{FieldTable, ShortString},
};
use tokio::{
    time::{Instant, timeout},
    try_join,
};
use uuid::Uuid;

/// The queues of a prediction and the permit for it. When this value is dropped, the cleaner
/// deletes the queues and then releases the permit.
pub(super) struct PredictionQueues {
    broker: Broker,
    cleaner: QueueCleaner,
    job: String,
    reply: String,
    /// The channel that declared the queues, or after a reconnect the one that consumes the reply.
    channel: Option<Channel>,
    /// Whether the queues may exist.
    declared: bool,
    /// `None` after it was passed to the cleaner.
    permit: Option<PredictionPermit>,
}

impl PredictionQueues {
    /// The queue names of a prediction; the queues are not declared yet.
    pub(super) fn new(
        prediction_id: Uuid,
        broker: Broker,
        cleaner: QueueCleaner,
        permit: PredictionPermit,
    ) -> Self {
        let (job, reply) = (job_queue(prediction_id), reply_queue(prediction_id));
        let permit = Some(permit);
        Self { broker, cleaner, job, reply, channel: None, declared: false, permit }
    }

    /// Name of the job queue, which is the UUID of the prediction.
    pub(super) fn job_queue(&self) -> &str {
        &self.job
    }

    /// Declares the queues and the request queue. Returns the channel, which is exclusive to this
    /// prediction.
    pub(super) async fn declare(&mut self) -> Result<Channel, BrokerError> {
        let channel = self.broker.open_channel().await?;
        self.channel = Some(channel.clone());
        self.declared = true;
        try_join!(
            declare(&channel, &self.job),
            declare(&channel, &self.reply),
            declare(&channel, REQUEST_QUEUE)
        )?;
        Ok(channel)
    }

    /// Releases the permits of the request body that a job of `bytes` bytes does not need.
    pub(super) fn shrink_permit_to(&mut self, bytes: usize) {
        if let Some(permit) = &mut self.permit {
            permit.shrink_to(bytes);
        }
    }

    /// Waits for the reply until the connection breaks; opens a channel if the previous one is
    /// closed. Resets `disconnected_at` after subscribing.
    pub(super) async fn receive(
        &mut self,
        disconnected_at: &mut Option<Instant>,
    ) -> Result<Delivery, BrokerError> {
        let channel = match self.channel.take() {
            Some(channel) if channel.status().connected() => channel,
            _ => self.broker.open_channel().await?,
        };
        self.channel = Some(channel.clone());
        // The reply is never acknowledged: its queue is deleted afterwards, and a reply in transit
        // while the connection breaks is delivered again.
        let options = BasicConsumeOptions::default();
        let (queue, tag) = (self.reply.as_str().into(), ShortString::default());
        let consuming = channel.basic_consume(queue, tag, options, FieldTable::default());
        let mut consumer = self.broker.with_timeout(async { Ok(consuming.await?) }).await?;
        *disconnected_at = None;
        match consumer.next().await {
            Some(delivery) => Ok(delivery?),
            // The queue was deleted, or the connection is lost.
            None => Err(BrokerError::ConsumerCancelled(self.reply.clone())),
        }
    }

    /// Deletes the queues. Returns after the deletion, or after the broker's timeout while the
    /// cleaner continues.
    pub(super) async fn delete(mut self) {
        if let Some(deleted) = self.clean_up() {
            timeout(self.broker.timeout(), deleted).await.ok();
        }
    }

    /// Passes the queues, if they may exist, and the permit to the cleaner. The receiver completes
    /// after the deletion.
    fn clean_up(&mut self) -> Option<tokio::sync::oneshot::Receiver<()>> {
        let permit = self.permit.take()?;
        if !self.declared {
            return None;
        }
        let queues = [std::mem::take(&mut self.job), std::mem::take(&mut self.reply)];
        let (broker, channel) = (self.broker.clone(), self.channel.take());
        Some(self.cleaner.submit(Cleanup::new(broker, channel, queues), permit))
    }
}

impl Drop for PredictionQueues {
    fn drop(&mut self) {
        self.clean_up();
    }
}
