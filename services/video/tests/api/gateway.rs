//! Three replicas behind nginx.

use crate::{
    fixture::{FIXTURE, PATH},
    forecast,
};
use serde_json::json;
use std::path::Path;
use test_support::{Reply, TestDatabase, TestGateway, client};

const BINARY: &str = env!("CARGO_BIN_EXE_video");

#[actix_web::test]
async fn gateway_routes_to_three_replicas() {
    let database = TestDatabase::create().await;
    database.fill(FIXTURE).await;
    let mut gateway = TestGateway::start("video", Path::new(BINARY), 3, &[database.setting()]);
    let first = gateway.get(PATH).await;
    assert_eq!(first.status, 200);
    assert_eq!(first.json()["video"]["video"]["video_id"], "id-1");
    assert_eq!(gateway.get("/api/video_detail/1").await.body, first.body);
    assert_eq!(gateway.get("/api/video_detail/6/").await.json()["detail"], "Not found.");
    assert_eq!(gateway.get("/health/video").await.json()["service"], "video");
    let forecast = gateway.get("/api/videos/1/forecast/").await;
    assert!(forecast.json()["forecast"]["day_31"].is_object(), "{}", forecast.body);
    let counts = json!({"counts": [{"age_hours": 24, "views": 100}]});
    let early = client().post(gateway.url(forecast::PATH)).json(&counts);
    assert_eq!(Reply::send(early).await.status, 200);
    let chart = gateway.get("/api/videos/chart/").await;
    assert_eq!(
        (chart.json()["count"].as_i64(), &chart.headers["vary"]),
        (Some(0), &"Accept".parse().unwrap())
    );
    let csv = client().get(gateway.url("/api/videos/chart/")).header("accept", "text/csv");
    let csv = Reply::send(csv).await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(csv.headers["vary"], "Accept");
    gateway.kill(0);
    gateway.kill(1);
    for _ in 0..6 {
        assert_eq!(gateway.get(PATH).await.body, first.body);
    }
}
