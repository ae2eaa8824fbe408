//! Jobs for `ai-worker` with RabbitMQ's direct reply-to, which needs no queues per prediction.

use super::job_message::JobMessage;
use common::{
    broker::{Broker, BrokerError, Channel, declare, publish},
    prediction::{DIRECT_QUEUE, REPLY_TO},
    request_id,
};
use futures_util::StreamExt;
use lapin::{
    Consumer,
    message::Delivery,
    options::BasicConsumeOptions,
    types::{FieldTable, ShortString},
};
use parking_lot::Mutex;
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::{
    sync::oneshot,
    time::{Instant, timeout},
};
use tracing::Span;
use uuid::Uuid;

/// How long it is assumed that `ai-worker` still consumes direct jobs, or still does not.
const CHECK_INTERVAL: Duration = Duration::from_secs(2);

/// Publishes jobs and receives replies on one channel, which is opened again after a failure.
pub(super) struct DirectJobs {
    broker: Broker,
    state: tokio::sync::Mutex<State>,
}

#[derive(Default)]
struct State {
    replies: Option<ReplyConsumer>,
    /// Whether `ai-worker` consumed direct jobs at this time.
    checked: Option<(Instant, bool)>,
}

/// The channel, and the predictions that wait for a reply on it.
#[derive(Clone)]
struct ReplyConsumer {
    channel: Channel,
    waiting: Waiting,
}

/// The receivers of replies. They are dropped when the channel is closed.
#[derive(Clone, Default)]
struct Waiting(Arc<Mutex<HashMap<Uuid, oneshot::Sender<Delivery>>>>);

/// A published job.
pub(super) struct PendingReply<'a> {
    direct: &'a DirectJobs,
    prediction_id: Uuid,
    waiting: Waiting,
    reply: oneshot::Receiver<Delivery>,
}

impl DirectJobs {
    pub(super) fn new(broker: Broker) -> Self {
        Self { broker, state: tokio::sync::Mutex::default() }
    }

    /// Publishes the job. `None` if `ai-worker` does not consume such jobs, or RabbitMQ did not
    /// accept the job in time.
    pub(super) async fn publish(
        &self,
        prediction_id: Uuid,
        job: Arc<JobMessage>,
    ) -> Option<PendingReply<'_>> {
        if self.broker.is_blocked() {
            return None;
        }
        let ReplyConsumer { channel, waiting } = self.reply_consumer().await?;
        let reply = waiting.insert(prediction_id);
        let pending = PendingReply { direct: self, prediction_id, waiting, reply };
        let broker = self.broker.clone();
        let publishing = async move {
            let uuid = prediction_id.hyphenated().to_string();
            let message = [job.with_direct_reply(&uuid)];
            broker.with_timeout(publish(&channel, &message)).await
        };
        let publishing = request_id::scope(request_id::current(), Span::current(), publishing);
        // In a task: if the client disconnects, lapin would keep the confirm as long as the channel.
        match tokio::spawn(publishing).await {
            Ok(Ok(())) => Some(pending),
            Ok(Err(error)) => {
                tracing::warn!(uuid = %prediction_id, "a direct job is not accepted: {error}");
                None
            }
            Err(_) => None,
        }
    }

    /// The consumer of replies, if `ai-worker` consumes direct jobs.
    async fn reply_consumer(&self) -> Option<ReplyConsumer> {
        let mut state = self.state.lock().await;
        let is_open = state.replies.as_ref().is_some_and(ReplyConsumer::is_open);
        let is_consumed = match state.checked {
            Some((time, was_consumed))
                if time.elapsed() < CHECK_INTERVAL && (is_open || !was_consumed) =>
            {
                was_consumed
            }
            _ => {
                let checked = self.has_consumers(&mut state).await;
                let is_consumed = checked.unwrap_or_else(|error| {
                    tracing::warn!("direct jobs are unavailable: {error}");
                    false
                });
                state.checked = Some((Instant::now(), is_consumed));
                is_consumed
            }
        };
        state.replies.clone().filter(|_| is_consumed)
    }

    async fn has_consumers(&self, state: &mut State) -> Result<bool, BrokerError> {
        let replies = match &state.replies {
            Some(replies) if replies.is_open() => replies,
            _ => state.replies.insert(ReplyConsumer::open(&self.broker).await?),
        };
        let queue = async { Ok(declare(&replies.channel, DIRECT_QUEUE).await?) };
        Ok(self.broker.with_timeout(queue).await?.consumer_count() > 0)
    }
}

impl ReplyConsumer {
    /// Consumes the replies to jobs that the same channel publishes.
    async fn open(broker: &Broker) -> Result<Self, BrokerError> {
        let channel = broker.open_channel().await?;
        // Direct replies cannot be acknowledged.
        let options = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
        let (tag, table) = (ShortString::default(), FieldTable::default());
        let consuming = channel.basic_consume(REPLY_TO.into(), tag, options, table);
        let consumer = broker.with_timeout(async { Ok(consuming.await?) }).await?;
        let waiting = Waiting::default();
        broker.spawn(waiting.clone().deliver_replies(consumer));
        Ok(Self { channel, waiting })
    }

    fn is_open(&self) -> bool {
        self.channel.status().connected()
    }
}

impl Waiting {
    fn insert(&self, prediction_id: Uuid) -> oneshot::Receiver<Delivery> {
        let (sender, receiver) = oneshot::channel();
        self.0.lock().insert(prediction_id, sender);
        receiver
    }

    fn remove(&self, prediction_id: Uuid) -> Option<oneshot::Sender<Delivery>> {
        self.0.lock().remove(&prediction_id)
    }

    /// Delivers replies until the channel is closed. Those that no prediction waits for are ignored.
    async fn deliver_replies(self, mut replies: Consumer) {
        while let Some(Ok(reply)) = replies.next().await {
            let uuid = reply.properties.correlation_id().as_ref();
            let prediction_id = uuid.and_then(|uuid| uuid.as_str().parse().ok());
            if let Some(sender) = prediction_id.and_then(|id| self.remove(id)) {
                sender.send(reply).ok();
            }
        }
        self.0.lock().clear();
    }
}

impl PendingReply<'_> {
    /// Waits for the reply. `None` if the channel is closed or nothing consumes direct jobs any
    /// more.
    pub(super) async fn reply(mut self) -> Option<Delivery> {
        loop {
            match timeout(CHECK_INTERVAL, &mut self.reply).await {
                Ok(reply) => return reply.ok(),
                // Blocked workers cannot reply, and the check would time out.
                Err(_) if self.direct.broker.is_blocked() => {}
                Err(_) => drop(self.direct.reply_consumer().await?),
            }
        }
    }
}

impl Drop for PendingReply<'_> {
    fn drop(&mut self) {
        self.waiting.remove(self.prediction_id);
    }
}
