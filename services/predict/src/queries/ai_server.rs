//! Predictions requested from an AI server over RabbitMQ: see [`common::prediction`].

mod cleaner;
mod outcome;
mod queues;

use crate::concurrency_limit::Permit;
use common::{
    Error,
    broker::{Broker, BrokerError, Message, publish},
    prediction::{
        CATEGORY_HEADER, CHANNEL_HEADER, DAYS, DETAILS_HEADER, Details, Job, REQUEST_QUEUE,
        ReplyError, parse_views,
    },
};
use lapin::{
    message::Delivery,
    types::{AMQPValue, FieldTable},
};
use outcome::OutcomeLog;
use queues::PredictionQueues;
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, sleep, timeout};

pub(crate) use cleaner::QueueCleaner;

/// How long a lost connection may take to come back before a prediction fails: as long as a
/// restart of RabbitMQ takes on a busy machine.
const RECOVERY_TIMEOUT: Duration = Duration::from_secs(45);

/// Between two attempts to reconnect.
const RETRY_PAUSE: Duration = Duration::from_millis(250);

/// A client of the AI servers that consume from one broker.
pub(crate) struct AiServer {
    broker: Broker,
    cleaner: QueueCleaner,
    wait: Duration,
}

/// A job and its optional headers.
pub(crate) struct PredictionRequest {
    pub job: Job,
    /// YouTube's number of the category.
    pub category: Option<u16>,
    /// YouTube's id of the channel.
    pub channel_id: Option<String>,
}

/// The answer of an AI server.
#[derive(Debug)]
pub(crate) struct Prediction {
    /// The views of each day.
    pub views: [i64; DAYS],
    /// The additions of the project's own AI server.
    pub details: Option<Details>,
}

impl AiServer {
    /// A client that waits for an answer for at most `wait`.
    pub(crate) const fn new(broker: Broker, cleaner: QueueCleaner, wait: Duration) -> Self {
        Self { broker, cleaner, wait }
    }

    /// Publishes the request and waits for the answer. The queues are deleted in every case:
    /// after the answer, after a timeout or an error, and when this future is dropped because
    /// the client disconnected. The permit is released when they are.
    pub(crate) async fn request_prediction(
        &self,
        request: PredictionRequest,
        permit: Permit,
    ) -> Result<Prediction, Error> {
        let mut queues = PredictionQueues::new(self.broker.clone(), self.cleaner.clone(), permit);
        let mut log = OutcomeLog::new(queues.job());
        let outcome = match timeout(self.wait, self.request_reply(&mut queues, request)).await {
            Ok(outcome) => outcome.map_err(Error::from),
            Err(_) => Err(Error::DeadlineExceeded),
        };
        queues.delete().await;
        let prediction = outcome.and_then(|answer| read(&answer).map_err(unusable));
        log.set(&prediction);
        prediction
    }

    async fn request_reply(
        &self,
        queues: &mut PredictionQueues,
        request: PredictionRequest,
    ) -> Result<Delivery, BrokerError> {
        let bytes = request.job.thumbnail_url.len();
        self.broker.with_timeout(self.submit(queues, request)).await?;
        queues.shrink_permit_to(bytes);
        let mut disconnected_at: Option<Instant> = None;
        loop {
            match queues.receive(&mut disconnected_at).await {
                Ok(answer) => return Ok(answer),
                // Queues and messages are durable: the answer may still come.
                Err(error) if error.is_retryable() => {
                    let since = disconnected_at.get_or_insert_with(Instant::now);
                    if since.elapsed() > RECOVERY_TIMEOUT {
                        return Err(error);
                    }
                    sleep(RETRY_PAUSE).await;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Declares the queues, and publishes the job and its UUID.
    async fn submit(
        &self,
        queues: &mut PredictionQueues,
        request: PredictionRequest,
    ) -> Result<(), BrokerError> {
        let channel = queues.declare().await?;
        // A job that no client waits for any more expires.
        let ttl = Some(self.wait);
        let job = serde_json::to_vec(&request.job).unwrap_or_default();
        let category = request.category.map(|number| AMQPValue::LongInt(number.into()));
        let channel_id = request.channel_id.map(|id| AMQPValue::LongString(id.into()));
        let job = Message { ttl, ..Message::new(queues.job(), &job) }
            .header(CATEGORY_HEADER, category)
            .header(CHANNEL_HEADER, channel_id);
        let uuid = Message { ttl, ..Message::new(REQUEST_QUEUE, queues.job().as_bytes()) };
        publish(&channel, &[job, uuid]).await
    }
}

fn read(answer: &Delivery) -> Result<Prediction, ReplyError> {
    let views = parse_views(&answer.data)?;
    let details =
        header(answer.properties.headers().as_ref(), DETAILS_HEADER).and_then(Details::parse);
    Ok(Prediction { views, details })
}

fn header<'a>(headers: Option<&'a FieldTable>, name: &str) -> Option<&'a [u8]> {
    match headers?.inner().get(name)? {
        AMQPValue::LongString(text) => Some(text.as_bytes()),
        _ => None,
    }
}

fn unusable(error: ReplyError) -> Error {
    Error::BadGateway { from: "AI server", source: Arc::new(error) }
}
