//! A worker that consumes direct jobs, with the permissions of `ai-worker`.

use common::{
    broker::{Broker, Channel, Message, declare, publish},
    prediction::DIRECT_QUEUE,
};
use futures_util::StreamExt;
use lapin::{
    Consumer,
    message::Delivery,
    options::{BasicConsumeOptions, BasicQosOptions},
    types::{FieldTable, ShortString},
};
use serde_json::json;
use test_support::TestBroker;
use tokio::{runtime::Handle, time::timeout};

use crate::python_ai_server::TIMEOUT;

/// A consumer, whose unacknowledged jobs are requeued when it stops.
pub struct DirectWorker {
    channel: Channel,
    jobs: Consumer,
}

impl DirectWorker {
    /// Starts to consume at most `max_jobs` jobs at a time.
    pub async fn start(broker: &TestBroker, max_jobs: u16) -> Self {
        let connection = Broker::new(&broker.settings_of("ai-worker"), "test", Handle::current());
        let channel = connection.open_channel().await.expect("a channel");
        declare(&channel, DIRECT_QUEUE).await.expect("a queue");
        channel.basic_qos(max_jobs, BasicQosOptions::default()).await.expect("a limit");
        let (options, tag) = (BasicConsumeOptions::default(), ShortString::default());
        let consuming =
            channel.basic_consume(DIRECT_QUEUE.into(), tag, options, FieldTable::default());
        Self { jobs: consuming.await.expect("a consumer"), channel }
    }

    pub async fn next_job(&mut self) -> Delivery {
        let next = timeout(TIMEOUT, self.jobs.next()).await.expect("a job in time");
        next.expect("the queue").expect("the connection")
    }

    /// Replies to a job.
    pub async fn reply(&self, job: &Delivery, body: &str) {
        let id = job.properties.correlation_id().as_ref().expect("a correlation id");
        self.reply_as(job, Some(id.as_str()), body).await;
    }

    /// Sends a reply with this correlation id to the sender of a job.
    pub async fn reply_as(&self, job: &Delivery, correlation_id: Option<&str>, body: &str) {
        let queue = job.properties.reply_to().as_ref().expect("a reply address").as_str();
        let reply =
            Message { correlation_id, transient: true, ..Message::new(queue, body.as_bytes()) };
        publish(&self.channel, &[reply]).await.expect("the reply is sent");
    }

    /// Publishes empty jobs until the queue is full.
    pub async fn fill_queue(&self) {
        let job = || Message { transient: true, ..Message::new(DIRECT_QUEUE, b"") };
        while publish(&self.channel, &[(); 100].map(|()| job())).await.is_ok() {}
    }

    /// Replies to all further jobs.
    pub fn reply_to_all(mut self) {
        tokio::spawn(async move {
            while let Some(Ok(job)) = self.jobs.next().await {
                self.reply(&job, &views(1)).await;
            }
        });
    }

    pub async fn stop(self) {
        self.channel.close(200, "stopped".into()).await.expect("the channel closes");
    }
}

/// A reply with this number of views on each of 31 days.
pub fn views(number: i64) -> String {
    json!(vec![number; 31]).to_string()
}
