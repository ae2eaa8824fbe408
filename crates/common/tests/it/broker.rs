//! Connections to RabbitMQ.

use common::{
    broker::{Broker, BrokerError, Message, check, declare, publish, queue_exists},
    settings::{Millis, RabbitmqSettings},
};
use futures_util::future::join_all;
use lapin::options::{BasicGetOptions, QueueDeleteOptions};
use std::{
    io::Read,
    net::{TcpListener, TcpStream},
    time::Duration,
};
use test_support::{Protocol, Proxy, wait_until};
use tokio::runtime::Handle;

/// Shorter than the detection of a dead connection by missing heartbeats.
const LIMIT: Duration = Duration::from_secs(10);

fn broker(settings: &RabbitmqSettings) -> Broker {
    Broker::new(settings, "test", Handle::current())
}

/// A broker behind a proxy, with this connect timeout.
fn broker_behind_proxy(connect_timeout_ms: u64) -> (Proxy, Broker) {
    let mut settings = test_support::settings().rabbitmq;
    let proxy = Proxy::start(&format!("{}:{}", settings.host, settings.port), Protocol::Amqp);
    "127.0.0.1".clone_into(&mut settings.host);
    settings.port = proxy.port();
    settings.connect_timeout_ms = Millis(connect_timeout_ms);
    let broker = broker(&settings);
    (proxy, broker)
}

#[tokio::test]
async fn concurrent_callers_share_one_connection() {
    let (proxy, broker) = broker_behind_proxy(10_000);
    let channels = join_all((0..50).map(|_| broker.open_channel())).await;
    assert!(channels.iter().all(Result::is_ok));
    assert_eq!(proxy.take_count(), 1);
}

#[tokio::test]
async fn check_without_broker_returns_error() {
    let mut settings = test_support::settings().rabbitmq;
    check(&settings).await.unwrap();
    // Nothing listens on port 9.
    settings.port = 9;
    assert!(matches!(check(&settings).await, Err(BrokerError::Amqp(_))));
}

#[tokio::test]
async fn wrong_password_is_rejected_and_not_in_the_error() {
    let mut settings = test_support::settings().rabbitmq;
    settings.password = Some("wrong".into());
    let refused = broker(&settings).open_channel().await.unwrap_err();
    assert!(!refused.to_string().contains("wrong"), "{refused}");
}

#[tokio::test]
async fn silent_broker_times_out_for_all_callers_after_one_attempt() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut settings = test_support::settings().rabbitmq;
    settings.port = silent.local_addr().unwrap().port();
    settings.connect_timeout_ms = Millis(50);
    let broker = broker(&settings);
    let attempts = (0..8).map(|_| async { broker.open_channel().await.map(drop) });
    let outcomes = join_all(attempts).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(BrokerError::TimedOut))));
    silent.set_nonblocking(true).unwrap();
    let mut attempt = None;
    wait_until("lapin's thread connects", async || {
        attempt = silent.accept().ok();
        attempt.is_some()
    })
    .await;
    assert!(silent.accept().is_err(), "only one attempt");
    // Reading blocks, and a task of this runtime abandons the attempt.
    let (attempt, _) = attempt.unwrap();
    tokio::task::spawn_blocking(move || assert_disconnects(attempt)).await.unwrap();
}

/// An abandoned attempt must release its socket and thread.
fn assert_disconnects(mut connection: TcpStream) {
    connection.set_nonblocking(false).unwrap();
    connection.set_read_timeout(Some(LIMIT)).unwrap();
    connection.read_to_end(&mut Vec::new()).unwrap();
}

#[tokio::test]
async fn operation_that_times_out_leaves_a_working_connection_open() {
    let (proxy, broker) = broker_behind_proxy(500);
    let channel = broker.open_channel().await.unwrap();
    let pending = std::future::pending::<Result<(), BrokerError>>();
    assert!(matches!(broker.with_timeout(pending).await, Err(BrokerError::TimedOut)));
    broker.check().await.unwrap();
    broker.open_channel().await.unwrap();
    assert!(channel.status().connected());
    assert_eq!(proxy.take_count(), 1);
}

#[tokio::test]
async fn connection_that_hangs_is_closed_after_a_timeout_and_replaced() {
    let (proxy, broker) = broker_behind_proxy(300);
    let channel = broker.open_channel().await.unwrap();
    proxy.drop_requests();
    assert!(matches!(broker.open_channel().await, Err(BrokerError::TimedOut)));
    let closed = wait_until("the channel closes", async || !channel.status().connected());
    tokio::time::timeout(LIMIT, closed).await.expect("before a heartbeat is missed");
    proxy.disconnect_all();
    wait_until("a new connection is used", async || broker.open_channel().await.is_ok()).await;
}

#[tokio::test]
async fn more_channel_errors_than_channel_ids_leave_the_broker_usable() {
    const MISSING: &str = "a-queue-that-does-not-exist";
    let (proxy, broker) = broker_behind_proxy(10_000);
    let unaffected = broker.open_channel().await.unwrap();
    // A connection has 2,047 channel ids.
    for _ in 0..42 {
        join_all((0..50).map(async |_| {
            let channel = broker.open_channel().await.unwrap();
            let refused = channel.basic_get(MISSING.into(), BasicGetOptions::default()).await;
            assert!(refused.unwrap_err().is_amqp_soft_error());
        }))
        .await;
    }
    broker.open_channel().await.unwrap();
    assert!(unaffected.status().connected());
    assert!((2..20).contains(&proxy.take_count()));
}

#[tokio::test]
async fn message_without_a_queue_is_unroutable() {
    let broker = broker(&test_support::settings().rabbitmq);
    let channel = broker.open_channel().await.unwrap();
    let message = Message::new("a-queue-that-does-not-exist", b"text");
    let refused = publish(&channel, &[message]).await.unwrap_err();
    assert!(matches!(refused, BrokerError::Unroutable(_)), "{refused}");
    assert!(channel.status().connected());
}

#[tokio::test]
async fn queue_exists_leaves_the_queue_and_the_channel_unchanged() {
    let test = test_support::TestBroker::create(Duration::from_mins(10)).await;
    let broker = broker(test.settings());
    let channel = broker.open_channel().await.unwrap();
    let queue = "0f8fad5b-d9cb-469f-a165-70867728950e";
    assert!(!queue_exists(&channel, queue).await.unwrap());
    declare(&channel, queue).await.unwrap();
    assert!(queue_exists(&channel, queue).await.unwrap());
    assert_eq!(declare(&channel, queue).await.unwrap().message_count(), 0);
    publish(&channel, &[Message::new(queue, b"job")]).await.unwrap();
    assert!(queue_exists(&channel, queue).await.unwrap());
    let got = channel.basic_get(queue.into(), BasicGetOptions { no_ack: true }).await.unwrap();
    assert_eq!(got.unwrap().data, b"job");
    let empty = channel.basic_get(queue.into(), BasicGetOptions { no_ack: true }).await.unwrap();
    assert!(empty.is_none());
    channel.queue_delete(queue.into(), QueueDeleteOptions::default()).await.unwrap();
    assert!(!queue_exists(&channel, queue).await.unwrap());
    assert!(channel.status().connected());
}
