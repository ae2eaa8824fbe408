//! Jobs that cannot be answered.

use super::Outcome;
use common::{
    broker::{BrokerError, Channel, Message, publish},
    prediction::{answer_queue, job_queue},
};
use lapin::{
    message::Delivery,
    options::{BasicAckOptions, BasicGetOptions},
    types::AMQPValue,
};
use uuid::Uuid;

/// The queue that keeps jobs which were given up, for an operator to look at. A policy
/// bounds it.
pub(super) const FAILED: &str = "failed_ai_jobs";

/// The header of a job that counts the workers that died of it.
const DEATHS: &str = "deaths";

/// An answer that is none: a prediction of no days.
const NO_ANSWER: &[u8] = b"[]";

/// Why a job is given up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum GivenUp {
    /// So many workers died of it.
    #[error("{0} workers died of it")]
    Deadly(u32),
    /// It cannot be read.
    #[error("it is no job: {0}")]
    NoJob(String),
    /// It can be read, and is no plan of a video.
    #[error("its subscribers or its date cannot be read")]
    NoPlan,
    /// It took too long.
    #[error("it took too long")]
    TooSlow,
}

/// What is to be done with a job: go on, or give it up. It may have vanished meanwhile.
type Verdict = Result<Option<Delivery>, (Delivery, GivenUp)>;

/// Notes on a job that a worker had taken before and not answered that one more has died of
/// it; after `tries` of them the job is given up.
///
/// Queues as the contract wants them do not count redeliveries: they only say that there was
/// one. So the job is put back with a count, before anything else is done with it.
pub(super) async fn count_deaths(
    channel: &Channel,
    id: Uuid,
    message: Delivery,
    tries: u32,
) -> Result<Verdict, BrokerError> {
    if !message.redelivered {
        return Ok(Ok(Some(message)));
    }
    let deaths = deaths_of(&message).saturating_add(1);
    if deaths >= tries {
        return Ok(Err((message, GivenUp::Deadly(deaths))));
    }
    tracing::warn!(uuid = %id, deaths, "a worker died while it had this job");
    let queue = job_queue(id);
    let mut counted = Message::new(&queue, &message.data);
    counted.headers = message.properties.headers().clone().unwrap_or_default();
    let counted = counted.header(DEATHS, Some(AMQPValue::LongUInt(deaths)));
    match publish(channel, &[counted]).await {
        Err(BrokerError::NotTaken(_)) => return Ok(Ok(None)),
        other => other?,
    }
    message.ack(BasicAckOptions::default()).await?;
    let again = channel.basic_get(queue.into(), BasicGetOptions::default()).await?;
    Ok(Ok(again.map(|message| message.delivery)))
}

fn deaths_of(message: &Delivery) -> u32 {
    let headers = message.properties.headers().as_ref();
    match headers.and_then(|headers| headers.inner().get(DEATHS)) {
        Some(AMQPValue::LongUInt(deaths)) => *deaths,
        _ => 0,
    }
}

/// Keeps the job for an operator, and tells who waits that there will be no answer.
pub(super) async fn give_up(
    channel: &Channel,
    id: Uuid,
    message: Delivery,
    reason: &GivenUp,
) -> Result<Outcome, BrokerError> {
    tracing::error!(uuid = %id, queue = FAILED, "a job is given up and kept: {reason}");
    let text = |text: String| Some(AMQPValue::LongString(text.into()));
    let mut kept = Message::new(FAILED, &message.data);
    kept.headers = message.properties.headers().clone().unwrap_or_default();
    let kept = kept.header("uuid", text(id.to_string())).header("reason", text(reason.to_string()));
    publish(channel, &[kept]).await?;
    let queue = answer_queue(id);
    match publish(channel, &[Message::new(&queue, NO_ANSWER)]).await {
        // Nobody waits any more.
        Ok(()) | Err(BrokerError::NotTaken(_)) => {}
        Err(error) => return Err(error),
    }
    message.ack(BasicAckOptions::default()).await?;
    Ok(Outcome::GivenUp)
}
