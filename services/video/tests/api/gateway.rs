//! Three replicas behind nginx.

use crate::fixture::{FIXTURE, PATH};
use std::path::Path;
use test_support::{Database, Gateway};

const BINARY: &str = env!("CARGO_BIN_EXE_video");

#[actix_web::test]
async fn gateway_routes_to_three_replicas() {
    let database = Database::create().await;
    database.fill(FIXTURE).await;
    let mut gateway = Gateway::start("video", Path::new(BINARY), 3, &[database.setting()]);
    let first = gateway.get(PATH).await;
    assert_eq!(first.status, 200);
    assert_eq!(first.json()["video"]["video"]["video_id"], "id-1");
    assert_eq!(gateway.get("/api/video_detail/1").await.body, first.body);
    assert_eq!(gateway.get("/api/video_detail/6/").await.json()["detail"], "Not found.");
    assert_eq!(gateway.get("/health/video").await.json()["service"], "video");
    gateway.kill(0);
    gateway.kill(1);
    for _ in 0..6 {
        assert_eq!(gateway.get(PATH).await.body, first.body);
    }
}
