//! Connections to RabbitMQ.

use common::{
    broker::{Broker, BrokerError, Message, check, publish},
    settings::{Millis, RabbitmqSettings},
};
use std::{net::TcpListener, time::Instant};
use tokio::runtime::Handle;

fn broker(settings: &RabbitmqSettings) -> Broker {
    Broker::new(settings, "test", Handle::current())
}

#[tokio::test]
async fn one_connection_is_opened_and_shared() {
    let broker = broker(&test_support::settings().rabbitmq);
    let (one, other) = (broker.channel().await.unwrap(), broker.channel().await.unwrap());
    assert!(one.status().connected());
    assert_eq!(one.id(), other.id());
    assert_ne!(broker.open_channel().await.unwrap().id(), one.id());
}

#[tokio::test]
async fn a_check_says_whether_the_broker_is_there() {
    let mut settings = test_support::settings().rabbitmq;
    check(&settings).await.unwrap();
    // Nothing listens on port 9: refused at once, not waited for.
    settings.port = 9;
    assert!(matches!(check(&settings).await, Err(BrokerError::Refused(_))));
}

#[tokio::test]
async fn a_wrong_password_is_refused() {
    let mut settings = test_support::settings().rabbitmq;
    settings.password = Some("wrong".into());
    let refused = broker(&settings).channel().await.unwrap_err();
    assert!(!refused.to_string().contains("wrong"), "{refused}");
}

#[tokio::test]
async fn a_broker_that_takes_the_connection_and_says_nothing_is_given_up_for_all_who_wait() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut settings = test_support::settings().rabbitmq;
    settings.port = silent.local_addr().unwrap().port();
    settings.connect_ms = Millis(50);
    let broker = broker(&settings);
    let tries = (0..8).map(|_| async { broker.channel().await.map(drop) });
    let outcomes = futures_util::future::join_all(tries).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(BrokerError::TimedOut))));
    // One try for all of them: only one connection was opened.
    silent.set_nonblocking(true).unwrap();
    assert!(silent.accept().is_ok() && silent.accept().is_err());
}

#[tokio::test]
async fn a_channel_that_was_closed_is_replaced() {
    let broker = broker(&test_support::settings().rabbitmq);
    let first = broker.channel().await.unwrap();
    first.close(200, "closed by a test".into()).await.unwrap();
    assert!(broker.channel().await.unwrap().status().connected());
}

#[tokio::test]
async fn what_no_queue_takes_is_an_error() {
    let broker = broker(&test_support::settings().rabbitmq);
    let channel = broker.channel().await.unwrap();
    let nowhere = Message::new("a-queue-that-nobody-has-declared", b"text");
    let refused = publish(&channel, &[nowhere]).await.unwrap_err();
    assert!(matches!(refused, BrokerError::NotTaken(_)), "{refused}");
    assert!(channel.status().connected());
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_not_waited_for_and_the_link_is_made_anew() {
    let mut settings = test_support::settings().rabbitmq;
    settings.connect_ms = Millis(500);
    let broker = broker(&settings);
    let before = Instant::now();
    let never = broker.in_time(std::future::pending::<Result<(), BrokerError>>()).await;
    assert!(matches!(never, Err(BrokerError::TimedOut)));
    assert!(before.elapsed().as_millis() >= 500);
    broker.channel().await.unwrap();
}
