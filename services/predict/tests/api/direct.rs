//! Predictions with direct replies, which need no dedicated queues.

use crate::{
    direct_worker::{DirectWorker, views},
    fixture::{
        PATH, PERMANENT_QUEUES, PredictionContext, context_with_proxy, plan, plan_with, request,
    },
    python_ai_server::PythonAiServer,
};
use lapin::types::{AMQPValue, ShortString};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use test_support::{Reply, wait_until};
use tokio::task::JoinHandle;
use uuid::Uuid;

const DIRECT_QUEUE: &str = "direct_ai_jobs";

/// Starts a prediction.
fn start(context: &PredictionContext) -> JoinHandle<reqwest::Result<Reply>> {
    tokio::spawn(Reply::try_send(request(&context.service.url(PATH))))
}

async fn finish(pending: JoinHandle<reqwest::Result<Reply>>) -> Reply {
    pending.await.expect("the task ends").expect("a response")
}

/// The views on the first day of a successful response.
fn first_views(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()["lines"]["data"][0]["value"].clone()
}

#[actix_web::test]
async fn direct_prediction_creates_no_queue() {
    let context = PredictionContext::new().await;
    let mut worker = DirectWorker::start(&context.broker, 1).await;
    let pending = start(&context);
    let job = worker.next_job().await;
    let only_direct_queue = BTreeSet::from([DIRECT_QUEUE.to_owned()]);
    assert_eq!(context.broker.queues().await, only_direct_queue);
    let body: Value = serde_json::from_slice(&job.data).expect("JSON");
    let video = plan();
    let fields = ["thumbnail_url", "video_name", "channel_subscriber", "upload_date"];
    assert_eq!(body, json!(fields.map(|field| video[field].clone())));
    worker.reply(&job, &views(7)).await;
    assert_eq!(first_views(&finish(pending).await), 7);
    assert_eq!(context.broker.queues().await, only_direct_queue);
}

#[actix_web::test]
async fn direct_job_has_uuid_request_id_and_time_to_live() {
    let context = PredictionContext::new().await;
    let mut worker = DirectWorker::start(&context.broker, 1).await;
    let request = request(&context.service.url(PATH)).header("x-request-id", "prediction-0004");
    let pending = tokio::spawn(Reply::try_send(request));
    let job = worker.next_job().await;
    let properties = &job.properties;
    let id = properties.correlation_id().as_ref().map(ShortString::as_str);
    assert!(id.is_some_and(|id| id.parse::<Uuid>().is_ok()), "{id:?}");
    assert_eq!(properties.expiration().as_ref().map(ShortString::as_str), Some("100000"));
    let headers = properties.headers().clone().unwrap_or_default();
    let request_id = AMQPValue::LongString("prediction-0004".into());
    assert_eq!(headers.inner().get("request_id"), Some(&request_id));
    worker.reply(&job, &views(7)).await;
    assert_eq!(finish(pending).await.status, 200);
}

#[actix_web::test]
async fn concurrent_predictions_get_their_own_replies() {
    let context = PredictionContext::new().await;
    let mut worker = DirectWorker::start(&context.broker, 8).await;
    let predictions = (0..8).map(async |number| {
        let reply = context.predict(&plan_with("channel_subscriber", json!(number))).await;
        assert_eq!(first_views(&reply), number);
    });
    let reply_in_reverse = async {
        let mut jobs = Vec::new();
        for _ in 0..8 {
            jobs.push(worker.next_job().await);
        }
        for job in jobs.iter().rev() {
            let body: Value = serde_json::from_slice(&job.data).expect("JSON");
            worker.reply(job, &views(body[2].as_i64().expect("subscribers"))).await;
        }
    };
    tokio::join!(futures_util::future::join_all(predictions), reply_in_reverse);
}

#[actix_web::test]
async fn reply_with_an_unknown_correlation_id_is_ignored() {
    let context = PredictionContext::new().await;
    let mut worker = DirectWorker::start(&context.broker, 1).await;
    let pending = start(&context);
    let job = worker.next_job().await;
    let unknown = Uuid::new_v4().to_string();
    for id in [Some(unknown.as_str()), Some("no UUID"), None] {
        worker.reply_as(&job, id, &views(1)).await;
    }
    worker.reply(&job, &views(7)).await;
    assert_eq!(first_views(&finish(pending).await), 7);
}

#[actix_web::test]
async fn invalid_direct_reply_returns_502() {
    let context = PredictionContext::new().await;
    let mut worker = DirectWorker::start(&context.broker, 10).await;
    let oversize = format!("[{}1]", "1,".repeat(64 << 10));
    for body in ["[]", "no JSON", &oversize] {
        let pending = start(&context);
        let job = worker.next_job().await;
        worker.reply(&job, body).await;
        let reply = finish(pending).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (502, &"bad_gateway".into()));
    }
}

#[actix_web::test]
async fn direct_prediction_without_a_reply_returns_504() {
    let timeout = ("CREATETREND_PREDICT__REPLY_TIMEOUT_MS", "3000");
    let context = PredictionContext::with_settings(&[timeout]).await;
    let mut worker = DirectWorker::start(&context.broker, 1).await;
    let pending = start(&context);
    worker.next_job().await;
    assert_eq!(finish(pending).await.status, 504);
}

#[actix_web::test]
async fn disconnected_client_releases_its_permit_and_its_late_reply_is_ignored() {
    let one_permit = ("CREATETREND_PREDICT__MAX_CONCURRENT", "1");
    let context = PredictionContext::with_settings(&[one_permit]).await;
    let mut worker = DirectWorker::start(&context.broker, 2).await;
    let pending = start(&context);
    let late = worker.next_job().await;
    assert_eq!(context.predict(&plan()).await.status, 503);
    pending.abort();
    worker.reply(&late, &views(7)).await;
    worker.reply_to_all();
    wait_until("the permit is released", async || context.predict(&plan()).await.status == 200)
        .await;
}

#[actix_web::test]
async fn direct_job_of_a_stopped_worker_is_processed_by_another() {
    let context = PredictionContext::new().await;
    let mut first = DirectWorker::start(&context.broker, 1).await;
    let pending = start(&context);
    first.next_job().await;
    let mut second = DirectWorker::start(&context.broker, 1).await;
    first.stop().await;
    let job = second.next_job().await;
    assert!(job.redelivered);
    second.reply(&job, &views(7)).await;
    assert_eq!(first_views(&finish(pending).await), 7);
}

#[actix_web::test]
async fn direct_job_without_a_remaining_worker_uses_reply_queues() {
    let context = PredictionContext::new().await;
    let mut worker = DirectWorker::start(&context.broker, 1).await;
    let pending = start(&context);
    worker.next_job().await;
    let _ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    worker.stop().await;
    assert_eq!(first_views(&finish(pending).await), 100);
    context.broker.wait_for_queues(PERMANENT_QUEUES).await;
}

#[actix_web::test]
async fn direct_job_on_a_broken_connection_uses_reply_queues() {
    let (proxy, context) = context_with_proxy(&[]).await;
    let mut worker = DirectWorker::start(&context.broker, 2).await;
    let pending = start(&context);
    worker.next_job().await;
    let _ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    proxy.disconnect_all();
    assert_eq!(first_views(&finish(pending).await), 100);
    context.broker.wait_for_queues(PERMANENT_QUEUES).await;
    // The next job has a direct reply again.
    let pending = start(&context);
    let job = worker.next_job().await;
    worker.reply(&job, &views(7)).await;
    assert_eq!(first_views(&finish(pending).await), 7);
}

#[actix_web::test]
async fn direct_prediction_with_an_unresponsive_broker_returns_503() {
    let short_timeout = ("CREATETREND_RABBITMQ__CONNECT_TIMEOUT_MS", "300");
    let (proxy, context) = context_with_proxy(&[short_timeout]).await;
    DirectWorker::start(&context.broker, 8).await.reply_to_all();
    assert_eq!(first_views(&context.predict(&plan()).await), 1);
    proxy.drop_requests();
    for _ in 0..2 {
        let reply = context.predict(&plan()).await;
        assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, Some("1")));
    }
}

#[actix_web::test]
async fn job_that_does_not_fit_into_the_direct_queue_uses_reply_queues() {
    let context = PredictionContext::new().await;
    let worker = DirectWorker::start(&context.broker, 1).await;
    worker.fill_queue().await;
    let _ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    assert_eq!(first_views(&context.predict(&plan()).await), 100);
}

#[actix_web::test]
async fn disabled_direct_jobs_are_sent_with_queues() {
    let disabled = ("CREATETREND_PREDICT__DIRECT_JOBS", "false");
    let context = PredictionContext::with_settings(&[disabled]).await;
    DirectWorker::start(&context.broker, 1).await.reply_to_all();
    let _ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    assert_eq!(first_views(&context.predict(&plan()).await), 100);
}
