//! The background task that deletes the queues of predictions.

use super::RETRY_DELAY;
use crate::concurrency_limit::PredictionPermit;
use common::broker::{Broker, BrokerError, Channel};
use futures_util::{StreamExt, stream::unfold};
use lapin::options::QueueDeleteOptions;
use std::time::Duration;
use tokio::{
    sync::{Mutex, Semaphore, mpsc, oneshot},
    time::{sleep, timeout},
    try_join,
};
use tracing::{Instrument, Span};

/// Maximum time to retry the deletion of queues. After it the broker's policy (`expires`) has
/// deleted them.
const CLEANUP_TIMEOUT: Duration = Duration::from_mins(3);

/// Maximum number of predictions whose queues are deleted concurrently.
const MAX_CONCURRENT: usize = 8;

/// Handle of the background task that deletes queues. Clones share the task.
///
/// The number of pending deletions is limited by the permits, which are held until the queues are
/// deleted: a backlog causes 503 responses for new predictions.
#[derive(Clone)]
pub(crate) struct QueueCleaner(mpsc::Sender<Task>);

/// The queues of one prediction.
pub(super) struct Cleanup {
    broker: Broker,
    /// The channel that declared the queues: the broker runs the deletion after the declaration.
    channel: Option<Channel>,
    queues: [String; 2],
}

struct Task {
    cleanup: Cleanup,
    span: Span,
    _permit: PredictionPermit,
    /// Dropped with the task, which notifies the receiver.
    _done: oneshot::Sender<()>,
}

impl QueueCleaner {
    /// Starts the background task for at most `permits` predictions. `broker` is used if the channel
    /// of a prediction is closed.
    pub(crate) fn start(broker: Broker, permits: usize) -> Self {
        let capacity = permits.clamp(1, Semaphore::MAX_PERMITS);
        let (sender, receiver) = mpsc::channel::<Task>(capacity);
        let runtime = broker.clone();
        runtime.spawn(async move {
            let fallback = FallbackChannel { broker, channel: Mutex::new(None) };
            let tasks = unfold(receiver, async |mut receiver| {
                let task = receiver.recv().await?;
                Some((task, receiver))
            });
            tasks.for_each_concurrent(MAX_CONCURRENT, |task| task.run(&fallback)).await;
        });
        Self(sender)
    }

    /// Deletes the queues, then releases the permit. The receiver completes after both.
    pub(super) fn submit(
        &self,
        cleanup: Cleanup,
        permit: PredictionPermit,
    ) -> oneshot::Receiver<()> {
        let (done, finished) = oneshot::channel();
        let task = Task { cleanup, span: Span::current(), _permit: permit, _done: done };
        // The channel is never full, as each task has a permit; it is closed during shutdown.
        if let Err(error) = self.0.try_send(task) {
            tracing::warn!(
                "the queues of a prediction remain until their policy deletes them: {error}"
            );
        }
        finished
    }
}

impl Task {
    async fn run(self, fallback: &FallbackChannel) {
        let Self { mut cleanup, span, .. } = self;
        cleanup.run(fallback).instrument(span).await;
    }
}

impl Cleanup {
    pub(super) const fn new(broker: Broker, channel: Option<Channel>, queues: [String; 2]) -> Self {
        Self { broker, channel, queues }
    }

    async fn run(&mut self, fallback: &FallbackChannel) {
        let deletion = async {
            loop {
                match self.delete(fallback).await {
                    Err(error) if error.is_retryable() => sleep(RETRY_DELAY).await,
                    result => return result,
                }
            }
        };
        let result = timeout(CLEANUP_TIMEOUT, deletion).await;
        if let Err(error) = result.unwrap_or(Err(BrokerError::TimedOut)) {
            let uuid = &self.queues[0];
            tracing::warn!(
                uuid,
                "the queues of a prediction remain until their policy deletes them: {error}"
            );
        }
    }

    async fn delete(&mut self, fallback: &FallbackChannel) -> Result<(), BrokerError> {
        if let Some(channel) = self.channel.take().filter(|channel| channel.status().connected()) {
            let deletion = async {
                delete(&channel, &self.queues).await?;
                Ok(channel.close(200, "done".into()).await?)
            };
            return self.broker.with_timeout(deletion).await;
        }
        fallback.delete(&self.queues).await
    }
}

/// A reusable channel on a separate connection.
struct FallbackChannel {
    broker: Broker,
    channel: Mutex<Option<Channel>>,
}

impl FallbackChannel {
    async fn delete(&self, queues: &[String; 2]) -> Result<(), BrokerError> {
        let channel = self.open().await?;
        self.broker.with_timeout(delete(&channel, queues)).await
    }

    async fn open(&self) -> Result<Channel, BrokerError> {
        let mut channel = self.channel.lock().await;
        if let Some(channel) = channel.as_ref().filter(|channel| channel.status().connected()) {
            return Ok(channel.clone());
        }
        let opened = self.broker.open_channel().await?;
        Ok(channel.insert(opened).clone())
    }
}

async fn delete(channel: &Channel, queues: &[String; 2]) -> Result<(), BrokerError> {
    let delete =
        |name: &str| channel.queue_delete(name.to_owned().into(), QueueDeleteOptions::default());
    try_join!(delete(&queues[0]), delete(&queues[1]))?;
    Ok(())
}
