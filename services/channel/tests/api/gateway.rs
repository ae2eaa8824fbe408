//! Three replicas behind nginx.

use crate::fixture::{LIST, PERIOD};
use std::path::Path;
use test_support::{Reply, TestDatabase, TestGateway, client};

const BINARY: &str = env!("CARGO_BIN_EXE_channel");

#[actix_web::test]
async fn gateway_routes_by_path_prefix_and_links_have_its_host() {
    let database = TestDatabase::create().await;
    database.fill(include_str!("fixture.sql")).await;
    let channels = "INSERT INTO channel (channel_id, subscriber_num)
        SELECT 'UC-' || n, 1 FROM generate_series(1, 11) AS n";
    database.fill(&format!("SELECT setval('channel_idx_seq', 100); {channels}")).await;
    let mut gateway = TestGateway::start("channel", Path::new(BINARY), 3, &[database.setting()]);
    assert_eq!(gateway.get("/health/channel").await.json()["service"], "channel");
    let first = gateway.get(LIST).await.json();
    assert_eq!(first["next"], gateway.url(&format!("{LIST}?page=2")));
    let https = client().get(gateway.url(LIST)).header("x-forwarded-proto", "https");
    let next = Reply::send(https).await.json()["next"].as_str().map(str::to_owned);
    assert!(next.is_some_and(|next| next.starts_with("https://")));
    let daily = gateway.get("/api/channels/1/daily/?days=1").await;
    assert_eq!(daily.json()["days"].as_array().map(Vec::len), Some(1), "{}", daily.body);
    for killed in 0..3 {
        gateway.kill(killed);
        for path in [format!("{LIST}1/"), format!("{PERIOD}1/")] {
            assert_eq!(gateway.get(&path).await.status, 200, "replica {killed} is down");
        }
        gateway.restart(killed);
    }
}
