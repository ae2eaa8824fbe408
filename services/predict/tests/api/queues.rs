//! No queue survives its prediction, whatever happens.

use crate::{
    fixture::{EXPIRES, PATH, Predictions, plan},
    foreign::ForeignAiServer,
};
use reqwest::RequestBuilder;
use std::{path::Path, time::Duration};
use test_support::{Gateway, Protocol, Proxy, Reply, TestBroker, client, settings};
use tokio::{task::JoinHandle, time::timeout};

/// What stays: all AI servers take jobs from it.
const REQUESTS: &[&str] = &["request_ai_process"];

/// How long what must happen is waited for.
const LIMIT: Duration = Duration::from_secs(30);

const BINARY: &str = env!("CARGO_BIN_EXE_predict");

fn request(url: &str) -> RequestBuilder {
    client().post(url).json(&plan())
}

/// A prediction under way, with an AI server that does not answer.
async fn begin(url: &str, ai_server: &ForeignAiServer) -> JoinHandle<reqwest::Result<Reply>> {
    let waiting = tokio::spawn(Reply::try_to(request(url)));
    assert!(ai_server.says().await["job"].is_array());
    waiting
}

#[actix_web::test]
async fn after_an_answer_there_is_none() {
    let world = Predictions::new().await;
    let _ai_server = ForeignAiServer::start(world.broker.settings(), "answer").await;
    for _ in 0..5 {
        assert_eq!(world.predict(&plan()).await.status, 200);
        assert_eq!(world.broker.queues().await, REQUESTS.iter().map(ToString::to_string).collect());
    }
}

#[actix_web::test]
async fn after_a_time_out_there_is_none() {
    let world = Predictions::with_settings(&[("CREATETREND_PREDICT__WAIT_MS", "300")]).await;
    let _ai_server = ForeignAiServer::start(world.broker.settings(), "hold").await;
    assert_eq!(world.predict(&plan()).await.status, 504);
    world.broker.wait_for_queues(REQUESTS).await;
}

#[actix_web::test]
async fn after_a_client_that_goes_away_there_is_none() {
    let broker = TestBroker::create(EXPIRES).await;
    let gateway = Gateway::start("predict", Path::new(BINARY), 1, &[broker.setting()]);
    let ai_server = ForeignAiServer::start(broker.settings(), "hold").await;
    let waiting = begin(&gateway.url(PATH), &ai_server).await;
    waiting.abort();
    broker.wait_for_queues(REQUESTS).await;
}

#[actix_web::test]
async fn after_a_killed_replica_there_is_none() {
    // Here it is the policy that removes them.
    let broker = TestBroker::create(Duration::from_secs(2)).await;
    let mut gateway = Gateway::start("predict", Path::new(BINARY), 2, &[broker.setting()]);
    let ai_server = ForeignAiServer::start(broker.settings(), "hold").await;
    let waiting = begin(&gateway.url(PATH), &ai_server).await;
    gateway.kill(0);
    gateway.kill(1);
    // It was sent: it is not sent again.
    let answer = waiting.await.expect("the task ends").expect("the gateway answers");
    assert_eq!(answer.status, 503, "{}", answer.body);
    broker.wait_for_queues(REQUESTS).await;
}

#[actix_web::test]
async fn a_replica_that_is_told_to_stop_answers_what_it_has_begun() {
    let broker = TestBroker::create(EXPIRES).await;
    let mut gateway = Gateway::start("predict", Path::new(BINARY), 1, &[broker.setting()]);
    let waiting = tokio::spawn(Reply::try_to(request(&gateway.url(PATH))));
    wait_for_a_job(&broker).await;
    let stopping = tokio::task::spawn_blocking(move || gateway.terminate(0));
    let _ai_server = ForeignAiServer::start(broker.settings(), "answer").await;
    let answer = waiting.await.expect("the task ends").expect("the gateway answers");
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(stopping.await.expect("the task ends"), "it ends well");
    broker.wait_for_queues(REQUESTS).await;
}

async fn wait_for_a_job(broker: &TestBroker) {
    while broker.queues().await.len() < 3 {
        tokio::task::yield_now().await;
    }
}

#[actix_web::test]
async fn after_an_ai_server_that_dies_another_answers_and_there_is_none() {
    let world = Predictions::new().await;
    let mut dying = ForeignAiServer::start(world.broker.settings(), "die").await;
    let url = world.service.url(PATH);
    let waiting = begin(&url, &dying).await;
    dying.ended();
    let other = ForeignAiServer::start(world.broker.settings(), "answer").await;
    assert_eq!(other.says().await["redelivered"], true);
    let answer = waiting.await.expect("the task ends").expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.body);
    world.broker.wait_for_queues(REQUESTS).await;
}

/// A service that reaches its broker through a proxy.
async fn behind_a_proxy(more: &[(&str, &str)]) -> (Proxy, Predictions) {
    let server = settings().rabbitmq;
    let proxy = Proxy::before(&format!("{}:{}", server.host, server.port), Protocol::Amqp);
    let port = proxy.port().to_string();
    let through =
        [("CREATETREND_RABBITMQ__HOST", "127.0.0.1"), ("CREATETREND_RABBITMQ__PORT", &port)];
    let world = Predictions::with_settings(&[&through, more].concat()).await;
    (proxy, world)
}

#[actix_web::test]
async fn after_a_connection_that_breaks_it_is_answered_all_the_same_and_there_is_none() {
    let (proxy, world) = behind_a_proxy(&[]).await;
    let ai_server = ForeignAiServer::start(world.broker.settings(), "hold").await;
    let waiting = begin(&world.service.url(PATH), &ai_server).await;
    // Before, it does not know yet that the broker has its job, and gives up.
    world.broker.wait_for_consumer("_r").await;
    proxy.cut();
    // What it holds goes to another.
    drop(ai_server);
    let other = ForeignAiServer::start(world.broker.settings(), "answer").await;
    assert_eq!(other.says().await["redelivered"], true);
    let answer = waiting.await.expect("the task ends").expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.body);
    world.broker.wait_for_queues(REQUESTS).await;
}

#[actix_web::test]
async fn an_answer_that_a_breaking_connection_swallows_comes_again() {
    let (proxy, world) = behind_a_proxy(&[]).await;
    let waiting = tokio::spawn(Reply::try_to(request(&world.service.url(PATH))));
    world.broker.wait_for_consumer("_r").await;
    proxy.mute();
    let ai_server = ForeignAiServer::start(world.broker.settings(), "answer").await;
    assert!(ai_server.says().await["job"].is_array());
    assert!(ai_server.says().await["answered"].is_string());
    proxy.cut();
    let answer = waiting.await.expect("the task ends").expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.body);
    world.broker.wait_for_queues(REQUESTS).await;
}

#[actix_web::test]
async fn after_a_broker_that_hangs_when_it_is_given_up_there_is_none() {
    let quick = ("CREATETREND_RABBITMQ__CONNECT_MS", "300");
    let (proxy, world) = behind_a_proxy(&[quick]).await;
    let ai_server = ForeignAiServer::start(world.broker.settings(), "hold").await;
    let waiting = begin(&world.service.url(PATH), &ai_server).await;
    world.broker.wait_for_consumer("_r").await;
    proxy.swallow();
    proxy.take_count();
    waiting.abort();
    let tried_again = async {
        while proxy.take_count() == 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(LIMIT, tried_again).await.expect("they are removed once more");
    assert_eq!(world.broker.queues().await.len(), 3);
    proxy.cut();
    world.broker.wait_for_queues(REQUESTS).await;
}

#[actix_web::test]
async fn a_broker_that_hangs_is_503_in_bounded_time() {
    let quick = ("CREATETREND_RABBITMQ__CONNECT_MS", "300");
    let (proxy, world) = behind_a_proxy(&[quick]).await;
    let _ai_server = ForeignAiServer::start(world.broker.settings(), "answer").await;
    assert_eq!(world.predict(&plan()).await.status, 200);
    proxy.swallow();
    for _ in 0..2 {
        let reply = world.predict(&plan()).await;
        assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, Some("1")));
    }
}
