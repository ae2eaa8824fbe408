//! A client that requests predictions, written from the contract of the queues only.

use common::settings::RabbitmqSettings;
use futures_util::StreamExt;
use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties, Consumer, Queue,
    message::Delivery,
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

const REPLY_TIMEOUT: Duration = Duration::from_secs(20);

pub const DIRECT_QUEUE: &str = "direct_ai_jobs";

pub struct Client {
    connection: Connection,
    channel: Channel,
}

/// The channel of an unacknowledged message.
pub struct UnackedMessage(Channel);

/// A published request whose reply is consumed.
pub struct PendingPrediction {
    channel: Channel,
    pub id: String,
    replies: Consumer,
}

/// A published job with a direct reply.
pub struct PendingDirectReply {
    pub id: String,
    replies: Consumer,
    /// The channel of the job receives its reply.
    _channel: Channel,
}

#[derive(Debug)]
pub struct Reply {
    /// The body.
    pub views: Value,
    /// The header `details`, or null.
    pub details: Value,
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

    /// Publishes a job and its request.
    pub async fn request(&self, job: &Value) -> PendingPrediction {
        self.request_with_headers(job.to_string().as_bytes(), &[]).await
    }

    /// Publishes a job with these headers, and its request.
    pub async fn request_with_headers(
        &self,
        job: &[u8],
        headers: &[(&str, AMQPValue)],
    ) -> PendingPrediction {
        self.request_with_properties(BasicProperties::default(), job, headers).await
    }

    /// Publishes a job and its request with these properties.
    pub async fn request_with_properties(
        &self,
        properties: BasicProperties,
        job: &[u8],
        headers: &[(&str, AMQPValue)],
    ) -> PendingPrediction {
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
        let replies = consuming.await.expect("a consumer");
        PendingPrediction { channel: self.channel.clone(), id, replies }
    }

    /// Publishes a job with a direct reply and these headers.
    pub async fn request_direct(
        &self,
        job: &[u8],
        headers: &[(&str, AMQPValue)],
    ) -> PendingDirectReply {
        let id = Uuid::new_v4().to_string();
        let channel = self.connection.create_channel().await.expect("a channel");
        let options = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
        let (queue, tag) = ("amq.rabbitmq.reply-to".into(), ShortString::default());
        let consuming = channel.basic_consume(queue, tag, options, FieldTable::default());
        let replies = consuming.await.expect("a consumer");
        self.declare(DIRECT_QUEUE).await;
        let mut table = FieldTable::default();
        for (name, value) in headers {
            table.insert((*name).into(), value.clone());
        }
        let properties = BasicProperties::default()
            .with_correlation_id(id.as_str().into())
            .with_reply_to("amq.rabbitmq.reply-to".into())
            .with_headers(table);
        let options = BasicPublishOptions::default();
        let sending =
            channel.basic_publish("".into(), DIRECT_QUEUE.into(), options, job, properties);
        sending.await.expect("the job is sent");
        PendingDirectReply { id, replies, _channel: channel }
    }

    /// Publishes a direct job with these properties.
    pub async fn publish_direct(&self, job: &[u8], properties: BasicProperties) {
        self.declare(DIRECT_QUEUE).await;
        self.publish(DIRECT_QUEUE, job, properties).await;
    }

    /// Declares a queue and consumes from it.
    pub async fn consume(&self, queue: &str, options: BasicConsumeOptions) -> Consumer {
        self.declare(queue).await;
        let (tag, table) = (ShortString::default(), FieldTable::default());
        let consuming = self.channel.basic_consume(queue.into(), tag, options, table);
        consuming.await.expect("a consumer")
    }

    /// Publishes a request without a job.
    pub async fn publish_request(&self, text: &str) {
        self.declare("request_ai_process").await;
        self.publish("request_ai_process", text.as_bytes(), BasicProperties::default()).await;
    }

    /// Publishes a request whose job queue is a stream: RabbitMQ closes the connection of a client
    /// that gets a message from it.
    pub async fn publish_request_with_stream(&self) {
        let id = Uuid::new_v4().to_string();
        let mut table = FieldTable::default();
        table.insert("x-queue-type".into(), AMQPValue::LongString("stream".into()));
        let durable = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
        let declaring = self.channel.queue_declare(id.as_str().into(), durable, table);
        declaring.await.expect("a stream");
        self.publish_request(&id).await;
    }

    /// Gets a message without acknowledging it.
    pub async fn get_unacked(&self, queue: &str) -> UnackedMessage {
        let channel = self.connection.create_channel().await.expect("a channel");
        let get = channel.basic_get(queue.into(), BasicGetOptions::default());
        get.await.expect("the queue").expect("a message");
        UnackedMessage(channel)
    }

    /// Number of messages in a queue.
    pub async fn message_count(&self, queue: &str) -> u32 {
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

impl UnackedMessage {
    pub async fn requeue(self) {
        self.0.close(200, "crashed".into()).await.expect("the channel closes");
    }
}

impl PendingPrediction {
    /// Waits for the reply and deletes the queues.
    pub async fn reply(mut self) -> Reply {
        let delivery = next_reply(&mut self.replies).await;
        self.delete_queues().await;
        Reply::of(&delivery)
    }

    /// Deletes the queues, as a client does after its timeout.
    pub async fn delete_queues(&self) {
        for queue in [self.id.clone(), format!("{}_r", self.id)] {
            let options = QueueDeleteOptions::default();
            self.channel.queue_delete(queue.into(), options).await.expect("the queue is deleted");
        }
    }
}

impl PendingDirectReply {
    pub async fn reply(mut self) -> Reply {
        Reply::of(&next_reply(&mut self.replies).await)
    }
}

async fn next_reply(replies: &mut Consumer) -> Delivery {
    let next = timeout(REPLY_TIMEOUT, replies.next()).await.expect("a reply in time");
    next.expect("the queue").expect("the connection")
}

impl Reply {
    fn of(delivery: &Delivery) -> Self {
        let headers = delivery.properties.headers().clone().unwrap_or_default();
        let details = match headers.inner().get("details") {
            Some(AMQPValue::LongString(text)) => text.to_string(),
            _ => "null".to_owned(),
        };
        let parse = |text: &[u8]| serde_json::from_slice(text).expect("JSON");
        let correlation_id = delivery.properties.correlation_id().as_ref().map(ToString::to_string);
        let details = parse(details.as_bytes());
        Self { views: parse(&delivery.data), details, correlation_id }
    }

    /// The body as integers.
    pub fn numbers(&self) -> Vec<i64> {
        numbers(&self.views)
    }
}

/// A list of integers.
pub fn numbers(list: &Value) -> Vec<i64> {
    let entries = list.as_array().expect("a list").iter();
    entries.map(|entry| entry.as_i64().expect("an integer")).collect()
}

/// The job of a planned video.
pub fn job(subscribers: impl Into<Value>, day: &str) -> Value {
    json!(["https://unlisted.example/a.jpg", "혼자 먹는 저녁", subscribers.into(), day])
}
