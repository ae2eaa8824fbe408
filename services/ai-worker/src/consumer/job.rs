//! Processing of one request, from its delivery to its acknowledgement.

use super::{
    ChannelPool, JobQueue, Subscription, direct,
    failure::{DeliveryCheck, Rejection, count_deliveries, dead_letter},
};
use crate::{
    Worker,
    domain::{PredictionInput, Reply, predict},
    outcome::Outcome,
};
use chrono::Utc;
use common::{
    broker::{
        Broker, BrokerError, Channel, Message, publish, queue_exists, request_id_header_of,
        request_id_of,
    },
    prediction::{
        CATEGORY_HEADER, CHANNEL_HEADER, CHANNEL_IDX_HEADER, DETAILS_HEADER, Job, SHORT_HEADER,
        UPLOADS_HEADER, job_queue, reply_queue,
    },
    request_id::{self, RequestId, SPAN_TARGET},
    time::seoul_day,
};
use forecast::ThumbnailFeatures;
use lapin::{
    message::Delivery,
    options::{BasicAckOptions, BasicGetOptions, BasicNackOptions},
    types::{AMQPValue, FieldTable, ShortString},
};
use std::time::{Duration, Instant};
use tokio::{
    join,
    time::{sleep, timeout},
};
use uuid::Uuid;

/// Maximum time to wait for the job of a redelivered request: RabbitMQ requeues the request and
/// the job of a crashed worker in any order.
const MAX_JOB_WAIT: Duration = Duration::from_secs(5);

/// Interval at which a missing job is polled.
const JOB_POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Delay before a request is requeued, so that a persistent failure does not cause a tight loop.
const REQUEUE_DELAY: Duration = Duration::from_secs(1);

/// Maximum duration of a request in addition to the timeout of its job.
pub(crate) const REQUEST_TIMEOUT_MARGIN: Duration = Duration::from_secs(15);

/// Processes the job of `request`, which a consumer on `channel` received, and acknowledges or
/// requeues the request. After an error it is unacknowledged, and `channel` must be closed.
///
/// The job and the request are acknowledged last, so that RabbitMQ redelivers them if this
/// process exits before.
pub(super) async fn handle_request(
    worker: &Worker,
    queue: JobQueue,
    channel: &Channel,
    request: Delivery,
) -> Result<(), BrokerError> {
    let properties = &request.properties;
    let (text, request_id) = match queue {
        JobQueue::Requests => (str::from_utf8(&request.data).ok(), request_id_of(properties)),
        JobQueue::Direct => (
            properties.correlation_id().as_ref().map(ShortString::as_str),
            request_id_header_of(properties),
        ),
    };
    let prediction_id = text.and_then(|text| text.parse::<Uuid>().ok());
    let span = tracing::error_span!(
        target: SPAN_TARGET,
        "job",
        uuid = prediction_id.map(tracing::field::display),
        request_id = request_id.as_ref().map(RequestId::as_str),
    );
    let processing = process_and_acknowledge(worker, queue, channel, &request, prediction_id);
    request_id::scope(request_id, span, processing).await
}

async fn process_and_acknowledge(
    worker: &Worker,
    queue: JobQueue,
    channel: &Channel,
    request: &Delivery,
    prediction_id: Option<Uuid>,
) -> Result<(), BrokerError> {
    let start = Instant::now();
    let outcome = match (queue, prediction_id) {
        (JobQueue::Requests, Some(id)) => process(worker, id, request.redelivered).await,
        (JobQueue::Direct, Some(id)) => direct::process(worker, channel, id, request).await,
        (_, None) => Outcome::Malformed,
    };
    let duration = start.elapsed();
    let Subscription { broker, status } = worker.subscription(queue);
    worker.metrics.count(outcome, duration);
    status.record_outcome(outcome, Instant::now());
    tracing::info!(
        queue = queue.name(),
        outcome = outcome.name(),
        seconds = duration.as_secs_f64(),
        model = worker.model.current().version(),
        "prediction finished"
    );
    acknowledge(broker, request, outcome).await
}

/// Acknowledges the request, or requeues it after a delay.
async fn acknowledge(
    broker: &Broker,
    request: &Delivery,
    outcome: Outcome,
) -> Result<(), BrokerError> {
    if outcome == Outcome::Requeued {
        sleep(REQUEUE_DELAY).await;
    }
    let acknowledge = async {
        if outcome == Outcome::Requeued {
            let requeue = BasicNackOptions { requeue: true, ..BasicNackOptions::default() };
            request.nack(requeue).await?;
        } else {
            request.ack(BasicAckOptions::default()).await?;
        }
        Ok(())
    };
    broker.with_timeout(acknowledge).await
}

/// Processes the job; after an error of the shared connection, again on a dedicated one.
///
/// RabbitMQ closes a connection because of one request, such as `basic.get` from a stream. On the
/// shared connection this may be the request of another job; on a dedicated one it is the request
/// of this job, whose queue cannot be used.
async fn process(worker: &Worker, prediction_id: Uuid, redelivered: bool) -> Outcome {
    let mut result = process_on(&worker.channels, worker, prediction_id, redelivered).await;
    if result.as_ref().is_err_and(BrokerError::is_connection_exception) {
        let dedicated = ChannelPool::connect(&worker.rabbitmq, "ai-worker retry");
        result = process_on(&dedicated, worker, prediction_id, true).await;
        if let Err(error) = &result
            && error.is_connection_exception()
        {
            tracing::warn!(uuid = %prediction_id, "the job queue cannot be used: {error}");
            return Outcome::NotFound;
        }
    }
    result.unwrap_or_else(|error| {
        tracing::warn!(uuid = %prediction_id, "the request is requeued: {error}");
        Outcome::Requeued
    })
}

/// Processes the job on an exclusive channel of `channels`, with a timeout.
async fn process_on(
    channels: &ChannelPool,
    worker: &Worker,
    prediction_id: Uuid,
    redelivered: bool,
) -> Result<Outcome, BrokerError> {
    let channel = channels.acquire().await?;
    let request_timeout = worker.settings.job_timeout_ms.duration() + REQUEST_TIMEOUT_MARGIN;
    let job = process_job(worker, channels, &channel, prediction_id, redelivered);
    let result = timeout(request_timeout, job).await.unwrap_or(Err(BrokerError::TimedOut));
    match &result {
        Ok(_) => channels.release(channel),
        // Requeues the job.
        Err(_) => channels.close(channel).await,
    }
    result
}

async fn process_job(
    worker: &Worker,
    channels: &ChannelPool,
    channel: &Channel,
    prediction_id: Uuid,
    redelivered: bool,
) -> Result<Outcome, BrokerError> {
    let max_wait = if redelivered { MAX_JOB_WAIT } else { Duration::ZERO };
    let Some(job) = find_job(channels, channel, prediction_id, max_wait).await? else {
        return Ok(Outcome::NotFound);
    };
    let max_deliveries = worker.settings.max_deliveries;
    let (job, rejection) =
        match count_deliveries(channel, prediction_id, job, max_deliveries).await? {
            DeliveryCheck::Process(job) => match compute_reply(worker, &job).await {
                Ok(reply) => return send_reply(channel, prediction_id, job, &reply).await,
                Err(rejection) => (job, rejection),
            },
            DeliveryCheck::QueueDeleted => return Ok(Outcome::NotFound),
            DeliveryCheck::Reject(job, rejection) => (job, rejection),
        };
    dead_letter(channel, prediction_id, job, &rejection).await
}

/// Gets the job; `None` if its queue does not exist or stays empty for `max_wait`.
async fn find_job(
    channels: &ChannelPool,
    channel: &Channel,
    prediction_id: Uuid,
    max_wait: Duration,
) -> Result<Option<Delivery>, BrokerError> {
    let (start, queue) = (Instant::now(), job_queue(prediction_id));
    let exists = async { Ok(queue_exists(channel, &queue).await?) };
    if !channels.with_timeout(exists).await? {
        return Ok(None);
    }
    loop {
        let get = channel.basic_get(queue.as_str().into(), BasicGetOptions::default());
        match channels.with_timeout(async { Ok(get.await?) }).await {
            Ok(None) if start.elapsed() < max_wait => sleep(JOB_POLL_INTERVAL).await,
            Ok(job) => return Ok(job.map(|message| message.delivery)),
            // The queue was deleted in the meantime, which closed the channel.
            Err(BrokerError::Amqp(error)) if error.is_amqp_soft_error() => return Ok(None),
            Err(error) => return Err(error),
        }
    }
}

/// Computes the reply to a job within the timeout of jobs.
pub(super) async fn compute_reply(worker: &Worker, job: &Delivery) -> Result<Reply, Rejection> {
    let reply =
        timeout(worker.settings.job_timeout_ms.duration(), predict_views(worker, job)).await;
    reply.unwrap_or(Err(Rejection::TimedOut))
}

async fn predict_views(worker: &Worker, job: &Delivery) -> Result<Reply, Rejection> {
    let headers = job.properties.headers().as_ref();
    let job: Job = serde_json::from_slice(&job.data)
        .map_err(|error| Rejection::Malformed(error.to_string()))?;
    let category = integer_header(headers, CATEGORY_HEADER).and_then(|id| u16::try_from(id).ok());
    let uploads =
        integer_header(headers, UPLOADS_HEADER).and_then(|count| u64::try_from(count).ok());
    let is_short = boolean_header(headers, SHORT_HEADER);
    let channel = text_header(headers, CHANNEL_HEADER);
    let channel_idx =
        integer_header(headers, CHANNEL_IDX_HEADER).and_then(|idx| i32::try_from(idx).ok());
    let thumbnail = thumbnail_features(worker, &job.thumbnail_url);
    let (history, thumbnail) = join!(worker.history(channel, channel_idx), thumbnail);
    let input = PredictionInput { job, category, uploads, is_short, history, thumbnail };
    let now = Utc::now();
    predict(&worker.model.current(), input, seoul_day(now), now).ok_or(Rejection::Invalid)
}

/// The features of the thumbnail if the model uses thumbnails. Otherwise they are only extracted in
/// the background, for logs and metrics.
async fn thumbnail_features(worker: &Worker, url: &str) -> Option<ThumbnailFeatures> {
    if worker.model.current().uses_thumbnails() {
        return worker.thumbnails.features(url).await.ok();
    }
    worker.thumbnails.extract_in_background(url);
    None
}

async fn send_reply(
    channel: &Channel,
    prediction_id: Uuid,
    job: Delivery,
    reply: &Reply,
) -> Result<Outcome, BrokerError> {
    let queue = reply_queue(prediction_id);
    let details = AMQPValue::LongString(reply.details.clone().into());
    let reply = Message::new(&queue, reply.views.as_bytes()).header(DETAILS_HEADER, Some(details));
    let outcome = match publish(channel, &[reply]).await {
        Ok(()) => Outcome::Succeeded,
        Err(BrokerError::Unroutable(_)) => Outcome::Expired,
        Err(error) => return Err(error),
    };
    job.ack(BasicAckOptions::default()).await?;
    Ok(outcome)
}

fn text_header(headers: Option<&FieldTable>, name: &str) -> Option<String> {
    match headers?.inner().get(name)? {
        AMQPValue::LongString(text) => Some(text.to_string()),
        _ => None,
    }
}

fn integer_header(headers: Option<&FieldTable>, name: &str) -> Option<i64> {
    match headers?.inner().get(name)? {
        AMQPValue::LongInt(number) => Some((*number).into()),
        AMQPValue::LongLongInt(number) => Some(*number),
        _ => None,
    }
}

fn boolean_header(headers: Option<&FieldTable>, name: &str) -> Option<bool> {
    match headers?.inner().get(name)? {
        AMQPValue::Boolean(value) => Some(*value),
        _ => None,
    }
}
