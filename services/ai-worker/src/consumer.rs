//! The consumer of prediction requests.

mod channels;
mod failure;
mod job;
mod outcome;
mod status;

pub(crate) use channels::ChannelPool;
pub(crate) use job::OVERHEAD;
pub(crate) use outcome::Outcome;
pub(crate) use status::{ConsumerStatus, Limits};

use crate::Worker;
use common::{
    broker::{Broker, BrokerError, Channel, declare},
    prediction::REQUEST_QUEUE,
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

/// Pause between two attempts to subscribe.
const RESUBSCRIBE_PAUSE: Duration = Duration::from_millis(500);

/// Interval at which the number of queued requests is read.
const QUEUE_CHECK_INTERVAL: Duration = Duration::from_secs(3);

/// Why a consumer stopped. RabbitMQ redelivers its unsettled requests.
#[derive(Debug, thiserror::Error)]
enum ConsumeError {
    #[error(transparent)]
    Broker(#[from] BrokerError),
    #[error("queued requests are not delivered")]
    Stalled,
    #[error("a request was not settled: {0}")]
    Panicked(#[from] JoinError),
}

impl From<lapin::Error> for ConsumeError {
    fn from(error: lapin::Error) -> Self {
        Self::Broker(error.into())
    }
}

/// Consumes requests until shutdown, then finishes those in progress. Subscribes again after a
/// failure of the consumer, its channel or the connection.
pub(crate) async fn run(worker: Arc<Worker>, shutdown: CancellationToken) {
    let mut last_error = None;
    while let Err(error) = consume(&worker, &shutdown).await {
        worker.status.set_subscribed(false);
        let error = error.to_string();
        if last_error.as_ref() != Some(&error) {
            tracing::warn!("the consumer failed, subscribing again: {error}");
        }
        last_error = Some(error);
        select! {
            () = shutdown.cancelled() => break,
            () = sleep(RESUBSCRIBE_PAUSE) => {}
        }
    }
    worker.status.set_subscribed(false);
    tracing::info!("stopped consuming requests");
}

/// Consumes until shutdown and returns after all requests in progress are settled.
async fn consume(worker: &Arc<Worker>, shutdown: &CancellationToken) -> Result<(), ConsumeError> {
    let permits = worker.settings.max_concurrent.max(1);
    let (channel, mut consumer) =
        worker.broker.with_timeout(subscribe(&worker.broker, permits)).await?;
    worker.status.set_subscribed(true);
    tracing::info!(max_concurrent = permits, "consuming requests");
    let mut jobs = JoinSet::new();
    let outcome = select! {
        outcome = handle_deliveries(worker, &mut consumer, &mut jobs) => outcome,
        stalled = watch_queue(worker) => stalled,
        () = shutdown.cancelled() => Ok(()),
    };
    if outcome.is_ok() {
        let options = BasicCancelOptions::default();
        let cancel = async { Ok(channel.basic_cancel(consumer.tag(), options).await?) };
        worker.broker.with_timeout(cancel).await.ok();
        while jobs.join_next().await.is_some() {}
    }
    // RabbitMQ redelivers unsettled requests, to this or another worker.
    jobs.shutdown().await;
    let close = async { Ok(channel.close(200, "stopping".into()).await?) };
    worker.broker.with_timeout(close).await.ok();
    outcome
}

/// Handles requests until the consumer ends or a request cannot be settled.
async fn handle_deliveries(
    worker: &Arc<Worker>,
    consumer: &mut Consumer,
    jobs: &mut JoinSet<Result<(), BrokerError>>,
) -> Result<(), ConsumeError> {
    loop {
        select! {
            delivery = consumer.next() => {
                let request = unwrap_delivery(delivery)?;
                let in_progress = worker.status.start_request();
                let worker = worker.clone();
                jobs.spawn(async move {
                    let _in_progress = in_progress;
                    job::handle(&worker, request).await
                });
            }
            Some(settled) = jobs.join_next() => settled??,
        }
    }
}

fn unwrap_delivery(next: Option<lapin::Result<Delivery>>) -> Result<Delivery, BrokerError> {
    // The stream ends when the queue is deleted.
    Ok(next.ok_or_else(|| BrokerError::ConsumerCancelled(REQUEST_QUEUE.to_owned()))??)
}

/// Returns when queued requests are not delivered to this worker.
async fn watch_queue(worker: &Worker) -> Result<(), ConsumeError> {
    loop {
        sleep(QUEUE_CHECK_INTERVAL).await;
        if let Ok(queued) = count_queued(worker).await
            && worker.status.observe_queue(queued, Instant::now())
        {
            return Err(ConsumeError::Stalled);
        }
    }
}

/// Number of requests in the queue.
async fn count_queued(worker: &Worker) -> Result<u32, BrokerError> {
    let channel = worker.channels.acquire().await?;
    let count = async { Ok(declare(&channel, REQUEST_QUEUE).await?) };
    let queued = worker.channels.with_timeout(count).await;
    if queued.is_ok() {
        worker.channels.release(channel);
    }
    queued
}

async fn subscribe(broker: &Broker, permits: u16) -> Result<(Channel, Consumer), BrokerError> {
    let channel = broker.open_channel().await?;
    try_join!(declare(&channel, REQUEST_QUEUE), declare(&channel, FAILED_JOBS))?;
    channel.basic_qos(permits, BasicQosOptions::default()).await?;
    let tag = ShortString::default();
    let options = BasicConsumeOptions::default();
    let consumer =
        channel.basic_consume(REQUEST_QUEUE.into(), tag, options, FieldTable::default()).await?;
    Ok((channel, consumer))
}
