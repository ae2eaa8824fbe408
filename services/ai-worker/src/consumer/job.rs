//! One job, from its request to its answer.

use super::{
    Outcome,
    failure::{GivenUp, count_deaths, give_up},
};
use crate::{
    Worker,
    domain::{Answer, Known, answer},
};
use chrono::Utc;
use common::{
    broker::{BrokerError, Channel, Message, publish, request_id_of},
    prediction::{CATEGORY, CHANNEL, DETAILS, Job, answer_queue, job_queue},
    request_id::{self, RequestId, SPAN_TARGET},
    time::seoul_day,
};
use lapin::{
    message::Delivery,
    options::{BasicAckOptions, BasicGetOptions},
    types::{AMQPValue, FieldTable},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use thumbnail::Description;
use tokio::{
    join,
    time::{sleep, timeout},
};
use uuid::Uuid;

/// How long a job is looked for whose request another worker had before: when that one dies,
/// RabbitMQ gives both back, in any order.
const PATIENCE: Duration = Duration::from_secs(5);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes the job that `request` names, and answers it.
///
/// Both messages are acknowledged last of all: whatever this process dies of before, another
/// worker gets them again.
pub(super) async fn handle(worker: Arc<Worker>, request: Delivery) {
    let uuid = std::str::from_utf8(&request.data).ok().and_then(|text| text.parse::<Uuid>().ok());
    let request_id = request_id_of(&request.properties);
    let span = tracing::error_span!(
        target: SPAN_TARGET,
        "job",
        uuid = uuid.map(tracing::field::display),
        request_id = request_id.as_ref().map(RequestId::as_str),
    );
    request_id::scope(request_id, span, settle(worker, request, uuid)).await;
}

/// Handles the job `id` and acknowledges its request, unless another worker is to have it.
async fn settle(worker: Arc<Worker>, request: Delivery, id: Option<Uuid>) {
    let began = Instant::now();
    let Some(id) = id else {
        tracing::warn!("a request for a prediction names no job, and is dropped");
        request.ack(BasicAckOptions::default()).await.ok();
        return;
    };
    let outcome = match process(&worker, id, request.redelivered).await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::warn!("a job is left to another worker: {error}");
            Outcome::Returned
        }
    };
    if outcome != Outcome::Returned {
        request.ack(BasicAckOptions::default()).await.ok();
    }
    let took = began.elapsed();
    worker.metrics.count(outcome, took);
    tracing::info!(
        outcome = outcome.name(),
        seconds = took.as_secs_f64(),
        model = worker.model.version(),
        "prediction"
    );
}

async fn process(worker: &Worker, id: Uuid, redelivered: bool) -> Result<Outcome, BrokerError> {
    // A queue that is gone closes the channel: each job has its own.
    let channel = worker.broker.open_channel().await?;
    let patience = if redelivered { PATIENCE } else { Duration::ZERO };
    let Some(message) = take(worker, &channel, id, patience).await? else {
        return Ok(Outcome::Gone);
    };
    let message = match count_deaths(&channel, id, message, worker.settings.tries).await? {
        Ok(Some(message)) => message,
        Ok(None) => return Ok(Outcome::Gone),
        Err((message, reason)) => return give_up(&channel, id, message, &reason).await,
    };
    let solving = timeout(worker.settings.job_ms.duration(), solve(worker, &message));
    match solving.await.unwrap_or(Err(GivenUp::TooSlow)) {
        Ok(answer) => send(&channel, id, message, &answer).await,
        Err(reason) => give_up(&channel, id, message, &reason).await,
    }
}

/// The job; none where its queue is gone, or stays empty for so long.
async fn take(
    worker: &Worker,
    channel: &Channel,
    id: Uuid,
    patience: Duration,
) -> Result<Option<Delivery>, BrokerError> {
    let began = Instant::now();
    loop {
        let getting = channel.basic_get(job_queue(id).into(), BasicGetOptions::default());
        match worker.broker.in_time(async { Ok(getting.await?) }).await {
            Ok(None) if began.elapsed() < patience => sleep(PAUSE).await,
            Ok(message) => return Ok(message.map(|message| message.delivery)),
            Err(BrokerError::Refused(error)) if error.is_amqp_soft_error() => return Ok(None),
            Err(error) => return Err(error),
        }
    }
}

/// Finds out what can be known, and answers.
async fn solve(worker: &Worker, message: &Delivery) -> Result<Answer, GivenUp> {
    let job: Job =
        serde_json::from_slice(&message.data).map_err(|error| GivenUp::NoJob(error.to_string()))?;
    let channel = text(message.properties.headers().as_ref(), CHANNEL);
    let (history, picture) = join!(worker.history(channel), picture(worker, &job.thumbnail_url));
    let category = number(message.properties.headers().as_ref(), CATEGORY);
    let known = Known { job, category, history, picture };
    let now = Utc::now();
    answer(&worker.model, known, seoul_day(now), now).ok_or(GivenUp::NoPlan)
}

/// What the picture looks like, if the model asks for that; one that does not costs the
/// answer no time.
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
    let queue = answer_queue(id);
    let details = AMQPValue::LongString(answer.details.clone().into());
    let reply = Message::new(&queue, answer.views.as_bytes()).header(DETAILS, Some(details));
    let outcome = match publish(channel, &[reply]).await {
        Ok(()) => Outcome::Answered,
        Err(BrokerError::NotTaken(_)) => Outcome::Unwanted,
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
