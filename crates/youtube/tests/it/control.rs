//! Control of the simulator over HTTP, as by a test in another language.

use crate::setup::{Setup, setup, start};
use chrono::{DateTime, TimeDelta, Utc};
use fake_youtube::{Fault, FaultKind};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use youtube::Method;

fn url(setup: &Setup, path: &str) -> String {
    format!("http://{}/control/{path}", setup.server.address())
}

async fn get(setup: &Setup, path: &str) -> Value {
    let response = http().get(url(setup, path)).send().await.unwrap();
    response.error_for_status().unwrap().json().await.unwrap()
}

async fn post(setup: &Setup, path: &str, body: &Value) -> (StatusCode, String) {
    let response = http().post(url(setup, path)).json(body).send().await.unwrap();
    (response.status(), response.text().await.unwrap())
}

fn http() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

#[tokio::test]
async fn clock_is_set_advanced_and_shown() {
    let setup = setup();
    let time: DateTime<Utc> = start() + TimeDelta::days(3);
    let (status, _) = post(&setup, "clock", &json!({ "time": time, "advance_seconds": 60 })).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(setup.now(), time + TimeDelta::minutes(1));
    post(&setup, "clock", &json!({ "speed": 3_600 })).await;
    assert!((setup.simulator().clock().speed() - 3_600.0).abs() < f64::EPSILON);
    let too_far = json!({ "advance_seconds": i64::MAX });
    let (status, body) = post(&setup, "clock", &too_far).await;
    assert_eq!((status, body.as_str()), (StatusCode::BAD_REQUEST, "the time is out of range"));
    let (status, body) = post(&setup, "clock", &json!({ "hours": 1 })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
}

#[tokio::test]
async fn state_shows_quota_requests_and_faults() {
    let setup = setup();
    let fault = json!({ "kind": "status", "status": 503, "methods": ["feed"], "remaining": 5 });
    assert_eq!(post(&setup, "faults", &fault).await.0, StatusCode::NO_CONTENT);
    let kind = FaultKind::Status { status: 503, retry_after: None };
    assert_eq!(setup.simulator().faults(), [Fault::times(kind, 5).only(Method::Feed)]);
    setup.client.video_categories("KR", "ko").await.unwrap();
    let state = get(&setup, "state").await;
    assert_eq!(state["now"], json!(start()));
    assert_eq!(state["quota"]["day"], "2026-11-21");
    assert_eq!(state["quota"]["used"], json!({ "units": 1, "search": 0, "batch_stats": 0 }));
    assert_eq!(state["requests"]["videoCategories.list"], 1);
    assert_eq!(state["faults"].as_array().unwrap().len(), 1);
    http().delete(url(&setup, "faults")).send().await.unwrap();
    assert_eq!(setup.simulator().faults(), []);
    let unknown = json!({ "kind": "truncate", "methods": ["videos"] });
    let (status, body) = post(&setup, "faults", &unknown).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body.contains("unknown method \"videos\"") && body.contains("videos.list"), "{body}");
}

#[tokio::test]
async fn snapshot_has_the_state_of_videos_and_channels_at_any_time() {
    let setup = setup();
    let channels = get(&setup, "channels?offset=3&limit=2").await;
    let channel = &setup.channels()[3];
    assert_eq!(channels.as_array().unwrap().len(), 2);
    assert_eq!(channels[0]["id"], json!(channel));
    let video = setup.uploads(1).remove(0);
    let at = start() + TimeDelta::days(30);
    let state = get(
        &setup,
        &format!("snapshot?ids={},{channel},unknown&at=2026-12-22T03:00:00Z", video.id),
    )
    .await;
    assert_eq!(state["at"], json!(at));
    assert_eq!(state["videos"], json!([setup.catalog().video_at(&video.id, at)]));
    assert_eq!(state["channels"], json!([setup.catalog().channel_at(channel, at)]));
}
