//! Three replicas behind the project's `nginx.conf`.

use crate::{
    fixture::{PATH, QUEUE_EXPIRY, plan_with},
    python_ai_server::PythonAiServer,
};
use serde_json::json;
use std::path::Path;
use test_support::{Reply, TestBroker, TestGateway, client};

const BINARY: &str = env!("CARGO_BIN_EXE_predict");

#[actix_web::test]
async fn gateway_routes_by_path_prefix_and_accepts_large_images() {
    let broker = TestBroker::create(QUEUE_EXPIRY).await;
    let gateway = TestGateway::start("predict", Path::new(BINARY), 3, &[broker.setting()]);
    let _ai_server = PythonAiServer::start(broker.settings(), "reply").await;
    assert_eq!(gateway.get("/health/predict").await.json()["service"], "predict");
    let recommended = gateway.get("/api/views_predict/simple_recommendation").await;
    assert_eq!(recommended.status, 400);
    let post = |megabytes: usize| {
        let plan = plan_with("thumbnail_url", json!("A".repeat(megabytes * 1024 * 1024)));
        Reply::send(client().post(gateway.url(PATH)).json(&plan))
    };
    // The response of the service: the value is not a URL.
    assert!(post(14).await.json()["thumbnail_url"].is_array());
    let refused = post(15).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["code"]),
        (413, &"payload_too_large".into())
    );
    let plan = plan_with("category", json!(22));
    for _ in 0..6 {
        let reply = Reply::send(client().post(gateway.url(PATH)).json(&plan)).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
    }
    assert!(!gateway.output().contains("혼자 먹는"), "titles are not logged");
}
