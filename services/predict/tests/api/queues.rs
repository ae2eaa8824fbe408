//! Deletion of the queues of a prediction.

use crate::{
    fixture::{
        PATH, PERMANENT_QUEUES, PredictionContext, QUEUE_EXPIRY, context_with_proxy, plan, request,
    },
    python_ai_server::PythonAiServer,
};
use std::{path::Path, time::Duration};
use test_support::{Reply, TestBroker, TestGateway, wait_until};
use tokio::{task::JoinHandle, time::timeout};

const BINARY: &str = env!("CARGO_BIN_EXE_predict");

/// Starts a prediction and waits until the AI server, which does not reply, has received the job.
async fn start_prediction(
    url: &str,
    ai_server: &PythonAiServer,
) -> JoinHandle<reqwest::Result<Reply>> {
    let pending = tokio::spawn(Reply::try_send(request(url)));
    assert!(ai_server.next_event().await["job"].is_array());
    pending
}

#[actix_web::test]
async fn successful_prediction_leaves_no_queues() {
    let context = PredictionContext::new().await;
    let _ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    for _ in 0..5 {
        assert_eq!(context.predict(&plan()).await.status, 200);
        assert_eq!(
            context.broker.queues().await,
            PERMANENT_QUEUES.iter().map(ToString::to_string).collect()
        );
    }
}

#[actix_web::test]
async fn prediction_that_times_out_leaves_no_queues() {
    let context =
        PredictionContext::with_settings(&[("CREATETREND_PREDICT__REPLY_TIMEOUT_MS", "300")]).await;
    let _ai_server = PythonAiServer::start(context.broker.settings(), "hold").await;
    assert_eq!(context.predict(&plan()).await.status, 504);
    context.broker.wait_for_queues(PERMANENT_QUEUES).await;
}

#[actix_web::test]
async fn prediction_of_a_disconnected_client_leaves_no_queues() {
    let broker = TestBroker::create(QUEUE_EXPIRY).await;
    let gateway = TestGateway::start("predict", Path::new(BINARY), 1, &[broker.setting()]);
    let ai_server = PythonAiServer::start(broker.settings(), "hold").await;
    let pending = start_prediction(&gateway.url(PATH), &ai_server).await;
    pending.abort();
    broker.wait_for_queues(PERMANENT_QUEUES).await;
}

#[actix_web::test]
async fn predictions_of_a_killed_replica_leave_no_queues() {
    // The policy deletes the queues.
    let broker = TestBroker::create(Duration::from_secs(2)).await;
    let mut gateway = TestGateway::start("predict", Path::new(BINARY), 2, &[broker.setting()]);
    let ai_server = PythonAiServer::start(broker.settings(), "hold").await;
    let pending = start_prediction(&gateway.url(PATH), &ai_server).await;
    gateway.kill(0);
    gateway.kill(1);
    // The gateway does not retry a request that a replica received.
    let reply = pending.await.expect("the task ends").expect("a response of the gateway");
    assert_eq!(reply.status, 503, "{}", reply.body);
    broker.wait_for_queues(PERMANENT_QUEUES).await;
}

#[actix_web::test]
async fn terminated_replica_completes_pending_predictions() {
    let broker = TestBroker::create(QUEUE_EXPIRY).await;
    let mut gateway = TestGateway::start("predict", Path::new(BINARY), 1, &[broker.setting()]);
    let pending = tokio::spawn(Reply::try_send(request(&gateway.url(PATH))));
    wait_for_job(&broker).await;
    let stopping = tokio::task::spawn_blocking(move || gateway.terminate(0));
    let _ai_server = PythonAiServer::start(broker.settings(), "reply").await;
    let reply = pending.await.expect("the task ends").expect("a response of the gateway");
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert!(stopping.await.expect("the task ends"), "the replica exits successfully");
    broker.wait_for_queues(PERMANENT_QUEUES).await;
}

async fn wait_for_job(broker: &TestBroker) {
    wait_until("a job is queued", async || broker.queues().await.len() == 4).await;
}

#[actix_web::test]
async fn prediction_of_a_killed_ai_server_is_completed_by_another() {
    let context = PredictionContext::new().await;
    let mut crashing = PythonAiServer::start(context.broker.settings(), "crash").await;
    let url = context.service.url(PATH);
    let pending = start_prediction(&url, &crashing).await;
    crashing.wait_for_exit();
    let other = PythonAiServer::start(context.broker.settings(), "reply").await;
    assert_eq!(other.next_event().await["redelivered"], true);
    let reply = pending.await.expect("the task ends").expect("a response");
    assert_eq!(reply.status, 200, "{}", reply.body);
    context.broker.wait_for_queues(PERMANENT_QUEUES).await;
}

#[actix_web::test]
async fn prediction_on_a_broken_connection_succeeds() {
    let (proxy, context) = context_with_proxy(&[]).await;
    let ai_server = PythonAiServer::start(context.broker.settings(), "hold").await;
    let pending = start_prediction(&context.service.url(PATH), &ai_server).await;
    // Before this, an unconfirmed job fails the prediction.
    context.broker.wait_for_consumer("_r").await;
    proxy.disconnect_all();
    // RabbitMQ requeues its job.
    drop(ai_server);
    let other = PythonAiServer::start(context.broker.settings(), "reply").await;
    assert_eq!(other.next_event().await["redelivered"], true);
    let reply = pending.await.expect("the task ends").expect("a response");
    assert_eq!(reply.status, 200, "{}", reply.body);
    context.broker.wait_for_queues(PERMANENT_QUEUES).await;
}

#[actix_web::test]
async fn reply_lost_with_its_connection_is_redelivered() {
    let (proxy, context) = context_with_proxy(&[]).await;
    let pending = tokio::spawn(Reply::try_send(request(&context.service.url(PATH))));
    context.broker.wait_for_consumer("_r").await;
    proxy.drop_responses();
    let ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    assert!(ai_server.next_event().await["job"].is_array());
    assert!(ai_server.next_event().await["replied"].is_string());
    proxy.disconnect_all();
    let reply = pending.await.expect("the task ends").expect("a response");
    assert_eq!(reply.status, 200, "{}", reply.body);
    context.broker.wait_for_queues(PERMANENT_QUEUES).await;
}

#[actix_web::test]
async fn aborted_prediction_with_an_unresponsive_broker_leaves_no_queues() {
    let short_timeout = ("CREATETREND_RABBITMQ__CONNECT_TIMEOUT_MS", "300");
    let (proxy, context) = context_with_proxy(&[short_timeout]).await;
    let ai_server = PythonAiServer::start(context.broker.settings(), "hold").await;
    let pending = start_prediction(&context.service.url(PATH), &ai_server).await;
    context.broker.wait_for_consumer("_r").await;
    proxy.drop_requests();
    proxy.take_count();
    pending.abort();
    wait_until("deletion is retried", async || proxy.take_count() > 0).await;
    assert_eq!(context.broker.queues().await.len(), 4);
    proxy.disconnect_all();
    context.broker.wait_for_queues(PERMANENT_QUEUES).await;
}

#[actix_web::test]
async fn prediction_with_an_unresponsive_broker_returns_503() {
    let short_timeout = ("CREATETREND_RABBITMQ__CONNECT_TIMEOUT_MS", "300");
    let (proxy, context) = context_with_proxy(&[short_timeout]).await;
    let _ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    assert_eq!(context.predict(&plan()).await.status, 200);
    proxy.drop_requests();
    for _ in 0..2 {
        let reply = context.predict(&plan()).await;
        assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, Some("1")));
    }
}

#[actix_web::test]
async fn aborted_requests_leave_no_queues_and_do_not_reconnect() {
    let (proxy, context) = context_with_proxy(&[]).await;
    let url = context.service.url(PATH);
    let first = tokio::spawn(Reply::try_send(request(&url)));
    wait_for_job(&context.broker).await;
    first.abort();
    for round in 0..20 {
        // The clients disconnect at different steps of their predictions.
        let requests = (0..20).map(|number| {
            let limit = Duration::from_millis(2 * number + round);
            timeout(limit, Reply::try_send(request(&url)))
        });
        futures_util::future::join_all(requests).await;
    }
    context.broker.wait_for_queues(PERMANENT_QUEUES).await;
    assert!(proxy.take_count() <= 2, "one connection for predictions, one for the cleanup");
    let _ai_server = PythonAiServer::start(context.broker.settings(), "drain").await;
    wait_until("predictions are accepted", async || context.predict(&plan()).await.status == 200)
        .await;
}

#[actix_web::test]
async fn aborted_request_keeps_its_permit_until_its_queues_are_deleted() {
    let (proxy, context) = context_with_proxy(&[
        ("CREATETREND_PREDICT__MAX_CONCURRENT", "1"),
        ("CREATETREND_RABBITMQ__CONNECT_TIMEOUT_MS", "1000"),
    ])
    .await;
    let ai_server = PythonAiServer::start(context.broker.settings(), "hold").await;
    let pending = start_prediction(&context.service.url(PATH), &ai_server).await;
    context.broker.wait_for_consumer("_r").await;
    proxy.drop_requests();
    pending.abort();
    assert!(pending.await.is_err_and(|error| error.is_cancelled()));
    drop(ai_server);
    // After the first attempt timed out, the deletion uses another connection.
    proxy.take_count();
    wait_until("deletion is retried", async || proxy.take_count() > 0).await;
    let refused = context.predict(&plan()).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, Some("1")));
    assert_eq!(refused.json()["detail"], "Server overloaded, please try again.");
    proxy.disconnect_all();
    context.broker.wait_for_queues(PERMANENT_QUEUES).await;
    let _ai_server = PythonAiServer::start(context.broker.settings(), "drain").await;
    wait_until("the permit is released", async || context.predict(&plan()).await.status == 200)
        .await;
}
