//! The two queues of one prediction.

use super::{PAUSE, may_come_back};
use common::{
    broker::{Broker, BrokerError, Channel, declare},
    prediction::{REQUESTS, answer_queue, job_queue},
};
use futures_util::StreamExt;
use lapin::{
    message::Delivery,
    options::{BasicConsumeOptions, QueueDeleteOptions},
    types::{FieldTable, ShortString},
};
use std::time::Duration;
use tokio::{
    time::{Instant, sleep, timeout},
    try_join,
};
use uuid::Uuid;

/// How long a broker that is away is waited for to remove queues: by then its policy has
/// removed them.
const PATIENCE: Duration = Duration::from_mins(5);

/// The queues of a prediction. They go with this value, or as soon as the broker can be
/// reached again; a policy of the broker removes what a killed replica leaves.
pub(super) struct Queues {
    broker: Broker,
    job: String,
    answer: String,
    /// They may be there.
    there: bool,
}

impl Queues {
    /// Of a new prediction; nothing is made yet.
    pub(super) fn new(broker: Broker) -> Self {
        let id = Uuid::new_v4();
        Self { broker, job: job_queue(id), answer: answer_queue(id), there: false }
    }

    /// The name of the queue of the job, which is the prediction's uuid.
    pub(super) fn job(&self) -> &str {
        &self.job
    }

    /// Makes them, and the queue of all requests where it is missing.
    pub(super) async fn declare(&mut self, channel: &Channel) -> Result<(), BrokerError> {
        self.there = true;
        try_join!(
            declare(channel, &self.job),
            declare(channel, &self.answer),
            declare(channel, REQUESTS)
        )?;
        Ok(())
    }

    /// Waits for the answer, for as long as the connection lasts, over this channel or one
    /// of its own; `lost` is cleared once there is one.
    pub(super) async fn receive(
        &self,
        channel: Option<Channel>,
        lost: &mut Option<Instant>,
    ) -> Result<Delivery, BrokerError> {
        let channel = match channel {
            Some(channel) => channel,
            None => self.broker.open_channel().await?,
        };
        // Never acknowledged: the queue goes when it is read, and what was on its way over a
        // connection that broke comes once more.
        let taking = BasicConsumeOptions::default();
        let (queue, tag) = (self.answer.as_str().into(), ShortString::default());
        let consuming = channel.basic_consume(queue, tag, taking, FieldTable::default());
        let mut consumer = self.broker.in_time(async { Ok(consuming.await?) }).await?;
        *lost = None;
        match consumer.next().await {
            Some(delivery) => Ok(delivery?),
            // Somebody removed the queue, or the connection is lost.
            None => Err(BrokerError::NotTaken(self.answer.clone())),
        }
    }

    /// Removes them, if they were made, and returns when they are gone, or when the broker
    /// cannot be reached.
    pub(super) async fn delete(mut self) {
        if self.there {
            self.there = remove(&self.broker, &self.job, &self.answer).await.is_err();
        }
    }
}

impl Drop for Queues {
    fn drop(&mut self) {
        if self.there {
            let (job, answer) = (self.job.clone(), self.answer.clone());
            self.broker.spawn(keep_removing(self.broker.clone(), job, answer));
        }
    }
}

async fn keep_removing(broker: Broker, job: String, answer: String) {
    let removing = async {
        loop {
            match remove(&broker, &job, &answer).await {
                Err(error) if may_come_back(&error) => sleep(PAUSE).await,
                outcome => return outcome,
            }
        }
    };
    let outcome = timeout(PATIENCE, removing).await;
    if let Err(error) = outcome.unwrap_or(Err(BrokerError::TimedOut)) {
        tracing::warn!(uuid = job, "the queues of a prediction are left to the policy: {error}");
    }
}

async fn remove(broker: &Broker, job: &str, answer: &str) -> Result<(), BrokerError> {
    let removing = async {
        let channel = broker.channel().await?;
        let delete = |name: &str| channel.queue_delete(name.into(), QueueDeleteOptions::default());
        try_join!(delete(job), delete(answer))?;
        Ok(())
    };
    broker.in_time(removing).await
}
