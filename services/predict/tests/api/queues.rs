//! The queues of a prediction are deleted, however it ends.

use crate::{
    fixture::{EXPIRES, PATH, Predictions, plan},
    foreign::ForeignAiServer,
};
use reqwest::RequestBuilder;
use std::{path::Path, time::Duration};
use test_support::{Gateway, Protocol, Proxy, Reply, TestBroker, client, settings, wait_until};
use tokio::{task::JoinHandle, time::timeout};

/// The queue that remains: all AI servers consume from it.
const REQUESTS: &[&str] = &["request_ai_process"];

const BINARY: &str = env!("CARGO_BIN_EXE_predict");

fn request(url: &str) -> RequestBuilder {
    client().post(url).json(&plan())
}

/// A prediction in progress, with an AI server that does not answer.
async fn begin(url: &str, ai_server: &ForeignAiServer) -> JoinHandle<reqwest::Result<Reply>> {
    let waiting = tokio::spawn(Reply::try_to(request(url)));
    assert!(ai_server.says().await["job"].is_array());
    waiting
}

#[actix_web::test]
async fn prediction_with_an_answer_leaves_no_queues() {
    let context = Predictions::new().await;
    let _ai_server = ForeignAiServer::start(context.broker.settings(), "answer").await;
    for _ in 0..5 {
        assert_eq!(context.predict(&plan()).await.status, 200);
        assert_eq!(
            context.broker.queues().await,
            REQUESTS.iter().map(ToString::to_string).collect()
        );
    }
}

#[actix_web::test]
async fn prediction_that_times_out_leaves_no_queues() {
    let context =
        Predictions::with_settings(&[("CREATETREND_PREDICT__REPLY_TIMEOUT_MS", "300")]).await;
    let _ai_server = ForeignAiServer::start(context.broker.settings(), "hold").await;
    assert_eq!(context.predict(&plan()).await.status, 504);
    context.broker.wait_for_queues(REQUESTS).await;
}

#[actix_web::test]
async fn prediction_of_a_disconnected_client_leaves_no_queues() {
    let broker = TestBroker::create(EXPIRES).await;
    let gateway = Gateway::start("predict", Path::new(BINARY), 1, &[broker.setting()]);
    let ai_server = ForeignAiServer::start(broker.settings(), "hold").await;
    let waiting = begin(&gateway.url(PATH), &ai_server).await;
    waiting.abort();
    broker.wait_for_queues(REQUESTS).await;
}

#[actix_web::test]
async fn predictions_of_a_killed_replica_leave_no_queues() {
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
async fn replica_that_is_terminated_answers_pending_predictions() {
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
    wait_until("a job is queued", async || broker.queues().await.len() == 3).await;
}

#[actix_web::test]
async fn prediction_of_a_killed_ai_server_is_answered_by_another() {
    let context = Predictions::new().await;
    let mut dying = ForeignAiServer::start(context.broker.settings(), "die").await;
    let url = context.service.url(PATH);
    let waiting = begin(&url, &dying).await;
    dying.ended();
    let other = ForeignAiServer::start(context.broker.settings(), "answer").await;
    assert_eq!(other.says().await["redelivered"], true);
    let answer = waiting.await.expect("the task ends").expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.body);
    context.broker.wait_for_queues(REQUESTS).await;
}

/// A service that reaches its broker through a proxy.
async fn behind_a_proxy(more: &[(&str, &str)]) -> (Proxy, Predictions) {
    let server = settings().rabbitmq;
    let proxy = Proxy::start(&format!("{}:{}", server.host, server.port), Protocol::Amqp);
    let port = proxy.port().to_string();
    let through =
        [("CREATETREND_RABBITMQ__HOST", "127.0.0.1"), ("CREATETREND_RABBITMQ__PORT", &port)];
    let context = Predictions::with_settings(&[&through, more].concat()).await;
    (proxy, context)
}

#[actix_web::test]
async fn prediction_is_answered_after_its_connection_breaks() {
    let (proxy, context) = behind_a_proxy(&[]).await;
    let ai_server = ForeignAiServer::start(context.broker.settings(), "hold").await;
    let waiting = begin(&context.service.url(PATH), &ai_server).await;
    // Before, it does not know yet that the broker has its job, and gives up.
    context.broker.wait_for_consumer("_r").await;
    proxy.disconnect_all();
    // What it holds goes to another.
    drop(ai_server);
    let other = ForeignAiServer::start(context.broker.settings(), "answer").await;
    assert_eq!(other.says().await["redelivered"], true);
    let answer = waiting.await.expect("the task ends").expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.body);
    context.broker.wait_for_queues(REQUESTS).await;
}

#[actix_web::test]
async fn answer_lost_with_its_connection_is_delivered_again() {
    let (proxy, context) = behind_a_proxy(&[]).await;
    let waiting = tokio::spawn(Reply::try_to(request(&context.service.url(PATH))));
    context.broker.wait_for_consumer("_r").await;
    proxy.drop_responses();
    let ai_server = ForeignAiServer::start(context.broker.settings(), "answer").await;
    assert!(ai_server.says().await["job"].is_array());
    assert!(ai_server.says().await["answered"].is_string());
    proxy.disconnect_all();
    let answer = waiting.await.expect("the task ends").expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.body);
    context.broker.wait_for_queues(REQUESTS).await;
}

#[actix_web::test]
async fn aborted_prediction_at_a_hanging_broker_leaves_no_queues() {
    let quick = ("CREATETREND_RABBITMQ__CONNECT_MS", "300");
    let (proxy, context) = behind_a_proxy(&[quick]).await;
    let ai_server = ForeignAiServer::start(context.broker.settings(), "hold").await;
    let waiting = begin(&context.service.url(PATH), &ai_server).await;
    context.broker.wait_for_consumer("_r").await;
    proxy.drop_requests();
    proxy.take_count();
    waiting.abort();
    wait_until("deletion is retried", async || proxy.take_count() > 0).await;
    assert_eq!(context.broker.queues().await.len(), 3);
    proxy.disconnect_all();
    context.broker.wait_for_queues(REQUESTS).await;
}

#[actix_web::test]
async fn prediction_at_a_hanging_broker_is_503_in_bounded_time() {
    let quick = ("CREATETREND_RABBITMQ__CONNECT_MS", "300");
    let (proxy, context) = behind_a_proxy(&[quick]).await;
    let _ai_server = ForeignAiServer::start(context.broker.settings(), "answer").await;
    assert_eq!(context.predict(&plan()).await.status, 200);
    proxy.drop_requests();
    for _ in 0..2 {
        let reply = context.predict(&plan()).await;
        assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, Some("1")));
    }
}

#[actix_web::test]
async fn aborted_requests_leave_no_queues_and_do_not_reconnect() {
    let (proxy, context) = behind_a_proxy(&[]).await;
    let url = context.service.url(PATH);
    for round in 0..20 {
        // The clients disconnect at different steps of their predictions.
        let requests = (0..20).map(|number| {
            let limit = Duration::from_millis(2 * number + round);
            timeout(limit, Reply::try_to(request(&url)))
        });
        futures_util::future::join_all(requests).await;
    }
    context.broker.wait_for_queues(REQUESTS).await;
    assert!(proxy.take_count() <= 2, "one connection for predictions, one for the cleanup");
    let _ai_server = ForeignAiServer::start(context.broker.settings(), "drain").await;
    wait_until("predictions are accepted", async || context.predict(&plan()).await.status == 200)
        .await;
}

#[actix_web::test]
async fn aborted_request_keeps_its_permit_until_its_queues_are_deleted() {
    let (proxy, context) = behind_a_proxy(&[
        ("CREATETREND_PREDICT__MAX_CONCURRENT", "1"),
        ("CREATETREND_RABBITMQ__CONNECT_MS", "1000"),
    ])
    .await;
    let ai_server = ForeignAiServer::start(context.broker.settings(), "hold").await;
    let waiting = begin(&context.service.url(PATH), &ai_server).await;
    context.broker.wait_for_consumer("_r").await;
    proxy.drop_requests();
    waiting.abort();
    assert!(waiting.await.is_err_and(|error| error.is_cancelled()));
    drop(ai_server);
    // Deletion is tried over another connection after the first attempt has timed out.
    proxy.take_count();
    wait_until("deletion is retried", async || proxy.take_count() > 0).await;
    let refused = context.predict(&plan()).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, Some("1")));
    assert_eq!(refused.json()["detail"], "Server overloaded, please try again.");
    proxy.disconnect_all();
    context.broker.wait_for_queues(REQUESTS).await;
    let _ai_server = ForeignAiServer::start(context.broker.settings(), "drain").await;
    wait_until("the permit is released", async || context.predict(&plan()).await.status == 200)
        .await;
}
