//! Health.

use crate::fixture::Predictions;

#[actix_web::test]
async fn a_service_with_its_servers_knows_the_broker() {
    let context = Predictions::new().await;
    let ready = context.service.get("/health/ready").await.json();
    assert_eq!(ready["dependencies"]["rabbitmq"]["status"], "up", "{ready}");
    assert_eq!(ready["dependencies"]["postgres"]["status"], "up", "{ready}");
}

#[actix_web::test]
async fn nobody_there_is_503_and_not_ready() {
    let nobody = ("CREATETREND_RABBITMQ__PORT", "9");
    let context = Predictions::with_settings(&[nobody]).await;
    let ready = context.service.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json()["dependencies"]["rabbitmq"]["status"], "down");
    assert!(!ready.body.contains("127.0.0.1"), "{}", ready.body);
}
