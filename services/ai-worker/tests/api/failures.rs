//! Workers that die, and jobs that cannot be answered.

use crate::{
    client::{Asked, Client, job},
    fixture::{World, in_days},
};
use common::prediction::REQUESTS;
use lapin::types::AMQPValue;
use serde_json::json;
use test_support::{Protocol, Proxy, settings};

const CHANNEL: (&str, &str) = ("channel_id", "UC-1");

/// A job for which a worker looks a channel up: there it can be held.
async fn ask(client: &Client) -> Asked {
    let (name, channel) = CHANNEL;
    let job = job(15_300, &in_days(0).to_string()).to_string();
    client.ask_with(job.as_bytes(), &[(name, AMQPValue::LongString(channel.into()))]).await
}

#[actix_web::test]
async fn what_a_dying_worker_had_taken_is_answered_by_another() {
    let world = World::new().await;
    let client = world.client().await;
    let held = world.hold_look_ups().await;
    let mut dying = world.process(&[]);
    let asked = ask(&client).await;
    world.wait_for_look_ups(1).await;
    dying.kill(0);
    let _other = world.worker(&[]);
    held.batch_execute("COMMIT").await.expect("the lock goes");
    assert_eq!(asked.answer().await.numbers().len(), 31);
    assert!(world.broker.messages("failed_ai_jobs").await.is_empty());
}

#[actix_web::test]
async fn a_job_that_comes_back_later_than_its_request_is_waited_for() {
    let world = World::new().await;
    let client = world.client().await;
    let asked = ask(&client).await;
    let (request, job) = (client.hold(REQUESTS).await, client.hold(&asked.id).await);
    request.put_back().await;
    let _worker = world.worker(&[]);
    while client.waiting(REQUESTS).await > 0 {}
    // As many questions to the broker as a worker needs to look, and many more.
    for _ in 0..50 {
        assert_eq!(client.waiting(&asked.id).await, 0);
    }
    job.put_back().await;
    assert_eq!(asked.answer().await.numbers().len(), 31);
}

#[actix_web::test]
async fn a_job_that_kills_workers_is_given_up_and_kept() {
    let world = World::new().await;
    let client = world.client().await;
    let _held = world.hold_look_ups().await;
    let asked = ask(&client).await;
    let id = asked.id.clone();
    for died in 1..=3 {
        let mut worker = world.process(&[]);
        world.wait_for_look_ups(died).await;
        worker.kill(0);
    }
    let _last = world.worker(&[]);
    assert_eq!(asked.answer().await.views, json!([]));
    let kept = world.broker.messages("failed_ai_jobs").await;
    let (body, headers) = kept.first().expect("the job is kept");
    assert_eq!(*body, job(15_300, &in_days(0).to_string()).to_string());
    assert_eq!((&headers["uuid"], &headers["channel_id"]), (&json!(id), &json!("UC-1")));
    assert_eq!(headers["reason"], "3 workers died of it");
}

#[actix_web::test]
async fn what_is_no_job_is_given_up_and_kept() {
    let world = World::new().await;
    let client = world.client().await;
    let _worker = world.worker(&[]);
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
    assert_eq!(world.broker.messages("failed_ai_jobs").await.len(), unreadable.len());
}

#[actix_web::test]
async fn a_job_that_takes_too_long_is_given_up() {
    let world = World::new().await;
    let client = world.client().await;
    let _held = world.hold_look_ups().await;
    let _worker = world.worker(&[("CREATETREND_AI_WORKER__JOB_MS", "100")]);
    assert_eq!(ask(&client).await.answer().await.views, json!([]));
    let kept = world.broker.messages("failed_ai_jobs").await;
    assert_eq!(kept.first().expect("the job is kept").1["reason"], "it took too long");
}

#[actix_web::test]
async fn a_worker_that_is_told_to_stop_finishes_its_job() {
    let world = World::new().await;
    let client = world.client().await;
    let held = world.hold_look_ups().await;
    let mut worker = world.process(&[]);
    let asked = ask(&client).await;
    world.wait_for_look_ups(1).await;
    let stopping = tokio::task::spawn_blocking(move || worker.terminate(0));
    held.batch_execute("COMMIT").await.expect("the lock goes");
    assert_eq!(asked.answer().await.numbers().len(), 31);
    assert!(stopping.await.expect("it ends"), "it ends well");
}

#[actix_web::test]
async fn a_worker_comes_back_after_its_connection_breaks() {
    let world = World::new().await;
    let client = world.client().await;
    let server = settings().rabbitmq;
    let proxy = Proxy::before(&format!("{}:{}", server.host, server.port), Protocol::Amqp);
    let port = proxy.port().to_string();
    let _worker = world.worker(&[
        ("CREATETREND_RABBITMQ__HOST", "127.0.0.1"),
        ("CREATETREND_RABBITMQ__PORT", &port),
    ]);
    for _ in 0..3 {
        let asked = client.ask(&job(1, &in_days(0).to_string())).await;
        assert_eq!(asked.answer().await.numbers().len(), 31);
        proxy.cut();
    }
}
