//! Health and metrics.

use crate::{
    client::job,
    fixture::{TestContext, wait_for_metric},
};
use forecast::Model;
use test_support::{TestService, wait_until};

#[actix_web::test]
async fn worker_with_its_dependencies_is_ready() {
    let context = TestContext::new().await;
    let worker = context.worker(&[]);
    wait_until("the worker is ready", async || worker.get("/health/ready").await.status == 200)
        .await;
    let ready = worker.get("/health/ready").await;
    let model = &ready.json()["dependencies"]["model"];
    assert_eq!(model["status"], "up");
    assert_eq!(model["detail"], Model::shipped().expect("the model").version());
}

#[actix_web::test]
async fn worker_without_a_broker_is_not_ready() {
    let worker =
        TestService::start("ai-worker", ai_worker::service, &[("CREATETREND_RABBITMQ__PORT", "9")]);
    let ready = worker.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json()["dependencies"]["rabbitmq"]["status"], "down");
    worker.stop().await;
}

#[actix_web::test]
async fn metrics_count_jobs_by_outcome() {
    let context = TestContext::new().await;
    let worker = context.worker(&[]);
    let client = context.client().await;
    client.request(&job(1, "2026-11-24")).await.reply().await;
    client.request(&job(1, "some day")).await.reply().await;
    for line in [
        "ai_jobs_total{outcome=\"succeeded\"} 1",
        "ai_jobs_total{outcome=\"dead_lettered\"} 1",
        "ai_jobs_total{outcome=\"not_found\"} 0",
        "ai_job_duration_seconds_count 2",
        "ai_subscribed{queue=\"request_ai_process\"} 1",
        "ai_subscribed{queue=\"direct_ai_jobs\"} 1",
        // The host of the thumbnail is not allowed.
        "ai_thumbnails_total{outcome=\"rejected\"} 2",
    ] {
        wait_for_metric(&worker, line).await;
    }
}
