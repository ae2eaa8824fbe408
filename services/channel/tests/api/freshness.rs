//! `status/freshness/`

use crate::fixture::TestContext;
use serde_json::json;

const FRESHNESS: &str = "/api/status/freshness/";

#[actix_web::test]
async fn freshness_of_an_empty_database_is_unknown() {
    let context = TestContext::with("", &[]).await;
    let reply = context.service.get(FRESHNESS).await;
    assert_eq!(
        reply.json(),
        json!({
            "is_simulated": false,
            "newest_observation": null,
            "sources": [],
            "collected": [],
            "failing": [],
            "videos": { "tracked": 0, "due": 0, "last_checked_at": null },
            "quota": [],
        })
    );
}

#[actix_web::test]
async fn freshness_has_sources_collection_and_quota_of_the_last_day() {
    let rows = "
        INSERT INTO data_source (name, is_simulated, newest_observation, stored_at, problem) VALUES
            ('import', false, '2026-11-20 00:00+00', '2026-11-27 01:00+00', NULL),
            ('collector', true, '2026-11-27 02:00+00', '2026-11-27 02:00+00', 'invalid key');
        INSERT INTO collector_source
            (kind, value, title, added_at, next_check_at, last_success_at, failures, last_error)
        VALUES
            ('channel', 'UC1', NULL, now(), now(), '2026-11-27 02:00+00', 0, NULL),
            ('channel', 'UC2', '먹방', now(), now(), '2026-11-27 02:00+00', 3, 'HTTP 503: late'),
            ('chart', 'KR', NULL, now(), now(), NULL, 0, 'the quota units is used up');
        INSERT INTO collector_video (video_id, published_at, next_check_at, checked_at, removed_at)
        VALUES
            ('v1', now(), now() - interval '1 hour', '2026-11-27 02:00+00', NULL),
            ('v2', now(), now() + interval '1 hour', '2026-11-27 01:00+00', NULL),
            ('v3', now(), now() - interval '1 hour', '2026-11-27 03:00+00', now());
        INSERT INTO collector_quota (day, bucket, used, daily_limit, exhausted) VALUES
            ('2026-11-25', 'units', 9999, 10000, true),
            ('2026-11-26', 'units', 120, 10000, false)";
    let context = TestContext::with(rows, &[]).await;
    let reply = context.service.get(FRESHNESS).await;
    let source = |name: &str, is_simulated: bool, newest: &str, stored: &str| {
        json!({
            "name": name,
            "is_simulated": is_simulated,
            "newest_observation": newest,
            "stored_at": stored,
            "problem": is_simulated.then_some("invalid key"),
        })
    };
    let checked = "2026-11-27T11:00:00+09:00";
    assert_eq!(
        reply.json(),
        json!({
            "is_simulated": true,
            "newest_observation": checked,
            "sources": [
                source("collector", true, checked, checked),
                source("import", false, "2026-11-20T09:00:00+09:00", "2026-11-27T10:00:00+09:00"),
            ],
            "collected": [
                { "kind": "channel", "sources": 2, "failing": 1, "last_success_at": checked },
                { "kind": "chart", "sources": 1, "failing": 0, "last_success_at": null },
            ],
            "failing": [{
                "kind": "channel",
                "value": "UC2",
                "title": "먹방",
                "failures": 3,
                "last_success_at": checked,
                "reason": "HTTP 503: late",
            }],
            "videos": { "tracked": 2, "due": 1, "last_checked_at": checked },
            "quota": [
                { "bucket": "units", "used": 120, "daily_limit": 10_000, "exhausted": false },
            ],
        })
    );
}

#[actix_web::test]
async fn failing_sources_are_limited_to_those_with_most_failures() {
    let rows = "INSERT INTO collector_source (kind, value, added_at, next_check_at, failures)
        SELECT 'channel', 'UC' || number, now(), now(), number FROM generate_series(0, 30) number";
    let context = TestContext::with(rows, &[]).await;
    let reply = context.service.get(FRESHNESS).await.json();
    let failures: Vec<u64> = reply["failing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|source| source["failures"].as_u64().unwrap())
        .collect();
    assert_eq!(failures, (11..=30).rev().collect::<Vec<_>>());
    assert_eq!(reply["collected"][0]["failing"], 30);
}

#[actix_web::test]
async fn data_is_not_simulated_if_the_simulated_collector_stored_none() {
    let rows = "INSERT INTO data_source (name, is_simulated) VALUES ('collector', true)";
    let context = TestContext::with(rows, &[]).await;
    assert_eq!(context.service.get(FRESHNESS).await.json()["is_simulated"], false);
}
