//! The AI server, asked over RabbitMQ: see [`common::prediction`].

mod outcome;
mod queues;

use crate::places::Place;
use common::{
    Error,
    broker::{Broker, BrokerError, Channel, Message, publish},
    prediction::{
        AnswerError, CATEGORY, CHANNEL, DAYS, DETAILS, Details, Job, REQUESTS, read_views,
    },
};
use lapin::{
    message::Delivery,
    types::{AMQPValue, FieldTable},
};
use outcome::OutcomeLog;
use queues::Queues;
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, sleep, timeout};

/// How long a broker that goes away under a prediction may take to come back.
const RECOVERY: Duration = Duration::from_secs(20);

/// Between two tries to find it again.
const PAUSE: Duration = Duration::from_millis(250);

/// Who is asked for predictions. Cloning shares the connection.
pub(crate) struct AiServer {
    broker: Broker,
    wait: Duration,
}

/// A job, and what an AI server may know beside it.
pub(crate) struct Question {
    pub job: Job,
    /// YouTube's number of the category.
    pub category: Option<u16>,
    /// YouTube's id of the channel.
    pub channel_id: Option<String>,
}

/// What an AI server says.
#[derive(Debug)]
pub(crate) struct Prediction {
    /// The views of each day.
    pub views: [i64; DAYS],
    /// What our own says beside them.
    pub details: Option<Details>,
}

impl AiServer {
    /// Whoever takes jobs from this broker; an answer may take as long as `wait`.
    pub(crate) const fn new(broker: Broker, wait: Duration) -> Self {
        Self { broker, wait }
    }

    /// Asks, and waits for the answer. Whatever comes of it, the queues go: when the answer
    /// is there, when it is too late, and when nobody wants it any more and this future is
    /// dropped.
    pub(crate) async fn ask(
        &self,
        question: Question,
        place: &mut Place,
    ) -> Result<Prediction, Error> {
        let mut queues = Queues::new(self.broker.clone());
        let mut log = OutcomeLog::new(queues.job());
        let outcome = match timeout(self.wait, self.converse(&mut queues, question, place)).await {
            Ok(outcome) => outcome.map_err(Error::from),
            Err(_) => Err(Error::DeadlineExceeded),
        };
        queues.delete().await;
        let prediction = outcome.and_then(|answer| read(&answer).map_err(unusable));
        log.set(&prediction);
        prediction
    }

    async fn converse(
        &self,
        queues: &mut Queues,
        question: Question,
        place: &mut Place,
    ) -> Result<Delivery, BrokerError> {
        let bytes = question.job.thumbnail_url.len();
        let mut channel = Some(self.broker.in_time(self.submit(queues, question)).await?);
        place.shrink_to(bytes);
        let mut lost: Option<Instant> = None;
        loop {
            match queues.receive(channel.take(), &mut lost).await {
                Ok(answer) => return Ok(answer),
                // Queues and messages are durable: the answer may still come.
                Err(error) if may_come_back(&error) => {
                    let since = lost.get_or_insert_with(Instant::now);
                    if since.elapsed() > RECOVERY {
                        return Err(error);
                    }
                    sleep(PAUSE).await;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Makes the queues, and puts the job and its uuid where an AI server finds them.
    async fn submit(
        &self,
        queues: &mut Queues,
        question: Question,
    ) -> Result<Channel, BrokerError> {
        let channel = self.broker.open_channel().await?;
        queues.declare(&channel).await?;
        // Nobody waits longer, and a job that nobody waits for is not worth the work.
        let lifetime = Some(self.wait);
        let job = serde_json::to_vec(&question.job).unwrap_or_default();
        let category = question.category.map(|number| AMQPValue::LongInt(number.into()));
        let channel_id = question.channel_id.map(|id| AMQPValue::LongString(id.into()));
        let job = Message { lifetime, ..Message::new(queues.job(), &job) }
            .header(CATEGORY, category)
            .header(CHANNEL, channel_id);
        let request = Message { lifetime, ..Message::new(REQUESTS, queues.job().as_bytes()) };
        publish(&channel, &[job, request]).await?;
        Ok(channel)
    }
}

/// Whether asking again may help: a refusal (AMQP's soft errors) would be repeated. A consumer
/// that ends without an error has lost its queue, or the connection: asking again tells which.
fn may_come_back(error: &BrokerError) -> bool {
    match error {
        BrokerError::Refused(error) => !error.is_amqp_soft_error(),
        BrokerError::TimedOut | BrokerError::NotTaken(_) => true,
        BrokerError::Settings(_) => false,
    }
}

fn read(answer: &Delivery) -> Result<Prediction, AnswerError> {
    let views = read_views(&answer.data)?;
    let details = header(answer.properties.headers().as_ref(), DETAILS).and_then(Details::read);
    Ok(Prediction { views, details })
}

fn header<'a>(headers: Option<&'a FieldTable>, name: &str) -> Option<&'a [u8]> {
    match headers?.inner().get(name)? {
        AMQPValue::LongString(text) => Some(text.as_bytes()),
        _ => None,
    }
}

fn unusable(error: AnswerError) -> Error {
    Error::BadGateway { from: "AI server", source: Arc::new(error) }
}
