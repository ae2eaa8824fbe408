//! Request ids of predictions in messages and log lines.

use crate::{
    fixture::{PATH, PERMANENT_QUEUES, QUEUE_EXPIRY, plan},
    python_ai_server::PythonAiServer,
};
use serde_json::{Value, json};
use std::path::Path;
use test_support::{Reply, TestBroker, TestGateway, client};
use tokio::{task::yield_now, time::timeout};

const BINARY: &str = env!("CARGO_BIN_EXE_predict");

/// The log lines of the request `id` so far.
fn lines_of(gateway: &TestGateway, id: &str) -> Vec<Value> {
    let output = gateway.output();
    let lines = output.lines().filter(|line| line.contains(&format!("\"request_id\":\"{id}\"")));
    lines.map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

async fn predict(gateway: &TestGateway, id: &str) -> Reply {
    Reply::send(client().post(gateway.url(PATH)).header("x-request-id", id).json(&plan())).await
}

#[actix_web::test]
async fn successful_prediction_has_its_request_id_in_messages_and_logs() {
    let broker = TestBroker::create(QUEUE_EXPIRY).await;
    let mut gateway = TestGateway::start("predict", Path::new(BINARY), 1, &[broker.setting()]);
    let ai_server = PythonAiServer::start(broker.settings(), "reply").await;
    let reply = predict(&gateway, "prediction-0001").await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let event = ai_server.next_event().await;
    let both = json!(["prediction-0001", "prediction-0001"]);
    assert_eq!((&event["correlation_ids"], &event["request_ids"]), (&both, &both));
    assert!(gateway.terminate(0));
    let lines = lines_of(&gateway, "prediction-0001");
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!(line["level"], "INFO");
    assert_eq!(
        (&line["message"], &line["outcome"]),
        (&json!("prediction finished"), &json!("succeeded"))
    );
    assert_eq!(line["uuid"], event["uuid"]);
    // nginx writes its log once a second.
    let logged = async {
        while !gateway.log().contains(r#""request_id":"prediction-0001""#) {
            yield_now().await;
        }
    };
    timeout(crate::python_ai_server::TIMEOUT, logged).await.expect("the gateway logs the request");
}

#[actix_web::test]
async fn failed_prediction_is_logged_with_its_request_id_under_a_narrow_filter() {
    let broker = TestBroker::create(QUEUE_EXPIRY).await;
    let settings = [
        broker.setting(),
        ("CREATETREND_PREDICT__REPLY_TIMEOUT_MS", "1"),
        ("CREATETREND_LOG__LEVEL", "predict=info,common=info"),
    ];
    let mut gateway = TestGateway::start("predict", Path::new(BINARY), 1, &settings);
    assert_eq!(predict(&gateway, "prediction-0002").await.status, 504);
    assert!(gateway.terminate(0));
    let lines = lines_of(&gateway, "prediction-0002");
    let outcomes: Vec<_> = lines.iter().filter_map(|line| line["outcome"].as_str()).collect();
    assert_eq!(outcomes, ["deadline_exceeded"], "{lines:?}");
    let statuses: Vec<_> = lines.iter().filter_map(|line| line["status"].as_u64()).collect();
    assert_eq!(statuses, [504], "{lines:?}");
}

#[actix_web::test]
async fn abandoned_prediction_is_logged_with_its_request_id() {
    let broker = TestBroker::create(QUEUE_EXPIRY).await;
    let mut gateway = TestGateway::start("predict", Path::new(BINARY), 1, &[broker.setting()]);
    let ai_server = PythonAiServer::start(broker.settings(), "hold").await;
    let request = client().post(gateway.url(PATH)).header("x-request-id", "prediction-0003");
    let pending = tokio::spawn(Reply::try_send(request.json(&plan())));
    let uuid = ai_server.next_event().await["uuid"].clone();
    pending.abort();
    broker.wait_for_queues(PERMANENT_QUEUES).await;
    assert!(gateway.terminate(0));
    let lines = lines_of(&gateway, "prediction-0003");
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((&line["outcome"], &line["uuid"]), (&json!("abandoned"), &uuid));
}
