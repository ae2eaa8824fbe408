//! Request ids of jobs in replies and log lines.

use crate::{
    client::{Client, job},
    fixture::{TestContext, in_days},
};
use lapin::{
    BasicProperties,
    types::{AMQPValue, FieldTable},
};
use serde_json::{Value, json};
use test_support::TestGateway;

fn with_id(id: &str) -> BasicProperties {
    BasicProperties::default().with_correlation_id(id.into())
}

/// The log lines of the job `uuid`.
fn lines_of(worker: &TestGateway, uuid: &str) -> Vec<Value> {
    let output = worker.output();
    let lines = output.lines().filter(|line| line.contains(uuid));
    lines.map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// Returns the UUID of a prediction and the correlation id of its reply.
async fn predict(client: &Client, properties: BasicProperties) -> (String, Option<String>) {
    let plan = job(15_300, &in_days(0).to_string()).to_string();
    let pending = client.request_with_properties(properties, plan.as_bytes(), &[]).await;
    (pending.id.clone(), pending.reply().await.correlation_id)
}

#[actix_web::test]
async fn request_id_of_a_job_is_in_its_log_line_and_reply() {
    let context = TestContext::new().await;
    let mut worker = context.process(&[]);
    let client = context.client().await;
    let mut header = FieldTable::default();
    header.insert("request_id".into(), AMQPValue::LongString("prediction-0002".into()));
    let by_header = BasicProperties::default().with_headers(header);
    let mut expected = Vec::new();
    for (properties, id) in [
        (with_id("prediction-0001"), Some("prediction-0001")),
        (by_header, Some("prediction-0002")),
        (with_id("line\nbreak\"}"), None),
        (BasicProperties::default(), None),
    ] {
        let (uuid, correlation_id) = predict(&client, properties).await;
        assert_eq!(correlation_id.as_deref(), id);
        expected.push((uuid, id));
    }
    assert!(worker.terminate(0));
    for (uuid, id) in expected {
        let lines = lines_of(&worker, &uuid);
        let [line] = lines.as_slice() else { panic!("{lines:?}") };
        assert_eq!((&line["level"], &line["outcome"]), (&json!("INFO"), &json!("succeeded")));
        let span = &line["spans"][0];
        assert_eq!((&span["uuid"], &span["request_id"]), (&json!(uuid), &json!(id)));
    }
}

#[actix_web::test]
async fn malformed_job_is_logged_and_dead_lettered_with_its_request_id() {
    let context = TestContext::new().await;
    let mut worker = context.process(&[]);
    let client = context.client().await;
    let pending = client.request_with_properties(with_id("prediction-0003"), b"no json", &[]).await;
    let uuid = pending.id.clone();
    let reply = pending.reply().await;
    assert_eq!(reply.correlation_id.as_deref(), Some("prediction-0003"));
    let dead_letters = context.broker.messages("failed_ai_jobs").await;
    assert_eq!(dead_letters.first().expect("a dead letter").1["request_id"], "prediction-0003");
    assert!(worker.terminate(0));
    let lines = lines_of(&worker, &uuid);
    let levels: Vec<_> = lines.iter().filter_map(|line| line["level"].as_str()).collect();
    assert_eq!(levels, ["ERROR", "INFO"]);
    assert!(lines.iter().all(|line| line["spans"][0]["request_id"] == "prediction-0003"));
}
