//! The permissions of the users of `RabbitMQ`.

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
const REPLY: &str = "0f8fad5b-d9cb-469f-a165-70867728950e_r";
const REQUESTS: &str = "request_ai_process";
const DIRECT: &str = "direct_ai_jobs";
const FAILED: &str = "failed_ai_jobs";
const OTHER: &str = "other_queue";

/// A broker with all queues of predictions.
async fn broker_with_queues() -> TestBroker {
    let broker = TestBroker::create(Duration::from_mins(10)).await;
    let channel = channel(&broker.settings_of("ai-worker")).await;
    for queue in [JOB, REPLY, REQUESTS, DIRECT, FAILED] {
        declare(&channel, queue).await.unwrap();
    }
    broker
}

/// A new channel, because a refused operation closes its channel.
async fn channel(settings: &RabbitmqSettings) -> Channel {
    Broker::new(settings, "test", Handle::current()).open_channel().await.unwrap()
}

fn is_access_refused(error: &Error) -> bool {
    let refused = AMQPErrorKind::Soft(AMQPSoftError::ACCESSREFUSED);
    matches!(error.kind(), ErrorKind::ProtocolError(error) if error.kind() == &refused)
}

/// Whether the operation was permitted.
fn is_permitted<T>(operation: &str, outcome: Result<T>) -> bool {
    match outcome {
        Ok(_) => true,
        Err(error) => {
            assert!(is_access_refused(&error), "{operation}: {error}");
            false
        }
    }
}

/// The queues that the user may consume from.
async fn readable_queues(settings: &RabbitmqSettings) -> Vec<&'static str> {
    let mut read = Vec::new();
    for queue in [JOB, REPLY, REQUESTS, DIRECT, FAILED] {
        let channel = channel(settings).await;
        let got = channel.basic_get(queue.into(), BasicGetOptions::default()).await.map(drop);
        if is_permitted(queue, got) {
            read.push(queue);
        }
    }
    read
}

/// The queues that the user may declare.
async fn declarable_queues(settings: &RabbitmqSettings) -> Vec<&'static str> {
    let mut configured = Vec::new();
    for queue in [JOB, REPLY, REQUESTS, DIRECT, FAILED, OTHER, "amq.gen-mine"] {
        if is_permitted(queue, declare(&channel(settings).await, queue).await) {
            configured.push(queue);
        }
    }
    configured
}

/// Operations that users of predictions must not be permitted.
async fn assert_other_operations_are_refused(settings: &RabbitmqSettings) {
    let open = || channel(settings);
    let table = FieldTable::default;
    let (kind, options) = (ExchangeKind::Fanout, ExchangeDeclareOptions::default());
    let declared = open().await.exchange_declare(OTHER.into(), kind, options, table()).await;
    assert!(!is_permitted("declare an exchange", declared));
    let binding = QueueBindOptions::default();
    let bound =
        open().await.queue_bind(JOB.into(), "amq.topic".into(), "#".into(), binding, table()).await;
    assert!(!is_permitted("bind a queue", bound));
    let deleted = open().await.queue_delete(OTHER.into(), QueueDeleteOptions::default()).await;
    assert!(!is_permitted("delete a queue", deleted));
    let purged = open().await.queue_purge(FAILED.into(), QueuePurgeOptions::default()).await;
    assert!(!is_permitted("purge a queue", purged));
    let channel = open().await;
    let options = BasicPublishOptions::default();
    let properties = BasicProperties::default();
    let sent = channel.basic_publish("amq.topic".into(), "a".into(), options, b"a", properties);
    let confirmed = async { sent.await?.await };
    assert!(!is_permitted("publish to another exchange", confirmed.await));
}

#[tokio::test]
async fn predict_user_declares_queues_and_consumes_responses() {
    let broker = broker_with_queues().await;
    let settings = broker.settings_of("predict");
    publish(&channel(&settings).await, &[Message::new(REQUESTS, JOB.as_bytes())]).await.unwrap();
    assert_eq!(readable_queues(&settings).await, [REPLY]);
    assert_eq!(declarable_queues(&settings).await, [JOB, REPLY, REQUESTS, DIRECT]);
    assert_other_operations_are_refused(&settings).await;
}

#[tokio::test]
async fn ai_worker_user_consumes_jobs_and_only_publishes_dead_letters() {
    let broker = broker_with_queues().await;
    let settings = broker.settings_of("ai-worker");
    publish(&channel(&settings).await, &[Message::new(REPLY, b"[]")]).await.unwrap();
    assert_eq!(readable_queues(&settings).await, [JOB, REQUESTS, DIRECT]);
    assert_eq!(declarable_queues(&settings).await, [JOB, REPLY, REQUESTS, DIRECT, FAILED]);
    assert_other_operations_are_refused(&settings).await;
}

#[tokio::test]
async fn external_ai_server_user_can_access_predictions_only() {
    let broker = broker_with_queues().await;
    let settings = broker.settings();
    assert_eq!(readable_queues(settings).await, [JOB, REPLY, REQUESTS, DIRECT]);
    assert_eq!(declarable_queues(settings).await, [JOB, REPLY, REQUESTS, DIRECT, FAILED]);
    assert_other_operations_are_refused(settings).await;
}
