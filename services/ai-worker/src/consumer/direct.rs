//! Processing of a job with a direct reply.

use super::{
    failure::{DELIVERY_COUNT, EMPTY_REPLY, check_deliveries, dead_letter_of},
    job::compute_reply,
};
use crate::{Worker, outcome::Outcome};
use common::{
    broker::{BrokerError, Channel, Message, publish},
    prediction::{DETAILS_HEADER, DIRECT_QUEUE, REPLY_TO},
};
use lapin::{BasicProperties, message::Delivery, types::AMQPValue};
use std::time::Duration;
use uuid::Uuid;

/// Processes a job and publishes its reply on the channel that received it: RabbitMQ processes the
/// acknowledgement that follows after the reply.
pub(super) async fn process(
    worker: &Worker,
    channel: &Channel,
    prediction_id: Uuid,
    job: &Delivery,
) -> Outcome {
    match try_process(worker, channel, prediction_id, job).await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::warn!(uuid = %prediction_id, "the job is requeued: {error}");
            Outcome::Requeued
        }
    }
}

async fn try_process(
    worker: &Worker,
    channel: &Channel,
    prediction_id: Uuid,
    job: &Delivery,
) -> Result<Outcome, BrokerError> {
    let (uuid, properties) = (prediction_id.hyphenated().to_string(), &job.properties);
    let Some(reply_to) = reply_address(properties) else { return Ok(Outcome::Malformed) };
    let to_client = |body| Message {
        correlation_id: Some(&uuid),
        transient: true,
        ..Message::new(reply_to, body)
    };
    let send = async |reply| worker.direct.broker.with_timeout(publish(channel, &[reply])).await;
    let reply = match check_deliveries(job, worker.settings.max_deliveries) {
        Ok(None) => compute_reply(worker, job).await,
        Ok(Some(count)) => {
            worker.channels.publish(with_count(job, reply_to, &uuid, count)).await?;
            return Ok(Outcome::Republished);
        }
        Err(rejection) => Err(rejection),
    };
    match reply {
        Ok(reply) => {
            let details = Some(AMQPValue::LongString(reply.details.into()));
            send(to_client(reply.views.as_bytes()).header(DETAILS_HEADER, details)).await?;
            Ok(Outcome::Succeeded)
        }
        Err(rejection) => {
            worker.channels.publish(dead_letter_of(prediction_id, job, &rejection)).await?;
            // On another connection: a reply to an invalid address closes its connection.
            if let Err(error) = worker.channels.publish(to_client(EMPTY_REPLY)).await {
                tracing::warn!(uuid = %prediction_id, "the reply to a dead-lettered job is not sent: {error}");
            }
            Ok(Outcome::DeadLettered)
        }
    }
}

/// The `reply_to` of a job. Other queues are not accepted: a job must not select where a worker
/// publishes.
fn reply_address(properties: &BasicProperties) -> Option<&str> {
    let queue = properties.reply_to().as_ref()?.as_str();
    let token = queue.strip_prefix(REPLY_TO)?.strip_prefix('.')?;
    (!token.is_empty()).then_some(queue)
}

/// The job with the number of its unacknowledged deliveries.
fn with_count<'a>(job: &'a Delivery, reply_to: &'a str, uuid: &'a str, count: u32) -> Message<'a> {
    let properties = &job.properties;
    let ttl = properties.expiration().as_ref().and_then(|ttl| ttl.as_str().parse().ok());
    Message {
        headers: properties.headers().clone().unwrap_or_default(),
        ttl: ttl.map(Duration::from_millis),
        reply_to: Some(reply_to),
        correlation_id: Some(uuid),
        transient: true,
        ..Message::new(DIRECT_QUEUE, &job.data)
    }
    .header(DELIVERY_COUNT, Some(AMQPValue::LongUInt(count)))
}
