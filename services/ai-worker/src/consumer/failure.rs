//! Jobs that cannot be answered.

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

/// The dead-letter queue: jobs that could not be answered, for an operator. A policy bounds it.
pub(super) const FAILED_JOBS: &str = "failed_ai_jobs";

/// The header of a job that counts its unsuccessful deliveries.
const DELIVERY_COUNT: &str = "deaths";

/// The answer to a job that failed: a prediction of no days.
const EMPTY_ANSWER: &[u8] = b"[]";

/// Why a job is dead-lettered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Rejection {
    /// Every delivery of so many ended without an acknowledgement.
    #[error("delivered {0} times without an acknowledgement")]
    TooManyDeliveries(u32),
    /// It cannot be parsed.
    #[error("malformed: {0}")]
    Malformed(String),
    /// Its fields have values that no plan of a video has.
    #[error("invalid subscribers or upload date")]
    Invalid,
    /// It took longer than a job may.
    #[error("timed out")]
    TimedOut,
}

/// The job if it is to be handled, none if its queue was deleted, or the reason to reject it.
type Checked = Result<Option<Delivery>, (Delivery, Rejection)>;

/// Counts the deliveries of a job that was delivered before and not acknowledged; rejects it
/// after `max_deliveries` of them.
///
/// Queues without arguments, which the contract asks for, do not count deliveries: they only
/// mark a message as redelivered. So the job is published again with a count before it is
/// handled.
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
    tracing::warn!(uuid = %id, count, "this job was delivered before and not acknowledged");
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
    let again = channel.basic_get(queue.into(), BasicGetOptions::default()).await?;
    Ok(Ok(again.map(|message| message.delivery)))
}

fn delivery_count(message: &Delivery) -> u32 {
    let headers = message.properties.headers().as_ref();
    match headers.and_then(|headers| headers.inner().get(DELIVERY_COUNT)) {
        Some(AMQPValue::LongUInt(count)) => *count,
        _ => 0,
    }
}

/// Moves the job to the dead-letter queue, and sends an empty answer.
pub(super) async fn dead_letter(
    channel: &Channel,
    id: Uuid,
    message: Delivery,
    reason: &Rejection,
) -> Result<Outcome, BrokerError> {
    tracing::error!(uuid = %id, queue = FAILED_JOBS, "a job is dead-lettered: {reason}");
    let text = |text: String| Some(AMQPValue::LongString(text.into()));
    let mut kept = Message::new(FAILED_JOBS, &message.data);
    kept.headers = message.properties.headers().clone().unwrap_or_default();
    let kept = kept.header("uuid", text(id.to_string())).header("reason", text(reason.to_string()));
    publish(channel, &[kept]).await?;
    let queue = reply_queue(id);
    match publish(channel, &[Message::new(&queue, EMPTY_ANSWER)]).await {
        // No one waits for the answer any more.
        Ok(()) | Err(BrokerError::Unroutable(_)) => {}
        Err(error) => return Err(error),
    }
    message.ack(BasicAckOptions::default()).await?;
    Ok(Outcome::DeadLettered)
}
