//! Connections to RabbitMQ.

use common::broker::{BrokerError, check, connect};
use std::net::TcpListener;

#[tokio::test]
async fn a_connection_opens_and_closes() {
    let connection = connect(&test_support::settings().rabbitmq, "test").await.unwrap();
    assert!(connection.status().connected());
    connection.close(200, "done".into()).await.unwrap();
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
    let refused = connect(&settings, "test").await.unwrap_err();
    assert!(!refused.to_string().contains("wrong"), "{refused}");
}

#[tokio::test]
async fn a_broker_that_takes_the_connection_and_says_nothing_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut settings = test_support::settings().rabbitmq;
    settings.port = silent.local_addr().unwrap().port();
    settings.connect_ms = common::settings::Millis(50);
    assert!(matches!(connect(&settings, "test").await, Err(BrokerError::TimedOut)));
}
