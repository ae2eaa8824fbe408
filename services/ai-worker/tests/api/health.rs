//! Health and metrics.

use crate::{client::job, fixture::World};
use forecast::Model;
use std::time::{Duration, Instant};
use test_support::TestService;

#[actix_web::test]
async fn a_worker_is_ready_and_names_its_model() {
    let world = World::new().await;
    let worker = world.worker(&[]);
    let ready = worker.get("/health/ready").await;
    assert_eq!(ready.status, 200, "{}", ready.body);
    let model = &ready.json()["dependencies"]["model"];
    assert_eq!(model["status"], "up");
    assert_eq!(model["detail"], Model::shipped().expect("the model").version());
}

#[actix_web::test]
async fn without_a_broker_a_worker_waits_and_is_not_ready() {
    let worker =
        TestService::start("ai-worker", ai_worker::service, &[("CREATETREND_RABBITMQ__PORT", "9")]);
    let ready = worker.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json()["dependencies"]["rabbitmq"]["status"], "down");
    worker.stop().await;
}

#[actix_web::test]
async fn jobs_are_counted() {
    let world = World::new().await;
    let worker = world.worker(&[]);
    let client = world.client().await;
    client.ask(&job(1, "2026-11-24")).await.answer().await;
    client.ask(&job(1, "some day")).await.answer().await;
    // They are counted after the answer has gone.
    let deadline = Instant::now() + Duration::from_secs(20);
    for line in ["outcome=\"answered\"} 1", "outcome=\"given_up\"} 1", "outcome=\"gone\"} 0"] {
        while !worker.get("/metrics").await.body.contains(line) {
            assert!(Instant::now() < deadline, "no {line}");
        }
    }
    let metrics = worker.get("/metrics").await.body;
    assert!(metrics.contains("createtrend_ai_job_seconds_count 2"), "{metrics}");
    assert!(
        metrics.contains("createtrend_ai_thumbnails_total{outcome=\"refused\"} 2"),
        "{metrics}"
    );
}
