//! Delivery limits and dead-lettering of jobs.

use crate::outcome::Outcome;
use common::{
    broker::{BrokerError, Channel, Message, publish},
    prediction::{job_queue, reply_queue},
};
use lapin::{
    message::Delivery,
    options::{BasicAckOptions, BasicGetOptions},
    types::AMQPValue,
};
use uuid::Uuid;

/// The dead-letter queue, which operators inspect. A policy limits its length.
pub(super) const FAILED_JOBS: &str = "failed_ai_jobs";

/// Header with the number of unacknowledged deliveries of a job.
pub(super) const DELIVERY_COUNT: &str = "delivery_count";

/// Reply to a failed job.
pub(super) const EMPTY_REPLY: &[u8] = b"[]";

/// The reason for which a job is dead-lettered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Rejection {
    #[error("delivered {0} times without an acknowledgement")]
    TooManyDeliveries(u32),
    #[error("malformed: {0}")]
    Malformed(String),
    /// The subscriber count or the upload date is out of range.
    #[error("invalid subscribers or upload date")]
    Invalid,
    #[error("timed out")]
    TimedOut,
}

/// The number of unacknowledged deliveries of a redelivered job, with which it must be published
/// again; `None` for the first delivery. Rejects the job after `max_deliveries`.
pub(super) fn check_deliveries(
    job: &Delivery,
    max_deliveries: u32,
) -> Result<Option<u32>, Rejection> {
    if !job.redelivered {
        return Ok(None);
    }
    let count = delivery_count(job).saturating_add(1);
    if count >= max_deliveries {
        return Err(Rejection::TooManyDeliveries(count));
    }
    tracing::warn!(count, "the job was redelivered without an acknowledgement");
    Ok(Some(count))
}

/// The action for a delivered job.
pub(super) enum DeliveryCheck {
    Process(Delivery),
    /// The queue of the job was deleted.
    QueueDeleted,
    Reject(Delivery, Rejection),
}

/// Counts the unacknowledged deliveries of a redelivered job; rejects it after `max_deliveries`.
///
/// Queues without arguments, which the contract requires, do not count deliveries: they only mark
/// messages as redelivered. Therefore the job is republished with a count before it is processed.
pub(super) async fn count_deliveries(
    channel: &Channel,
    prediction_id: Uuid,
    job: Delivery,
    max_deliveries: u32,
) -> Result<DeliveryCheck, BrokerError> {
    let count = match check_deliveries(&job, max_deliveries) {
        Ok(Some(count)) => count,
        Ok(None) => return Ok(DeliveryCheck::Process(job)),
        Err(rejection) => return Ok(DeliveryCheck::Reject(job, rejection)),
    };
    let queue = job_queue(prediction_id);
    let mut counted = Message::new(&queue, &job.data);
    counted.headers = job.properties.headers().clone().unwrap_or_default();
    let counted = counted.header(DELIVERY_COUNT, Some(AMQPValue::LongUInt(count)));
    match publish(channel, &[counted]).await {
        Err(BrokerError::Unroutable(_)) => {
            job.ack(BasicAckOptions::default()).await?;
            return Ok(DeliveryCheck::QueueDeleted);
        }
        other => other?,
    }
    job.ack(BasicAckOptions::default()).await?;
    let republished = channel.basic_get(queue.into(), BasicGetOptions::default()).await?;
    Ok(republished
        .map_or(DeliveryCheck::QueueDeleted, |message| DeliveryCheck::Process(message.delivery)))
}

fn delivery_count(job: &Delivery) -> u32 {
    let headers = job.properties.headers().as_ref();
    match headers.and_then(|headers| headers.inner().get(DELIVERY_COUNT)) {
        Some(AMQPValue::LongUInt(count)) => *count,
        _ => 0,
    }
}

/// The copy of a job for the dead-letter queue.
pub(super) fn dead_letter_of<'a>(
    prediction_id: Uuid,
    job: &'a Delivery,
    rejection: &Rejection,
) -> Message<'a> {
    tracing::error!(uuid = %prediction_id, queue = FAILED_JOBS, "a job is dead-lettered: {rejection}");
    let text = |text: String| Some(AMQPValue::LongString(text.into()));
    let headers = job.properties.headers().clone().unwrap_or_default();
    Message { headers, ..Message::new(FAILED_JOBS, &job.data) }
        .header("uuid", text(prediction_id.to_string()))
        .header("reason", text(rejection.to_string()))
}

/// Moves the job to the dead-letter queue and sends an empty reply.
pub(super) async fn dead_letter(
    channel: &Channel,
    prediction_id: Uuid,
    job: Delivery,
    rejection: &Rejection,
) -> Result<Outcome, BrokerError> {
    publish(channel, &[dead_letter_of(prediction_id, &job, rejection)]).await?;
    let queue = reply_queue(prediction_id);
    match publish(channel, &[Message::new(&queue, EMPTY_REPLY)]).await {
        // The prediction has expired.
        Ok(()) | Err(BrokerError::Unroutable(_)) => {}
        Err(error) => return Err(error),
    }
    job.ack(BasicAckOptions::default()).await?;
    Ok(Outcome::DeadLettered)
}
