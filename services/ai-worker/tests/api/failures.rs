//! Crashes of workers, and jobs that fail.

use crate::{
    client::{Client, PendingPrediction, job},
    fixture::{TestContext, in_days, wait_for_metric},
};
use common::prediction::REQUEST_QUEUE;
use lapin::{options::BasicConsumeOptions, types::AMQPValue};
use serde_json::json;
use test_support::{Protocol, Proxy, settings, wait_until};
use uuid::Uuid;

/// Publishes a job with a channel, whose query a test can block.
async fn request(client: &Client) -> PendingPrediction {
    let job = job(15_300, &in_days(0).to_string()).to_string();
    let header = ("channel_id", AMQPValue::LongString("UC-1".into()));
    client.request_with_headers(job.as_bytes(), &[header]).await
}

#[actix_web::test]
async fn job_of_a_killed_worker_is_processed_by_another() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let lock = context.block_channel_queries().await;
    let mut first = context.process(&[]);
    let pending = request(&client).await;
    context.wait_for_blocked_queries(1).await;
    first.kill(0);
    let _second = context.worker(&[]);
    lock.batch_execute("COMMIT").await.expect("the lock is released");
    assert_eq!(pending.reply().await.numbers().len(), 31);
    assert!(context.broker.messages("failed_ai_jobs").await.is_empty());
}

#[actix_web::test]
async fn job_requeued_after_its_request_is_processed() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let pending = request(&client).await;
    let (request, job) =
        (client.get_unacked(REQUEST_QUEUE).await, client.get_unacked(&pending.id).await);
    request.requeue().await;
    let worker = context.worker(&[]);
    // The worker has received the request while another channel holds its job.
    wait_for_metric(&worker, "createtrend_ai_jobs_in_progress 1").await;
    job.requeue().await;
    assert_eq!(pending.reply().await.numbers().len(), 31);
    wait_for_metric(&worker, "createtrend_ai_jobs_in_progress 0").await;
    wait_for_metric(&worker, "ai_jobs_total{outcome=\"succeeded\"} 1").await;
}

#[actix_web::test]
async fn worker_with_more_unknown_uuids_than_channel_ids_keeps_consuming() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let worker = context.worker(&[]);
    // A connection has at most 2,047 channels.
    for _ in 0..2_100 {
        client.publish_request(&Uuid::new_v4().to_string()).await;
    }
    let pending = client.request(&job(1, &in_days(0).to_string())).await;
    assert_eq!(pending.reply().await.numbers().len(), 31);
    wait_for_metric(&worker, "ai_jobs_total{outcome=\"not_found\"} 2100").await;
    assert_eq!(worker.get("/health/ready").await.status, 200);
    // Unacknowledged requests would be requeued when the worker stops.
    worker.stop().await;
    assert_eq!(client.message_count(REQUEST_QUEUE).await, 0);
}

#[actix_web::test]
async fn requests_whose_job_queue_is_a_stream_do_not_stop_the_worker() {
    let context = TestContext::new().await;
    let client = context.client().await;
    // As many as a worker processes concurrently.
    for _ in 0..8 {
        client.publish_request_with_stream().await;
    }
    let worker = context.worker(&[]);
    let pending = client.request(&job(1, &in_days(0).to_string())).await;
    assert_eq!(pending.reply().await.numbers().len(), 31);
    wait_for_metric(&worker, "ai_jobs_total{outcome=\"not_found\"} 8").await;
    assert_eq!(worker.get("/health/ready").await.status, 200);
    worker.stop().await;
    assert_eq!(client.message_count(REQUEST_QUEUE).await, 0);
}

#[actix_web::test]
async fn failed_request_is_requeued_and_processed() {
    let context = TestContext::new().await;
    let client = context.client().await;
    context.broker.allow_publishing("ai-worker", false).await;
    let worker = context.worker(&[]);
    let pending = client.request(&job(1, &in_days(0).to_string())).await;
    let requeued = "ai_jobs_total{outcome=\"requeued\"}";
    wait_until("the request is requeued", async || {
        let metrics = worker.get("/metrics").await.body;
        metrics.contains(requeued) && !metrics.contains(&format!("{requeued} 0"))
    })
    .await;
    context.broker.allow_publishing("ai-worker", true).await;
    assert_eq!(pending.reply().await.numbers().len(), 31);
}

#[actix_web::test]
async fn worker_without_a_subscription_is_not_ready() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let exclusive = BasicConsumeOptions { exclusive: true, ..BasicConsumeOptions::default() };
    let consumer = client.consume(REQUEST_QUEUE, exclusive).await;
    let worker = context.worker(&[]);
    let ready = worker.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    let status = &ready.json()["dependencies"]["consumer"];
    assert_eq!(status["detail"], "not subscribed to request_ai_process", "{}", ready.body);
    wait_for_metric(&worker, "ai_subscribed{queue=\"request_ai_process\"} 0").await;
    drop(consumer);
    wait_until("the worker is ready", async || worker.get("/health/ready").await.status == 200)
        .await;
}

#[actix_web::test]
async fn job_that_crashes_workers_is_dead_lettered() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let _lock = context.block_channel_queries().await;
    let pending = request(&client).await;
    let id = pending.id.clone();
    for crashes in 1..=3 {
        let mut worker = context.process(&[]);
        context.wait_for_blocked_queries(crashes).await;
        worker.kill(0);
    }
    let _last = context.worker(&[]);
    assert_eq!(pending.reply().await.views, json!([]));
    let dead_letters = context.broker.messages("failed_ai_jobs").await;
    let (body, headers) = dead_letters.first().expect("a dead letter");
    assert_eq!(*body, job(15_300, &in_days(0).to_string()).to_string());
    assert_eq!((&headers["uuid"], &headers["channel_id"]), (&json!(id), &json!("UC-1")));
    assert_eq!(headers["reason"], "delivered 3 times without an acknowledgement");
}

#[actix_web::test]
async fn malformed_job_is_dead_lettered() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let _worker = context.worker(&[]);
    let malformed = [
        b"no json".to_vec(),
        b"[]".to_vec(),
        b"\xff".to_vec(),
        job("many", "2026-11-24").to_string().into_bytes(),
        job(1, "some day").to_string().into_bytes(),
    ];
    for body in &malformed {
        let reply = client.request_with_headers(body, &[]).await.reply().await;
        assert_eq!(reply.views, json!([]));
    }
    assert_eq!(context.broker.messages("failed_ai_jobs").await.len(), malformed.len());
}

#[actix_web::test]
async fn job_that_times_out_is_dead_lettered() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let _lock = context.block_channel_queries().await;
    let _worker = context.worker(&[("CREATETREND_AI_WORKER__JOB_TIMEOUT_MS", "100")]);
    assert_eq!(request(&client).await.reply().await.views, json!([]));
    let dead_letters = context.broker.messages("failed_ai_jobs").await;
    assert_eq!(dead_letters.first().expect("a dead letter").1["reason"], "timed out");
}

#[actix_web::test]
async fn terminated_worker_finishes_its_job() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let lock = context.block_channel_queries().await;
    let mut worker = context.process(&[]);
    let pending = request(&client).await;
    context.wait_for_blocked_queries(1).await;
    let stopping = tokio::task::spawn_blocking(move || worker.terminate(0));
    lock.batch_execute("COMMIT").await.expect("the lock is released");
    assert_eq!(pending.reply().await.numbers().len(), 31);
    assert!(stopping.await.expect("the task ends"), "the worker exits successfully");
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
        let pending = client.request(&job(1, &in_days(0).to_string())).await;
        assert_eq!(pending.reply().await.numbers().len(), 31);
        proxy.disconnect_all();
    }
}
