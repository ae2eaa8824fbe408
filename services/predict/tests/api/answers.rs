//! What an AI server answers, and what a client sees of it.

use crate::{
    fixture::{PATH, Predictions, plan},
    foreign::ForeignAiServer,
};
use chrono::{Days, Utc};
use common::time::seoul_day;

#[actix_web::test]
async fn a_prediction_is_the_line_that_an_ai_server_made() {
    let context = Predictions::new().await;
    let _ai_server = ForeignAiServer::start(context.broker.settings(), "answer").await;
    let reply = context.predict(&plan()).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let answer = reply.json();
    assert_eq!(answer.as_object().expect("an object").len(), 1, "{answer}");
    assert_eq!(answer["lines"]["type"], "조회수 추이");
    let points = answer["lines"]["data"].as_array().expect("a list");
    assert_eq!(points.len(), 31);
    let today = seoul_day(Utc::now());
    for (point, day) in points.iter().zip(1_u64..) {
        assert_eq!(point["value"], 100 * day);
        assert_eq!(point["date"], (today + Days::new(day)).to_string());
    }
}

#[actix_web::test]
async fn response_with_40_fractional_numbers_returns_the_first_31_truncated() {
    let context = Predictions::new().await;
    let _ai_server = ForeignAiServer::start(context.broker.settings(), "long").await;
    let points = context.predict(&plan()).await.json()["lines"]["data"].clone();
    assert_eq!(points.as_array().map(Vec::len), Some(31));
    assert_eq!((&points[0]["value"], &points[30]["value"]), (&1.into(), &31.into()));
}

#[actix_web::test]
async fn an_answer_that_is_none_is_502_and_leaves_no_queue() {
    let context = Predictions::new().await;
    for behaviour in ["short", "text"] {
        let _ai_server = ForeignAiServer::start(context.broker.settings(), behaviour).await;
        let reply = context.predict(&plan()).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (502, &"bad_gateway".into()));
        context.broker.wait_for_queues(&["request_ai_process"]).await;
    }
}

#[actix_web::test]
async fn without_an_answer_in_time_it_is_504() {
    let context =
        Predictions::with_settings(&[("CREATETREND_PREDICT__REPLY_TIMEOUT_MS", "300")]).await;
    insta::assert_snapshot!(context.predict(&plan()).await.snapshot());
}

#[actix_web::test]
async fn without_a_broker_it_is_503() {
    // Nothing listens on port 9.
    let nobody = ("CREATETREND_RABBITMQ__PORT", "9");
    let context = Predictions::with_settings(&[nobody]).await;
    insta::assert_snapshot!(context.predict(&plan()).await.snapshot());
    let wrong = context.predict(&serde_json::json!({})).await;
    assert_eq!(wrong.status, 400, "what cannot be used needs no broker to be refused");
}

#[actix_web::test]
async fn prediction_without_a_free_permit_is_503() {
    let context = Predictions::with_settings(&[("CREATETREND_PREDICT__MAX_CONCURRENT", "1")]).await;
    let ai_server = ForeignAiServer::start(context.broker.settings(), "hold").await;
    let client = test_support::client();
    let waiting = tokio::spawn(client.post(context.service.url(PATH)).json(&plan()).send());
    // The first one is with the AI server.
    ai_server.says().await;
    let reply = context.predict(&plan()).await;
    assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, Some("1")));
    waiting.abort();
}
