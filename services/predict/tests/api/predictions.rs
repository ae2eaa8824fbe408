//! Responses of `views_predict/` to the replies of an AI server.

use crate::{
    fixture::{PATH, PERMANENT_QUEUES, PredictionContext, plan},
    python_ai_server::PythonAiServer,
};
use chrono::{Days, Utc};
use common::time::seoul_day;

#[actix_web::test]
async fn prediction_returns_the_31_numbers_of_the_ai_server() {
    let context = PredictionContext::new().await;
    let _ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    let reply = context.predict(&plan()).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let body = reply.json();
    assert_eq!(body.as_object().expect("an object").len(), 1, "{body}");
    assert_eq!(body["lines"]["type"], "조회수 추이");
    let points = body["lines"]["data"].as_array().expect("a list");
    assert_eq!(points.len(), 31);
    let today = seoul_day(Utc::now());
    for (point, day) in points.iter().zip(1_u64..) {
        assert_eq!(point["value"], 100 * day);
        assert_eq!(point["date"], (today + Days::new(day)).to_string());
    }
}

#[actix_web::test]
async fn reply_with_40_fractional_numbers_returns_the_first_31_truncated() {
    let context = PredictionContext::new().await;
    let _ai_server = PythonAiServer::start(context.broker.settings(), "long").await;
    let points = context.predict(&plan()).await.json()["lines"]["data"].clone();
    assert_eq!(points.as_array().map(Vec::len), Some(31));
    assert_eq!((&points[0]["value"], &points[30]["value"]), (&1.into(), &31.into()));
}

#[actix_web::test]
async fn invalid_reply_returns_502_and_leaves_no_queues() {
    let context = PredictionContext::new().await;
    for behaviour in ["short", "malformed"] {
        let _ai_server = PythonAiServer::start(context.broker.settings(), behaviour).await;
        let reply = context.predict(&plan()).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (502, &"bad_gateway".into()));
        context.broker.wait_for_queues(PERMANENT_QUEUES).await;
    }
}

#[actix_web::test]
async fn prediction_without_a_reply_returns_504() {
    let context =
        PredictionContext::with_settings(&[("CREATETREND_PREDICT__REPLY_TIMEOUT_MS", "300")]).await;
    insta::assert_snapshot!(context.predict(&plan()).await.snapshot());
}

#[actix_web::test]
async fn prediction_without_a_broker_returns_503() {
    // Nothing listens on port 9.
    let unreachable = ("CREATETREND_RABBITMQ__PORT", "9");
    let context = PredictionContext::with_settings(&[unreachable]).await;
    insta::assert_snapshot!(context.predict(&plan()).await.snapshot());
    let invalid = context.predict(&serde_json::json!({})).await;
    assert_eq!(invalid.status, 400, "validation does not need the broker");
}

#[actix_web::test]
async fn prediction_without_a_free_permit_returns_503() {
    let context =
        PredictionContext::with_settings(&[("CREATETREND_PREDICT__MAX_CONCURRENT", "1")]).await;
    let ai_server = PythonAiServer::start(context.broker.settings(), "hold").await;
    let client = test_support::client();
    let waiting = tokio::spawn(client.post(context.service.url(PATH)).json(&plan()).send());
    // The AI server holds the first job.
    ai_server.next_event().await;
    let reply = context.predict(&plan()).await;
    assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, Some("1")));
    waiting.abort();
}
