//! Requests for predictions to AI servers over RabbitMQ: see [`common::prediction`].

mod cleaner;
mod direct;
mod job_message;
mod outcome;
mod queues;

use crate::concurrency_limit::PredictionPermit;
use common::{
    Error,
    broker::{Broker, BrokerError, Message, publish},
    prediction::{DAYS, DETAILS_HEADER, Details, Job, REQUEST_QUEUE, ReplyError, parse_views},
};
use direct::DirectJobs;
use job_message::JobMessage;
use lapin::{
    message::Delivery,
    types::{AMQPValue, FieldTable},
};
use outcome::OutcomeLog;
use queues::PredictionQueues;
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

pub(crate) use cleaner::QueueCleaner;

/// Maximum time to reconnect before a prediction fails: the time of a restart of RabbitMQ on a
/// busy machine.
const RECOVERY_TIMEOUT: Duration = Duration::from_secs(45);

/// Delay between two attempts to reconnect.
const RETRY_DELAY: Duration = Duration::from_millis(250);

/// A client of the AI servers that consume from one broker.
pub(crate) struct AiServer {
    broker: Broker,
    cleaner: QueueCleaner,
    reply_timeout: Duration,
    /// `None` if the setting disables them.
    direct: Option<DirectJobs>,
}

/// A job and its optional headers.
pub(crate) struct PredictionRequest {
    pub job: Job,
    /// YouTube's category id.
    pub category: Option<u16>,
    /// YouTube's channel id.
    pub channel_id: Option<String>,
    /// The database id (`idx`) of the channel.
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
    pub(crate) fn new(
        broker: Broker,
        cleaner: QueueCleaner,
        reply_timeout: Duration,
        direct_jobs: bool,
    ) -> Self {
        let direct = direct_jobs.then(|| DirectJobs::new(broker.clone()));
        Self { broker, cleaner, reply_timeout, direct }
    }

    /// Publishes the job and waits for the reply: without queues if `ai-worker` takes the job, else
    /// with two queues. The queues are always deleted: after the reply, after a timeout or an error,
    /// and when this future is dropped because the client disconnected. The permit is released
    /// after the deletion.
    pub(crate) async fn request_prediction(
        &self,
        request: PredictionRequest,
        permit: PredictionPermit,
    ) -> Result<Prediction, Error> {
        let prediction_id = Uuid::new_v4();
        let mut queues =
            PredictionQueues::new(prediction_id, self.broker.clone(), self.cleaner.clone(), permit);
        let mut log = OutcomeLog::new(queues.job_queue());
        // Messages expire when the client has timed out.
        let job = Arc::new(JobMessage::new(request, self.reply_timeout));
        let exchange = async {
            match self.request_direct_reply(prediction_id, &mut queues, job.clone()).await? {
                Some(reply) => Ok(reply),
                None => self.request_reply(&mut queues, job).await,
            }
        };
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

    /// The reply of `ai-worker`; `None` if it does not take the job, or the reply is lost.
    async fn request_direct_reply(
        &self,
        prediction_id: Uuid,
        queues: &mut PredictionQueues,
        job: Arc<JobMessage>,
    ) -> Result<Option<Delivery>, BrokerError> {
        let (Some(direct), bytes) = (&self.direct, job.bytes()) else { return Ok(None) };
        let Some(pending) = direct.publish(prediction_id, job).await else { return Ok(None) };
        queues.shrink_permit_to(bytes);
        if let Some(reply) = pending.reply().await {
            return Ok(Some(reply));
        }
        tracing::warn!(uuid = %prediction_id, "a direct reply is lost, sending the job again");
        self.wait_for_broker().await?;
        Ok(None)
    }

    async fn wait_for_broker(&self) -> Result<(), BrokerError> {
        let start = Instant::now();
        loop {
            match self.broker.open_channel().await {
                Err(error) if error.is_retryable() && start.elapsed() < RECOVERY_TIMEOUT => {
                    sleep(RETRY_DELAY).await;
                }
                opened => return opened.map(drop),
            }
        }
    }

    async fn request_reply(
        &self,
        queues: &mut PredictionQueues,
        job: Arc<JobMessage>,
    ) -> Result<Delivery, BrokerError> {
        let bytes = job.bytes();
        self.broker.with_timeout(self.submit(queues, job)).await?;
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
                    sleep(RETRY_DELAY).await;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Declares the queues, and publishes the job and its UUID.
    async fn submit(
        &self,
        queues: &mut PredictionQueues,
        job: Arc<JobMessage>,
    ) -> Result<(), BrokerError> {
        let channel = queues.declare().await?;
        let uuid = Message {
            ttl: Some(self.reply_timeout),
            ..Message::new(REQUEST_QUEUE, queues.job_queue().as_bytes())
        };
        publish(&channel, &[job.to_queue(queues.job_queue()), uuid]).await
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
