//! Delivery limits and dead-lettering of jobs.

use super::Outcome;
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
pub(super) const DELIVERY_COUNT: &str = "deaths";

/// Reply to a failed job.
pub(super) const EMPTY_REPLY: &[u8] = b"[]";

/// Why a job is dead-lettered.
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

/// The number of unacknowledged deliveries of a redelivered message, with which it must be published
/// again; `None` for the first delivery. Rejects the message after `max_deliveries`.
pub(super) fn check_deliveries(
    message: &Delivery,
    max_deliveries: u32,
) -> Result<Option<u32>, Rejection> {
    if !message.redelivered {
        return Ok(None);
    }
    let count = delivery_count(message).saturating_add(1);
    if count >= max_deliveries {
        return Err(Rejection::TooManyDeliveries(count));
    }
    tracing::warn!(count, "the job was redelivered without an acknowledgement");
    Ok(Some(count))
}

/// The job to process, `None` if its queue was deleted, or the reason to dead-letter it.
type Checked = Result<Option<Delivery>, (Delivery, Rejection)>;

/// Counts the unacknowledged deliveries of a redelivered job; rejects it after `max_deliveries`.
///
/// Queues without arguments, which the contract requires, do not count deliveries: they only mark
/// messages as redelivered. Therefore the job is republished with a count before it is processed.
pub(super) async fn count_deliveries(
    channel: &Channel,
    id: Uuid,
    message: Delivery,
    max_deliveries: u32,
) -> Result<Checked, BrokerError> {
    let count = match check_deliveries(&message, max_deliveries) {
        Ok(Some(count)) => count,
        Ok(None) => return Ok(Ok(Some(message))),
        Err(reason) => return Ok(Err((message, reason))),
    };
    let queue = job_queue(id);
    let mut counted = Message::new(&queue, &message.data);
    counted.headers = message.properties.headers().clone().unwrap_or_default();
    let counted = counted.header(DELIVERY_COUNT, Some(AMQPValue::LongUInt(count)));
    match publish(channel, &[counted]).await {
        Err(BrokerError::Unroutable(_)) => {
            message.ack(BasicAckOptions::default()).await?;
            return Ok(Ok(None));
        }
        other => other?,
    }
    message.ack(BasicAckOptions::default()).await?;
    let republished = channel.basic_get(queue.into(), BasicGetOptions::default()).await?;
    Ok(Ok(republished.map(|message| message.delivery)))
}

fn delivery_count(message: &Delivery) -> u32 {
    let headers = message.properties.headers().as_ref();
    match headers.and_then(|headers| headers.inner().get(DELIVERY_COUNT)) {
        Some(AMQPValue::LongUInt(count)) => *count,
        _ => 0,
    }
}

/// The copy of a job for the dead-letter queue.
pub(super) fn dead_letter_of<'a>(
    id: Uuid,
    message: &'a Delivery,
    reason: &Rejection,
) -> Message<'a> {
    tracing::error!(uuid = %id, queue = FAILED_JOBS, "a job is dead-lettered: {reason}");
    let text = |text: String| Some(AMQPValue::LongString(text.into()));
    let headers = message.properties.headers().clone().unwrap_or_default();
    Message { headers, ..Message::new(FAILED_JOBS, &message.data) }
        .header("uuid", text(id.to_string()))
        .header("reason", text(reason.to_string()))
}

/// Moves the job to the dead-letter queue and sends an empty reply.
pub(super) async fn dead_letter(
    channel: &Channel,
    id: Uuid,
    message: Delivery,
    reason: &Rejection,
) -> Result<Outcome, BrokerError> {
    publish(channel, &[dead_letter_of(id, &message, reason)]).await?;
    let queue = reply_queue(id);
    match publish(channel, &[Message::new(&queue, EMPTY_REPLY)]).await {
        // The prediction has expired.
        Ok(()) | Err(BrokerError::Unroutable(_)) => {}
        Err(error) => return Err(error),
    }
    message.ack(BasicAckOptions::default()).await?;
    Ok(Outcome::DeadLettered)
}
