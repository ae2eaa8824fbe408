//! Health checks.

use crate::fixture::PredictionContext;

#[actix_web::test]
async fn service_with_its_dependencies_is_ready() {
    let context = PredictionContext::new().await;
    let ready = context.service.get("/health/ready").await.json();
    assert_eq!(ready["dependencies"]["rabbitmq"]["status"], "up", "{ready}");
    assert_eq!(ready["dependencies"]["postgres"]["status"], "up", "{ready}");
}

#[actix_web::test]
async fn service_without_a_broker_is_not_ready() {
    let unreachable = ("CREATETREND_RABBITMQ__PORT", "9");
    let context = PredictionContext::with_settings(&[unreachable]).await;
    let ready = context.service.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json()["dependencies"]["rabbitmq"]["status"], "down");
    assert!(!ready.body.contains("127.0.0.1"), "{}", ready.body);
}
