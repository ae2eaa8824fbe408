//! Whoever asks for predictions, knowing what the contract says of the queues.

use common::settings::RabbitmqSettings;
use futures_util::StreamExt;
use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties, Consumer, Queue,
    options::{
        BasicConsumeOptions, BasicGetOptions, BasicPublishOptions, QueueDeclareOptions,
        QueueDeleteOptions,
    },
    types::{AMQPValue, FieldTable, ShortString},
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

const LIMIT: Duration = Duration::from_secs(20);

/// A connection to the broker.
pub struct Client {
    connection: Connection,
    channel: Channel,
}

/// A message that was taken, and not acknowledged.
pub struct Held(Channel);

/// A question that waits for its answer.
pub struct Asked {
    channel: Channel,
    pub id: String,
    answers: Consumer,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The numbers.
    pub views: Value,
    /// What stands beside them; null if nothing does.
    pub details: Value,
    /// The id of the request that it belongs to.
    pub correlation_id: Option<String>,
}

impl Client {
    pub async fn new(broker: &RabbitmqSettings) -> Self {
        let password = broker.password().expect("a password");
        let RabbitmqSettings { user, host, port, vhost, .. } = broker;
        let url = format!("amqp://{user}:{}@{host}:{port}/{vhost}", password.expose_secret());
        let connection =
            Connection::connect(&url, ConnectionProperties::default()).await.expect("RabbitMQ");
        let channel = connection.create_channel().await.expect("a channel");
        Self { connection, channel }
    }

    /// Asks with this job.
    pub async fn ask(&self, job: &Value) -> Asked {
        self.ask_with(job.to_string().as_bytes(), &[]).await
    }

    /// Asks with a job of these bytes, and headers beside it.
    pub async fn ask_with(&self, job: &[u8], headers: &[(&str, AMQPValue)]) -> Asked {
        self.ask_as(BasicProperties::default(), job, headers).await
    }

    /// Asks with messages that have these properties.
    pub async fn ask_as(
        &self,
        properties: BasicProperties,
        job: &[u8],
        headers: &[(&str, AMQPValue)],
    ) -> Asked {
        let id = Uuid::new_v4().to_string();
        for queue in [&id, &format!("{id}_r"), "request_ai_process"] {
            self.declare(queue).await;
        }
        let mut table = FieldTable::default();
        for (name, value) in headers {
            table.insert((*name).into(), value.clone());
        }
        self.publish(&id, job, properties.clone().with_headers(table)).await;
        self.publish("request_ai_process", id.as_bytes(), properties).await;
        let options = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
        let (queue, tag) = (format!("{id}_r").into(), ShortString::default());
        let consuming = self.channel.basic_consume(queue, tag, options, FieldTable::default());
        let answers = consuming.await.expect("a consumer");
        Asked { channel: self.channel.clone(), id, answers }
    }

    /// Consumes from a queue, which is declared before.
    pub async fn consume(&self, queue: &str, options: BasicConsumeOptions) -> Consumer {
        self.declare(queue).await;
        let (tag, table) = (ShortString::default(), FieldTable::default());
        let consuming = self.channel.basic_consume(queue.into(), tag, options, table);
        consuming.await.expect("a consumer")
    }

    /// Asks for a job that is not there.
    pub async fn ask_for_nothing(&self, text: &str) {
        self.declare("request_ai_process").await;
        self.publish("request_ai_process", text.as_bytes(), BasicProperties::default()).await;
    }

    /// Takes a message, as a worker does that dies later.
    pub async fn hold(&self, queue: &str) -> Held {
        let channel = self.connection.create_channel().await.expect("a channel");
        let getting = channel.basic_get(queue.into(), BasicGetOptions::default());
        getting.await.expect("the queue is there").expect("a message");
        Held(channel)
    }

    /// How many messages wait in a queue.
    pub async fn waiting(&self, queue: &str) -> u32 {
        self.declare(queue).await.message_count()
    }

    async fn declare(&self, queue: &str) -> Queue {
        let durable = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
        let declaring = self.channel.queue_declare(queue.into(), durable, FieldTable::default());
        declaring.await.expect("a queue")
    }

    async fn publish(&self, queue: &str, body: &[u8], properties: BasicProperties) {
        let options = BasicPublishOptions::default();
        let sending =
            self.channel.basic_publish("".into(), queue.into(), options, body, properties);
        sending.await.expect("the message is sent");
    }
}

impl Held {
    /// Puts it back.
    pub async fn put_back(self) {
        self.0.close(200, "died".into()).await.expect("the channel closes");
    }
}

impl Asked {
    /// The answer; the queues go.
    pub async fn answer(mut self) -> Answer {
        let next = timeout(LIMIT, self.answers.next()).await.expect("an answer in time");
        let delivery = next.expect("the queue is there").expect("the connection is there");
        self.delete().await;
        let headers = delivery.properties.headers().clone().unwrap_or_default();
        let details = match headers.inner().get("details") {
            Some(AMQPValue::LongString(text)) => text.to_string(),
            _ => "null".to_owned(),
        };
        let read = |text: &[u8]| serde_json::from_slice(text).expect("JSON");
        let correlation_id = delivery.properties.correlation_id().as_ref().map(ToString::to_string);
        let details = read(details.as_bytes());
        Answer { views: read(&delivery.data), details, correlation_id }
    }

    /// Takes the queues away, as one who waits no more.
    pub async fn delete(&self) {
        for queue in [self.id.clone(), format!("{}_r", self.id)] {
            let options = QueueDeleteOptions::default();
            self.channel.queue_delete(queue.into(), options).await.expect("the queue goes");
        }
    }
}

impl Answer {
    /// The numbers, which are whole.
    pub fn numbers(&self) -> Vec<i64> {
        numbers(&self.views)
    }
}

/// A list of whole numbers.
pub fn numbers(list: &Value) -> Vec<i64> {
    let entries = list.as_array().expect("a list").iter();
    entries.map(|entry| entry.as_i64().expect("a whole number")).collect()
}

/// A planned video of a channel with so many subscribers, to be published that day.
pub fn job(subscribers: impl Into<Value>, day: &str) -> Value {
    json!(["https://nowhere.example/a.jpg", "혼자 먹는 저녁", subscribers.into(), day])
}
