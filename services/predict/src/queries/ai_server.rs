//! Requests for predictions to AI servers over RabbitMQ: see [`common::prediction`].

mod cleaner;
mod outcome;
mod queues;

use crate::concurrency_limit::Permit;
use common::{
    Error,
    broker::{Broker, BrokerError, Message, publish},
    prediction::{
        CATEGORY_HEADER, CHANNEL_HEADER, CHANNEL_IDX_HEADER, DAYS, DETAILS_HEADER, Details, Job,
        REQUEST_QUEUE, ReplyError, SHORT_HEADER, UPLOADS_HEADER, parse_views,
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

/// Maximum time to reconnect before a prediction fails: the time of a restart of RabbitMQ on a
/// busy machine.
const RECOVERY_TIMEOUT: Duration = Duration::from_secs(45);

/// Pause between two attempts to reconnect.
const RETRY_PAUSE: Duration = Duration::from_millis(250);

/// A client of the AI servers that consume from one broker.
pub(crate) struct AiServer {
    broker: Broker,
    cleaner: QueueCleaner,
    reply_timeout: Duration,
}

/// A job and its optional headers.
pub(crate) struct PredictionRequest {
    pub job: Job,
    /// YouTube's category id.
    pub category: Option<u16>,
    /// YouTube's channel id.
    pub channel_id: Option<String>,
    /// The number of the channel in the database.
    pub channel_idx: Option<i32>,
    /// The number of videos that the channel has published.
    pub uploads: Option<u32>,
    /// Whether the video is a Short.
    pub is_short: Option<bool>,
}

/// The reply of an AI server.
#[derive(Debug)]
pub(crate) struct Prediction {
    /// Views per day.
    pub views: [i64; DAYS],
    /// Additional information of the project's AI server.
    pub details: Option<Details>,
}

impl AiServer {
    pub(crate) const fn new(
        broker: Broker,
        cleaner: QueueCleaner,
        reply_timeout: Duration,
    ) -> Self {
        Self { broker, cleaner, reply_timeout }
    }

    /// Publishes the request and waits for the reply. The queues are always deleted: after the
    /// reply, after a timeout or an error, and when this future is dropped because the client
    /// disconnected. The permit is released after the deletion.
    pub(crate) async fn request_prediction(
        &self,
        request: PredictionRequest,
        permit: Permit,
    ) -> Result<Prediction, Error> {
        let mut queues = PredictionQueues::new(self.broker.clone(), self.cleaner.clone(), permit);
        let mut log = OutcomeLog::new(queues.job());
        let exchange = self.request_reply(&mut queues, request);
        let reply = match timeout(self.reply_timeout, exchange).await {
            Ok(reply) => reply.map_err(Error::from),
            Err(_) => Err(Error::UpstreamTimedOut),
        };
        match &reply {
            Ok(_) => queues.delete().await,
            // The client does not wait for the deletion.
            Err(_) => drop(queues),
        }
        let prediction = reply.and_then(|reply| parse_reply(&reply).map_err(bad_gateway));
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
                Ok(reply) => return Ok(reply),
                // Queues and messages are durable: the reply may still arrive.
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
        // Messages expire when the client has timed out.
        let ttl = Some(self.reply_timeout);
        let job = serde_json::to_vec(&request.job).unwrap_or_default();
        let category = request.category.map(|number| AMQPValue::LongInt(number.into()));
        let channel_id = request.channel_id.map(|id| AMQPValue::LongString(id.into()));
        let uploads = request.uploads.map(|number| AMQPValue::LongLongInt(number.into()));
        let is_short = request.is_short.map(AMQPValue::Boolean);
        let job = Message { ttl, ..Message::new(queues.job(), &job) }
            .header(CATEGORY_HEADER, category)
            .header(CHANNEL_HEADER, channel_id)
            .header(CHANNEL_IDX_HEADER, request.channel_idx.map(AMQPValue::LongInt))
            .header(UPLOADS_HEADER, uploads)
            .header(SHORT_HEADER, is_short);
        let uuid = Message { ttl, ..Message::new(REQUEST_QUEUE, queues.job().as_bytes()) };
        publish(&channel, &[job, uuid]).await
    }
}

fn parse_reply(reply: &Delivery) -> Result<Prediction, ReplyError> {
    let views = parse_views(&reply.data)?;
    let details =
        header(reply.properties.headers().as_ref(), DETAILS_HEADER).and_then(Details::parse);
    Ok(Prediction { views, details })
}

fn header<'a>(headers: Option<&'a FieldTable>, name: &str) -> Option<&'a [u8]> {
    match headers?.inner().get(name)? {
        AMQPValue::LongString(text) => Some(text.as_bytes()),
        _ => None,
    }
}

fn bad_gateway(error: ReplyError) -> Error {
    Error::BadGateway { from: "AI server", source: Arc::new(error) }
}
