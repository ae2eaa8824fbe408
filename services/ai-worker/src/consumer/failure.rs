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
const DELIVERY_COUNT: &str = "deaths";

/// Reply to a failed job.
const EMPTY_REPLY: &[u8] = b"[]";

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
    if !message.redelivered {
        return Ok(Ok(Some(message)));
    }
    let count = delivery_count(&message).saturating_add(1);
    if count >= max_deliveries {
        return Ok(Err((message, Rejection::TooManyDeliveries(count))));
    }
    tracing::warn!(uuid = %id, count, "the job was redelivered without an acknowledgement");
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

/// Moves the job to the dead-letter queue and sends an empty reply.
pub(super) async fn dead_letter(
    channel: &Channel,
    id: Uuid,
    message: Delivery,
    reason: &Rejection,
) -> Result<Outcome, BrokerError> {
    tracing::error!(uuid = %id, queue = FAILED_JOBS, "a job is dead-lettered: {reason}");
    let text = |text: String| Some(AMQPValue::LongString(text.into()));
    let mut dead_letter = Message::new(FAILED_JOBS, &message.data);
    dead_letter.headers = message.properties.headers().clone().unwrap_or_default();
    let dead_letter =
        dead_letter.header("uuid", text(id.to_string())).header("reason", text(reason.to_string()));
    publish(channel, &[dead_letter]).await?;
    let queue = reply_queue(id);
    match publish(channel, &[Message::new(&queue, EMPTY_REPLY)]).await {
        // The prediction has expired.
        Ok(()) | Err(BrokerError::Unroutable(_)) => {}
        Err(error) => return Err(error),
    }
    message.ack(BasicAckOptions::default()).await?;
    Ok(Outcome::DeadLettered)
}
