//! Workers that end, and jobs that cannot be answered.

use crate::{
    client::{Asked, Client, job},
    fixture::{TestContext, in_days, wait_for_metric},
};
use common::prediction::REQUEST_QUEUE;
use lapin::{options::BasicConsumeOptions, types::AMQPValue};
use serde_json::json;
use test_support::{Protocol, Proxy, settings, wait_until};
use uuid::Uuid;

const CHANNEL: (&str, &str) = ("channel_id", "UC-1");

/// Sends a job of a channel, so that the worker can be held up when it looks up the channel.
async fn ask(client: &Client) -> Asked {
    let (name, channel) = CHANNEL;
    let job = job(15_300, &in_days(0).to_string()).to_string();
    client.ask_with(job.as_bytes(), &[(name, AMQPValue::LongString(channel.into()))]).await
}

#[actix_web::test]
async fn job_of_a_killed_worker_is_answered_by_another() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let held = context.hold_look_ups().await;
    let mut dying = context.process(&[]);
    let asked = ask(&client).await;
    context.wait_for_look_ups(1).await;
    dying.kill(0);
    let _other = context.worker(&[]);
    held.batch_execute("COMMIT").await.expect("the lock goes");
    assert_eq!(asked.answer().await.numbers().len(), 31);
    assert!(context.broker.messages("failed_ai_jobs").await.is_empty());
}

#[actix_web::test]
async fn job_returned_later_than_its_request_is_awaited_and_answered() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let asked = ask(&client).await;
    let (request, job) = (client.hold(REQUEST_QUEUE).await, client.hold(&asked.id).await);
    request.put_back().await;
    let worker = context.worker(&[]);
    // The worker has the request while another channel still has its job.
    wait_for_metric(&worker, "createtrend_ai_jobs_in_progress 1").await;
    job.put_back().await;
    assert_eq!(asked.answer().await.numbers().len(), 31);
    wait_for_metric(&worker, "createtrend_ai_jobs_in_progress 0").await;
    wait_for_metric(&worker, "ai_jobs_total{outcome=\"answered\"} 1").await;
}

#[actix_web::test]
async fn more_unknown_uuids_than_channel_ids_leave_the_worker_consuming() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let worker = context.worker(&[]);
    // A connection has 2,047 ids of channels.
    for _ in 0..2_100 {
        client.ask_for_nothing(&Uuid::new_v4().to_string()).await;
    }
    let asked = client.ask(&job(1, &in_days(0).to_string())).await;
    assert_eq!(asked.answer().await.numbers().len(), 31);
    wait_for_metric(&worker, "ai_jobs_total{outcome=\"not_found\"} 2100").await;
    assert_eq!(worker.get("/health/ready").await.status, 200);
    // What a worker has not acknowledged is returned to the queue when it ends.
    worker.stop().await;
    assert_eq!(client.waiting(REQUEST_QUEUE).await, 0);
}

#[actix_web::test]
async fn request_whose_handling_fails_is_requeued_and_answered_later() {
    let context = TestContext::new().await;
    let client = context.client().await;
    context.broker.allow_publishing("ai-worker", false).await;
    let worker = context.worker(&[]);
    let asked = client.ask(&job(1, &in_days(0).to_string())).await;
    let requeued = "ai_jobs_total{outcome=\"requeued\"}";
    wait_until("the request is requeued", async || {
        let metrics = worker.get("/metrics").await.body;
        metrics.contains(requeued) && !metrics.contains(&format!("{requeued} 0"))
    })
    .await;
    context.broker.allow_publishing("ai-worker", true).await;
    assert_eq!(asked.answer().await.numbers().len(), 31);
}

#[actix_web::test]
async fn worker_that_cannot_subscribe_is_not_ready_until_it_can() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let exclusive = BasicConsumeOptions { exclusive: true, ..BasicConsumeOptions::default() };
    let consumer = client.consume(REQUEST_QUEUE, exclusive).await;
    let worker = context.worker(&[]);
    let ready = worker.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    let consumes = &ready.json()["dependencies"]["consumer"];
    assert_eq!(consumes["detail"], "not subscribed to request_ai_process", "{}", ready.body);
    assert!(worker.get("/metrics").await.body.contains("createtrend_ai_subscribed 0"));
    drop(consumer);
    wait_until("the worker is ready", async || worker.get("/health/ready").await.status == 200)
        .await;
}

#[actix_web::test]
async fn job_that_kills_workers_is_dead_lettered() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let _held = context.hold_look_ups().await;
    let asked = ask(&client).await;
    let id = asked.id.clone();
    for died in 1..=3 {
        let mut worker = context.process(&[]);
        context.wait_for_look_ups(died).await;
        worker.kill(0);
    }
    let _last = context.worker(&[]);
    assert_eq!(asked.answer().await.views, json!([]));
    let kept = context.broker.messages("failed_ai_jobs").await;
    let (body, headers) = kept.first().expect("the job is kept");
    assert_eq!(*body, job(15_300, &in_days(0).to_string()).to_string());
    assert_eq!((&headers["uuid"], &headers["channel_id"]), (&json!(id), &json!("UC-1")));
    assert_eq!(headers["reason"], "delivered 3 times without an acknowledgement");
}

#[actix_web::test]
async fn malformed_job_is_dead_lettered() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let _worker = context.worker(&[]);
    let unreadable = [
        b"no json".to_vec(),
        b"[]".to_vec(),
        b"\xff".to_vec(),
        job("many", "2026-11-24").to_string().into_bytes(),
        job(1, "some day").to_string().into_bytes(),
    ];
    for body in &unreadable {
        let answer = client.ask_with(body, &[]).await.answer().await;
        assert_eq!(answer.views, json!([]));
    }
    assert_eq!(context.broker.messages("failed_ai_jobs").await.len(), unreadable.len());
}

#[actix_web::test]
async fn job_that_takes_too_long_is_dead_lettered() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let _held = context.hold_look_ups().await;
    let _worker = context.worker(&[("CREATETREND_AI_WORKER__JOB_TIMEOUT_MS", "100")]);
    assert_eq!(ask(&client).await.answer().await.views, json!([]));
    let kept = context.broker.messages("failed_ai_jobs").await;
    assert_eq!(kept.first().expect("the job is kept").1["reason"], "timed out");
}

#[actix_web::test]
async fn worker_that_is_terminated_finishes_its_job() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let held = context.hold_look_ups().await;
    let mut worker = context.process(&[]);
    let asked = ask(&client).await;
    context.wait_for_look_ups(1).await;
    let stopping = tokio::task::spawn_blocking(move || worker.terminate(0));
    held.batch_execute("COMMIT").await.expect("the lock goes");
    assert_eq!(asked.answer().await.numbers().len(), 31);
    assert!(stopping.await.expect("it ends"), "it ends well");
}

#[actix_web::test]
async fn worker_reconnects_after_its_connection_breaks() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let server = settings().rabbitmq;
    let proxy = Proxy::start(&format!("{}:{}", server.host, server.port), Protocol::Amqp);
    let port = proxy.port().to_string();
    let _worker = context.worker(&[
        ("CREATETREND_RABBITMQ__HOST", "127.0.0.1"),
        ("CREATETREND_RABBITMQ__PORT", &port),
    ]);
    for _ in 0..3 {
        let asked = client.ask(&job(1, &in_days(0).to_string())).await;
        assert_eq!(asked.answer().await.numbers().len(), 31);
        proxy.disconnect_all();
    }
}
