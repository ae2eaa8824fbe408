//! What the users of `RabbitMQ` may do: what a prediction takes of each side, and no more.

use common::{
    broker::{Broker, Channel, Message, declare, publish},
    settings::RabbitmqSettings,
};
use lapin::{
    BasicProperties, Error, ErrorKind, ExchangeKind, Result,
    options::{
        BasicGetOptions, BasicPublishOptions, ExchangeDeclareOptions, QueueBindOptions,
        QueueDeleteOptions, QueuePurgeOptions,
    },
    protocol::{AMQPErrorKind, AMQPSoftError},
    types::FieldTable,
};
use std::time::Duration;
use test_support::TestBroker;
use tokio::runtime::Handle;

const JOB: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";
const ANSWER: &str = "0f8fad5b-d9cb-469f-a165-70867728950e_r";
const REQUESTS: &str = "request_ai_process";
const FAILED: &str = "failed_ai_jobs";
const ELSEWHERE: &str = "somebody_else_s";

/// All queues there are, made by who may make any.
async fn queues() -> TestBroker {
    let broker = TestBroker::create(Duration::from_mins(10)).await;
    let channel = channel(&broker.settings_of("ai-worker")).await;
    for queue in [JOB, ANSWER, REQUESTS, FAILED] {
        declare(&channel, queue).await.unwrap();
    }
    broker
}

/// A channel of its own: a refusal closes it.
async fn channel(settings: &RabbitmqSettings) -> Channel {
    Broker::new(settings, "test", Handle::current()).open_channel().await.unwrap()
}

fn is_refusal(error: &Error) -> bool {
    let refused = AMQPErrorKind::Soft(AMQPSoftError::ACCESSREFUSED);
    matches!(error.kind(), ErrorKind::ProtocolError(error) if error.kind() == &refused)
}

/// Whether that was done; `false` if it was refused for want of rights.
fn done<T>(what: &str, outcome: Result<T>) -> bool {
    match outcome {
        Ok(_) => true,
        Err(error) => {
            assert!(is_refusal(&error), "{what}: {error}");
            false
        }
    }
}

/// Which of all queues, and of one that is nobody's, it may take messages from.
async fn read_by(settings: &RabbitmqSettings) -> Vec<&'static str> {
    let mut read = Vec::new();
    for queue in [JOB, ANSWER, REQUESTS, FAILED] {
        let channel = channel(settings).await;
        let got = channel.basic_get(queue.into(), BasicGetOptions::default()).await.map(drop);
        if done(queue, got) {
            read.push(queue);
        }
    }
    read
}

/// Which it may make and remove.
async fn configured_by(settings: &RabbitmqSettings) -> Vec<&'static str> {
    let mut configured = Vec::new();
    for queue in [JOB, ANSWER, REQUESTS, FAILED, ELSEWHERE, "amq.gen-mine"] {
        if done(queue, declare(&channel(settings).await, queue).await) {
            configured.push(queue);
        }
    }
    configured
}

/// What no side of a prediction needs.
async fn nothing_else_is_possible(settings: &RabbitmqSettings) {
    let open = || channel(settings);
    let table = FieldTable::default;
    let (kind, options) = (ExchangeKind::Fanout, ExchangeDeclareOptions::default());
    let made = open().await.exchange_declare(ELSEWHERE.into(), kind, options, table()).await;
    assert!(!done("an exchange", made));
    let binding = QueueBindOptions::default();
    let bound =
        open().await.queue_bind(JOB.into(), "amq.topic".into(), "#".into(), binding, table()).await;
    assert!(!done("a binding", bound));
    let removed = open().await.queue_delete(ELSEWHERE.into(), QueueDeleteOptions::default()).await;
    assert!(!done("removing", removed));
    let emptied = open().await.queue_purge(FAILED.into(), QueuePurgeOptions::default()).await;
    assert!(!done("emptying", emptied));
    let channel = open().await;
    let options = BasicPublishOptions::default();
    let properties = BasicProperties::default();
    let sent = channel.basic_publish("amq.topic".into(), "a".into(), options, b"a", properties);
    let confirmed = async { sent.await?.await };
    assert!(!done("another exchange", confirmed.await));
}

#[tokio::test]
async fn predict_user_declares_queues_and_consumes_responses() {
    let broker = queues().await;
    let settings = broker.settings_of("predict");
    publish(&channel(&settings).await, &[Message::new(REQUESTS, JOB.as_bytes())]).await.unwrap();
    assert_eq!(read_by(&settings).await, [ANSWER]);
    assert_eq!(configured_by(&settings).await, [JOB, ANSWER, REQUESTS]);
    nothing_else_is_possible(&settings).await;
}

#[tokio::test]
async fn ai_worker_user_consumes_jobs_and_only_publishes_dead_letters() {
    let broker = queues().await;
    let settings = broker.settings_of("ai-worker");
    publish(&channel(&settings).await, &[Message::new(ANSWER, b"[]")]).await.unwrap();
    assert_eq!(read_by(&settings).await, [JOB, REQUESTS]);
    assert_eq!(configured_by(&settings).await, [JOB, ANSWER, REQUESTS, FAILED]);
    nothing_else_is_possible(&settings).await;
}

#[tokio::test]
async fn external_ai_server_user_can_access_predictions_only() {
    let broker = queues().await;
    let settings = broker.settings();
    assert_eq!(read_by(settings).await, [JOB, ANSWER, REQUESTS]);
    assert_eq!(configured_by(settings).await, [JOB, ANSWER, REQUESTS, FAILED]);
    nothing_else_is_possible(settings).await;
}
