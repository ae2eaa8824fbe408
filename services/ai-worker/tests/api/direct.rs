//! Jobs with direct replies.

use crate::{
    client::{Client, DIRECT_QUEUE, PendingDirectReply, job},
    fixture::{TestContext, in_days, wait_for_metric},
};
use lapin::{BasicProperties, options::BasicConsumeOptions, types::AMQPValue};
use serde_json::{Value, json};
use test_support::{Protocol, Proxy, settings};
use uuid::Uuid;

fn today() -> Value {
    job(15_300, &in_days(0).to_string())
}

/// Publishes a job with a channel, whose query a test can block.
async fn request(client: &Client) -> PendingDirectReply {
    let header = ("channel_id", AMQPValue::LongString("UC-1".into()));
    client.request_direct(today().to_string().as_bytes(), &[header]).await
}

#[actix_web::test]
async fn direct_job_gets_the_reply_of_a_request() {
    let context = TestContext::new().await;
    let worker = context.worker(&[]);
    let client = context.client().await;
    let pending = client.request_direct(today().to_string().as_bytes(), &[]).await;
    let id = pending.id.clone();
    let (direct, other) = (pending.reply().await, client.request(&today()).await.reply().await);
    assert_eq!(direct.numbers().len(), 31);
    assert_eq!((&direct.views, &direct.details), (&other.views, &other.details));
    assert_eq!(direct.correlation_id, Some(id));
    // The job is acknowledged.
    worker.stop().await;
    assert_eq!(client.message_count(DIRECT_QUEUE).await, 0);
    context.broker.wait_for_queues(&[DIRECT_QUEUE, "failed_ai_jobs", "request_ai_process"]).await;
}

#[actix_web::test]
async fn direct_job_is_logged_with_its_uuid_and_request_id() {
    let context = TestContext::new().await;
    let mut worker = context.process(&[]);
    let client = context.client().await;
    let header = ("request_id", AMQPValue::LongString("prediction-0005".into()));
    let pending = client.request_direct(today().to_string().as_bytes(), &[header]).await;
    let id = pending.id.clone();
    pending.reply().await;
    assert!(worker.terminate(0));
    let output = worker.output();
    let lines: Vec<_> = output.lines().filter(|line| line.contains(&id)).collect();
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    let line: Value = serde_json::from_str(line).expect("a line of JSON");
    assert_eq!((&line["outcome"], &line["queue"]), (&json!("succeeded"), &json!(DIRECT_QUEUE)));
    let span = &line["spans"][0];
    assert_eq!((&span["uuid"], &span["request_id"]), (&json!(id), &json!("prediction-0005")));
}

#[actix_web::test]
async fn direct_job_of_a_killed_worker_is_processed_by_another() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let lock = context.block_channel_queries().await;
    let mut first = context.process(&[]);
    let pending = request(&client).await;
    context.wait_for_blocked_queries(1).await;
    first.kill(0);
    let second = context.worker(&[]);
    lock.batch_execute("COMMIT").await.expect("the lock is released");
    assert_eq!(pending.reply().await.numbers().len(), 31);
    wait_for_metric(&second, "ai_jobs_total{outcome=\"republished\"} 1").await;
    assert!(context.broker.messages("failed_ai_jobs").await.is_empty());
}

#[actix_web::test]
async fn direct_job_that_crashes_workers_is_dead_lettered() {
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
    assert_eq!(*body, today().to_string());
    assert_eq!((&headers["uuid"], &headers["channel_id"]), (&json!(id), &json!("UC-1")));
    assert_eq!(headers["reason"], "delivered 3 times without an acknowledgement");
}

#[actix_web::test]
async fn malformed_direct_job_is_dead_lettered() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let _worker = context.worker(&[]);
    let malformed = [b"no json".to_vec(), b"\xff".to_vec(), job(1, "some day").to_string().into()];
    for body in &malformed {
        assert_eq!(client.request_direct(body, &[]).await.reply().await.views, json!([]));
    }
    assert_eq!(context.broker.messages("failed_ai_jobs").await.len(), malformed.len());
}

#[actix_web::test]
async fn direct_job_that_times_out_is_dead_lettered() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let _lock = context.block_channel_queries().await;
    let _worker = context.worker(&[("CREATETREND_AI_WORKER__JOB_TIMEOUT_MS", "100")]);
    assert_eq!(request(&client).await.reply().await.views, json!([]));
    let dead_letters = context.broker.messages("failed_ai_jobs").await;
    assert_eq!(dead_letters.first().expect("a dead letter").1["reason"], "timed out");
}

#[actix_web::test]
async fn direct_jobs_without_a_direct_reply_address_are_dropped() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let worker = context.worker(&[]);
    let id = || BasicProperties::default().with_correlation_id(Uuid::new_v4().to_string().into());
    let unusable = [
        BasicProperties::default(),
        id(),
        id().with_reply_to("request_ai_process".into()),
        id().with_reply_to("amq.rabbitmq.reply-to-other".into()),
        id().with_reply_to("amq.rabbitmq.reply-to.".into()),
        BasicProperties::default().with_reply_to("amq.rabbitmq.reply-to.a".into()),
    ];
    for properties in unusable.clone() {
        client.publish_direct(today().to_string().as_bytes(), properties).await;
    }
    let malformed = format!("ai_jobs_total{{outcome=\"malformed\"}} {}", unusable.len());
    wait_for_metric(&worker, &malformed).await;
    assert_eq!(request(&client).await.reply().await.numbers().len(), 31);
    worker.stop().await;
    assert_eq!(client.message_count(DIRECT_QUEUE).await, 0);
}

#[actix_web::test]
async fn direct_job_with_an_invalid_token_is_dead_lettered() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let worker = context.worker(&[("CREATETREND_AI_WORKER__MAX_DELIVERIES", "1")]);
    // RabbitMQ 3.10 closes the connection of a reply to this address.
    let properties = BasicProperties::default()
        .with_correlation_id(Uuid::new_v4().to_string().into())
        .with_reply_to("amq.rabbitmq.reply-to.g1h2AA5y.key".into());
    client.publish_direct(today().to_string().as_bytes(), properties).await;
    wait_for_metric(&worker, "ai_jobs_total{outcome=\"dead_lettered\"} 1").await;
    assert_eq!(request(&client).await.reply().await.numbers().len(), 31);
    worker.stop().await;
    assert_eq!(client.message_count(DIRECT_QUEUE).await, 0);
    assert_eq!(context.broker.messages("failed_ai_jobs").await.len(), 1);
}

#[actix_web::test]
async fn terminated_worker_finishes_its_direct_job() {
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
async fn direct_jobs_are_processed_after_the_connection_breaks() {
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
        assert_eq!(request(&client).await.reply().await.numbers().len(), 31);
        proxy.disconnect_all();
    }
}

#[actix_web::test]
async fn direct_job_of_a_failed_publish_is_requeued_and_processed() {
    let context = TestContext::new().await;
    let client = context.client().await;
    context.broker.allow_publishing("ai-worker", false).await;
    let worker = context.worker(&[]);
    let pending = request(&client).await;
    let requeued = "ai_jobs_total{outcome=\"requeued\"}";
    test_support::wait_until("the job is requeued", async || {
        let metrics = worker.get("/metrics").await.body;
        metrics.contains(requeued) && !metrics.contains(&format!("{requeued} 0"))
    })
    .await;
    context.broker.allow_publishing("ai-worker", true).await;
    assert_eq!(pending.reply().await.numbers().len(), 31);
}

#[actix_web::test]
async fn worker_without_a_subscription_to_direct_jobs_is_ready() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let exclusive = BasicConsumeOptions { exclusive: true, ..BasicConsumeOptions::default() };
    let _consumer = client.consume(DIRECT_QUEUE, exclusive).await;
    let worker = context.worker(&[]);
    test_support::wait_until("the worker is ready", async || {
        worker.get("/health/ready").await.status == 200
    })
    .await;
    let ready = worker.get("/health/ready").await;
    let status = &ready.json()["dependencies"]["direct_consumer"];
    assert_eq!(status["detail"], "not subscribed to direct_ai_jobs", "{}", ready.body);
    wait_for_metric(&worker, "ai_subscribed{queue=\"direct_ai_jobs\"} 0").await;
}
