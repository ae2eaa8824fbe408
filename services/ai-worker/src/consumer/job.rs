//! One request, from its delivery to its acknowledgement.

use super::{
    Outcome,
    failure::{Rejection, count_deliveries, dead_letter},
};
use crate::{
    Worker,
    domain::{Answer, Known, answer},
};
use chrono::Utc;
use common::{
    broker::{BrokerError, Channel, Message, publish, queue_exists, request_id_of},
    prediction::{CATEGORY_HEADER, CHANNEL_HEADER, DETAILS_HEADER, Job, job_queue, reply_queue},
    request_id::{self, RequestId, SPAN_TARGET},
    time::seoul_day,
};
use lapin::{
    message::Delivery,
    options::{BasicAckOptions, BasicGetOptions, BasicNackOptions},
    types::{AMQPValue, FieldTable},
};
use std::time::{Duration, Instant};
use thumbnail::Description;
use tokio::{
    join,
    time::{sleep, timeout},
};
use uuid::Uuid;

/// How long the job of a redelivered request is awaited: when a worker ends, RabbitMQ returns
/// the request and the job in any order.
const JOB_WAIT: Duration = Duration::from_secs(5);

/// Between two looks for a job.
const JOB_POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Before a request is returned to its queue, so that one that fails again and again is not
/// delivered in a tight loop.
const REQUEUE_PAUSE: Duration = Duration::from_secs(1);

/// How long a request may take beside the time that its job may take.
pub(crate) const OVERHEAD: Duration = Duration::from_secs(15);

/// Handles the job that `request` names and settles the request: acknowledges it, or returns
/// it to its queue. An error means that it is not settled, and the consumer's channel must be
/// closed.
///
/// The job and the request are acknowledged last, so that RabbitMQ delivers them again if this
/// process ends before.
pub(super) async fn handle(worker: &Worker, request: Delivery) -> Result<(), BrokerError> {
    let id = std::str::from_utf8(&request.data).ok().and_then(|text| text.parse::<Uuid>().ok());
    let request_id = request_id_of(&request.properties);
    let span = tracing::error_span!(
        target: SPAN_TARGET,
        "job",
        uuid = id.map(tracing::field::display),
        request_id = request_id.as_ref().map(RequestId::as_str),
    );
    request_id::scope(request_id, span, process_and_settle(worker, &request, id)).await
}

async fn process_and_settle(
    worker: &Worker,
    request: &Delivery,
    id: Option<Uuid>,
) -> Result<(), BrokerError> {
    let began = Instant::now();
    let outcome = match id {
        Some(id) => process(worker, id, request.redelivered).await,
        None => Outcome::Malformed,
    };
    let took = began.elapsed();
    worker.metrics.count(outcome, took);
    tracing::info!(
        outcome = outcome.name(),
        seconds = took.as_secs_f64(),
        model = worker.model.version(),
        "prediction"
    );
    settle(worker, request, outcome).await
}

async fn settle(worker: &Worker, request: &Delivery, outcome: Outcome) -> Result<(), BrokerError> {
    if outcome == Outcome::Requeued {
        sleep(REQUEUE_PAUSE).await;
    }
    let settling = async {
        if outcome == Outcome::Requeued {
            let requeue = BasicNackOptions { requeue: true, ..BasicNackOptions::default() };
            request.nack(requeue).await?;
        } else {
            request.ack(BasicAckOptions::default()).await?;
        }
        Ok(())
    };
    worker.broker.with_timeout(settling).await
}

/// Handles the job on a channel of its own, in bounded time.
async fn process(worker: &Worker, id: Uuid, redelivered: bool) -> Outcome {
    let failed = |error: BrokerError| {
        tracing::warn!(uuid = %id, "a request is requeued: {error}");
        Outcome::Requeued
    };
    let channel = match worker.channels.acquire().await {
        Ok(channel) => channel,
        Err(error) => return failed(error),
    };
    let limit = worker.settings.job_timeout_ms.duration() + OVERHEAD;
    let answering = timeout(limit, answer_job(worker, &channel, id, redelivered));
    match answering.await.unwrap_or(Err(BrokerError::TimedOut)) {
        Ok(outcome) => {
            worker.channels.release(channel);
            outcome
        }
        Err(error) => {
            // This returns the job to its queue.
            worker.channels.close(channel).await;
            failed(error)
        }
    }
}

async fn answer_job(
    worker: &Worker,
    channel: &Channel,
    id: Uuid,
    redelivered: bool,
) -> Result<Outcome, BrokerError> {
    let wait = if redelivered { JOB_WAIT } else { Duration::ZERO };
    let Some(message) = find_job(worker, channel, id, wait).await? else {
        return Ok(Outcome::NotFound);
    };
    let message =
        match count_deliveries(channel, id, message, worker.settings.max_deliveries).await? {
            Ok(Some(message)) => message,
            Ok(None) => return Ok(Outcome::NotFound),
            Err((message, reason)) => return dead_letter(channel, id, message, &reason).await,
        };
    let solving = timeout(worker.settings.job_timeout_ms.duration(), solve(worker, &message));
    match solving.await.unwrap_or(Err(Rejection::TimedOut)) {
        Ok(answer) => send(channel, id, message, &answer).await,
        Err(reason) => dead_letter(channel, id, message, &reason).await,
    }
}

/// The job; none if its queue does not exist, or stays empty for `wait`.
async fn find_job(
    worker: &Worker,
    channel: &Channel,
    id: Uuid,
    wait: Duration,
) -> Result<Option<Delivery>, BrokerError> {
    let (began, queue) = (Instant::now(), job_queue(id));
    let looking = async { Ok(queue_exists(channel, &queue).await?) };
    if !worker.broker.with_timeout(looking).await? {
        return Ok(None);
    }
    loop {
        let getting = channel.basic_get(queue.as_str().into(), BasicGetOptions::default());
        match worker.broker.with_timeout(async { Ok(getting.await?) }).await {
            Ok(None) if began.elapsed() < wait => sleep(JOB_POLL_INTERVAL).await,
            Ok(message) => return Ok(message.map(|message| message.delivery)),
            // The queue was deleted meanwhile, and the channel is closed.
            Err(BrokerError::Amqp(error)) if error.is_amqp_soft_error() => return Ok(None),
            Err(error) => return Err(error),
        }
    }
}

/// Computes the answer.
async fn solve(worker: &Worker, message: &Delivery) -> Result<Answer, Rejection> {
    let job: Job = serde_json::from_slice(&message.data)
        .map_err(|error| Rejection::Malformed(error.to_string()))?;
    let channel = text(message.properties.headers().as_ref(), CHANNEL_HEADER);
    let (history, picture) = join!(worker.history(channel), picture(worker, &job.thumbnail_url));
    let category = number(message.properties.headers().as_ref(), CATEGORY_HEADER);
    let known = Known { job, category, history, picture };
    let now = Utc::now();
    answer(&worker.model, known, seoul_day(now), now).ok_or(Rejection::Invalid)
}

/// What the picture looks like, if the model uses pictures. Otherwise the picture is only
/// fetched in the background, for the metrics.
async fn picture(worker: &Worker, url: &str) -> Option<Description> {
    if worker.model.uses_pictures() {
        return worker.thumbnails.describe(url).await.ok();
    }
    worker.thumbnails.note(url);
    None
}

async fn send(
    channel: &Channel,
    id: Uuid,
    message: Delivery,
    answer: &Answer,
) -> Result<Outcome, BrokerError> {
    let queue = reply_queue(id);
    let details = AMQPValue::LongString(answer.details.clone().into());
    let reply = Message::new(&queue, answer.views.as_bytes()).header(DETAILS_HEADER, Some(details));
    let outcome = match publish(channel, &[reply]).await {
        Ok(()) => Outcome::Answered,
        Err(BrokerError::Unroutable(_)) => Outcome::Expired,
        Err(error) => return Err(error),
    };
    message.ack(BasicAckOptions::default()).await?;
    Ok(outcome)
}

fn text(headers: Option<&FieldTable>, name: &str) -> Option<String> {
    match headers?.inner().get(name)? {
        AMQPValue::LongString(text) => Some(text.to_string()),
        _ => None,
    }
}

fn number(headers: Option<&FieldTable>, name: &str) -> Option<u16> {
    match headers?.inner().get(name)? {
        AMQPValue::LongInt(number) => u16::try_from(*number).ok(),
        _ => None,
    }
}
