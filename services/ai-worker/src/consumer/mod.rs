//! The consumers of prediction requests and jobs.

mod channels;
mod direct;
mod failure;
mod job;
mod status;

pub(crate) use channels::ChannelPool;
pub(crate) use job::REQUEST_TIMEOUT_MARGIN;
pub(crate) use status::{ConsumerStatus, StallLimits};

use crate::Worker;
use common::{
    broker::{Broker, BrokerError, Channel, declare},
    prediction::{DIRECT_QUEUE, REQUEST_QUEUE},
};
use failure::FAILED_JOBS;
use futures_util::StreamExt;
use lapin::{
    Consumer,
    message::Delivery,
    options::{BasicCancelOptions, BasicConsumeOptions, BasicQosOptions},
    types::{FieldTable, ShortString},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    select,
    task::{JoinError, JoinSet},
    time::sleep,
    try_join,
};
use tokio_util::sync::CancellationToken;

/// Delay between two attempts to subscribe.
const RESUBSCRIBE_DELAY: Duration = Duration::from_millis(500);

/// Interval at which the number of queued requests is read.
const QUEUE_CHECK_INTERVAL: Duration = Duration::from_secs(3);

/// A queue that a worker consumes, with its own limit of concurrent jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JobQueue {
    /// Requests whose jobs and replies have dedicated queues.
    Requests,
    /// Jobs with direct replies.
    Direct,
}

impl JobQueue {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Requests => REQUEST_QUEUE,
            Self::Direct => DIRECT_QUEUE,
        }
    }

    /// The name of the consumer in `/health/ready`.
    const fn dependency(self) -> &'static str {
        match self {
            Self::Requests => "consumer",
            Self::Direct => "direct_consumer",
        }
    }
}

/// The connection of a consumer, which it does not share, and its status. Replies to direct jobs are
/// published on it, so that RabbitMQ may block it when it is out of memory.
pub(crate) struct Subscription {
    pub broker: Broker,
    pub status: ConsumerStatus,
}

/// The reason for which a consumer stopped. RabbitMQ redelivers its unacknowledged requests.
#[derive(Debug, thiserror::Error)]
enum ConsumeError {
    #[error(transparent)]
    Broker(#[from] BrokerError),
    #[error("queued requests are not delivered")]
    Stalled,
    #[error("the handler task panicked: {0}")]
    Panicked(#[from] JoinError),
}

impl From<lapin::Error> for ConsumeError {
    fn from(error: lapin::Error) -> Self {
        Self::Broker(error.into())
    }
}

/// Consumes a queue until shutdown, then finishes the jobs in progress. Subscribes again after a
/// failure of the consumer, its channel or the connection.
pub(crate) async fn run(worker: Arc<Worker>, queue: JobQueue, shutdown: CancellationToken) {
    let status = &worker.subscription(queue).status;
    let mut last_error = None;
    while let Err(error) = consume(&worker, queue, &shutdown).await {
        status.set_subscribed(false);
        let error = error.to_string();
        if last_error.as_ref() != Some(&error) {
            tracing::warn!(queue = queue.name(), "the consumer failed, subscribing again: {error}");
        }
        last_error = Some(error);
        select! {
            () = shutdown.cancelled() => break,
            () = sleep(RESUBSCRIBE_DELAY) => {}
        }
    }
    status.set_subscribed(false);
    tracing::info!(queue = queue.name(), "stopped consuming requests");
}

/// Consumes until shutdown and returns after all requests in progress are acknowledged.
async fn consume(
    worker: &Arc<Worker>,
    queue: JobQueue,
    shutdown: &CancellationToken,
) -> Result<(), ConsumeError> {
    let permits = worker.settings.max_concurrent.max(1);
    let Subscription { broker, status } = worker.subscription(queue);
    let (channel, mut consumer) = broker.with_timeout(subscribe(broker, queue, permits)).await?;
    status.set_subscribed(true);
    tracing::info!(queue = queue.name(), max_concurrent = permits, "consuming requests");
    let mut jobs = JoinSet::new();
    let outcome = select! {
        outcome = handle_deliveries(worker, queue, &channel, &mut consumer, &mut jobs) => outcome,
        stalled = watch_queue(worker, queue) => stalled,
        () = shutdown.cancelled() => Ok(()),
    };
    if outcome.is_ok() {
        let options = BasicCancelOptions::default();
        let cancel = async { Ok(channel.basic_cancel(consumer.tag(), options).await?) };
        broker.with_timeout(cancel).await.ok();
        while jobs.join_next().await.is_some() {}
    }
    // RabbitMQ redelivers unacknowledged requests, to this or another worker.
    jobs.shutdown().await;
    let close = async { Ok(channel.close(200, "stopping".into()).await?) };
    broker.with_timeout(close).await.ok();
    outcome
}

/// Handles requests until the consumer ends or a request cannot be acknowledged.
async fn handle_deliveries(
    worker: &Arc<Worker>,
    queue: JobQueue,
    channel: &Channel,
    consumer: &mut Consumer,
    jobs: &mut JoinSet<Result<(), BrokerError>>,
) -> Result<(), ConsumeError> {
    loop {
        select! {
            delivery = consumer.next() => {
                let request = unwrap_delivery(delivery, queue)?;
                let in_progress = worker.subscription(queue).status.start_request();
                let (worker, channel) = (worker.clone(), channel.clone());
                jobs.spawn(async move {
                    let _in_progress = in_progress;
                    job::handle_request(&worker, queue, &channel, request).await
                });
            }
            Some(handled) = jobs.join_next() => handled??,
        }
    }
}

fn unwrap_delivery(
    next: Option<lapin::Result<Delivery>>,
    queue: JobQueue,
) -> Result<Delivery, BrokerError> {
    // The stream ends when the queue is deleted.
    Ok(next.ok_or_else(|| BrokerError::ConsumerCancelled(queue.name().to_owned()))??)
}

/// Returns when queued requests are not delivered to this worker.
async fn watch_queue(worker: &Worker, queue: JobQueue) -> Result<(), ConsumeError> {
    loop {
        sleep(QUEUE_CHECK_INTERVAL).await;
        if let Ok(queued) = count_queued(worker, queue).await
            && worker.subscription(queue).status.observe_queue(queued, Instant::now())
        {
            return Err(ConsumeError::Stalled);
        }
    }
}

/// Number of requests in the queue.
async fn count_queued(worker: &Worker, queue: JobQueue) -> Result<u32, BrokerError> {
    let channel = worker.channels.acquire().await?;
    let count = async { Ok(declare(&channel, queue.name()).await?.message_count()) };
    let queued = worker.channels.with_timeout(count).await;
    if queued.is_ok() {
        worker.channels.release(channel);
    }
    queued
}

async fn subscribe(
    broker: &Broker,
    queue: JobQueue,
    permits: u16,
) -> Result<(Channel, Consumer), BrokerError> {
    let (channel, name) = (broker.open_channel().await?, queue.name());
    try_join!(declare(&channel, name), declare(&channel, FAILED_JOBS))?;
    channel.basic_qos(permits, BasicQosOptions::default()).await?;
    let tag = ShortString::default();
    let options = BasicConsumeOptions::default();
    let consumer = channel.basic_consume(name.into(), tag, options, FieldTable::default()).await?;
    Ok((channel, consumer))
}
