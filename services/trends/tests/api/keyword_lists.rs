//! `trends/rising/` and `trends/large/`

use crate::fixture::sample_index;
use serde_json::json;
use test_support::{Reply, TestDatabase, TestIndex, TestService, client};

/// Lists of 25 keywords (one of them is rising), for all channels and for channels with 3,000 to
/// 30,000 subscribers, and a list without a period before.
const LISTS: &str = "
    INSERT INTO keyword (idx, key, name)
    SELECT n, 'key' || n, CASE n WHEN 1 THEN '=먹방' ELSE 'keyword ' || n END
    FROM generate_series(1, 25) n;
    INSERT INTO keyword_list (idx, days, category, length, min_subscribers, below_subscribers,
        window_from, window_until, previous_from, videos, active_channels,
        previous_active_channels, rising, large)
    SELECT idx, days, 0, 'all', min, below, until - days * interval '1 day', until,
        until - 5 * days * interval '1 day', 1000, 100, active, CASE WHEN active > 0 THEN 1 ELSE 0 END, 25
    FROM (VALUES (1, 7, NULL, NULL, 400), (2, 7, 3000, 30000, 200), (3, 90, NULL, NULL, 0))
            lists (idx, days, min, below, active),
        (VALUES (timestamptz '2026-11-27 12:00+00')) w (until);
    INSERT INTO keyword_list_entry (list_idx, keyword_idx, rising_rank, large_rank, videos, channels,
        largest_channel_videos, views, previous_videos, previous_channels, rate_ratio,
        rate_ratio_low)
    SELECT l, n, CASE WHEN n = 1 AND l < 3 THEN 1 END, n, 60 - n, 40 - n, 7, 1000 * n, 9, 8,
        CASE WHEN l < 3 THEN 4.3333 END, CASE WHEN l < 3 THEN 2.2263 END
    FROM generate_series(1, 3) l, generate_series(1, 25) n";

struct TestContext {
    service: TestService,
    _database: TestDatabase,
}

impl TestContext {
    async fn new() -> Self {
        let database = TestDatabase::create().await;
        database.fill(LISTS).await;
        let settings = [database.setting()];
        let service = TestService::start("trends", trends::service, &settings);
        Self { service, _database: database }
    }

    async fn csv(&self, path: &str) -> Reply {
        Reply::send(client().get(self.service.url(path)).header("accept", "text/csv")).await
    }
}

#[actix_web::test]
async fn rising_keywords_have_growth_and_windows() {
    let context = TestContext::new().await;
    let body = context.service.get("/api/trends/rising/").await.json();
    let expected = json!({
        "status": "ok",
        "window": {"from": "2026-11-20T21:00:00+09:00", "until": "2026-11-27T21:00:00+09:00"},
        "previous_window": {"from": "2026-10-23T21:00:00+09:00", "until": "2026-11-20T21:00:00+09:00"},
        "subscribers": null,
        "active_channels": 100,
        "previous_active_channels": 400,
        "updated_at": "2026-11-27T21:00:00+09:00",
        "count": 1,
        "next": null,
        "previous": null,
        "results": [{
            "keyword": "=먹방", "videos": 59, "channels": 39, "previous_videos": 9,
            "previous_channels": 8, "rate_ratio": 4.333, "rate_ratio_low": 2.226,
            "largest_channel_share": 0.119, "views": 1000, "views_per_video": 16,
        }],
    });
    assert_eq!(body, expected);
}

#[actix_web::test]
async fn large_keywords_have_pages_of_twenty() {
    let context = TestContext::new().await;
    let first = context.service.get("/api/trends/large/").await.json();
    let keywords = |body: &serde_json::Value| {
        let results = body["results"].as_array().cloned().unwrap_or_default();
        results.iter().map(|row| row["keyword"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!((first["count"].clone(), keywords(&first).len()), (json!(25), 20));
    let next = first["next"].as_str().expect("a second page");
    assert!(next.ends_with("/api/trends/large/?page=2"), "{next}");
    let second = context.service.get("/api/trends/large/?page=2").await.json();
    assert_eq!(keywords(&second).first().map(String::as_str), Some("\"keyword 21\""));
    assert_eq!((keywords(&second).len(), second["next"].clone()), (5, json!(null)));
    for page in ["3", "11", "0", "x", ""] {
        let reply = context.service.get(&format!("/api/trends/large/?page={page}")).await;
        assert_eq!(reply.status, 404, "{page}");
    }
}

#[actix_web::test]
async fn list_as_csv_contains_all_pages() {
    let context = TestContext::new().await;
    let reply = context.csv("/api/trends/large/").await;
    assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines: Vec<&str> = reply.body.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 26);
    assert!(
        lines[0].ends_with(
            "keyword,videos,channels,previous_videos,previous_channels,\
        rate_ratio,rate_ratio_low,largest_channel_share,views,views_per_video"
        ),
        "{}",
        lines[0]
    );
    assert_eq!(lines[1], "'=먹방,59,39,9,8,4.333,2.226,0.119,1000,16");
}

#[actix_web::test]
async fn list_for_a_channel_size_reports_the_range_it_used() {
    let context = TestContext::new().await;
    for query in ["subscribers=10000", "min_subscribers=2500&max_subscribers=35000"] {
        let body = context.service.get(&format!("/api/trends/large/?{query}")).await.json();
        assert_eq!(body["subscribers"], json!({"min": 3000, "below": 30_000}), "{query}");
        assert_eq!(body["previous_active_channels"], 200, "{query}");
    }
    let empty = context.service.get("/api/trends/large/?subscribers=2000000").await.json();
    assert_eq!(empty["subscribers"], json!({"min": 1_000_000, "below": null}));
    assert_eq!(empty["status"], "insufficient_data");
}

#[actix_web::test]
async fn rising_keywords_without_an_earlier_period_are_insufficient_data() {
    let context = TestContext::new().await;
    let status = async |path: &str| context.service.get(path).await.json()["status"].clone();
    assert_eq!(status("/api/trends/rising/?days=90").await, "insufficient_data");
    assert_eq!(status("/api/trends/large/?days=90").await, "ok");
    assert_eq!(status("/api/trends/large/?category=10").await, "insufficient_data");
}

#[actix_web::test]
async fn invalid_list_parameters_return_one_error_per_field() {
    let context = TestContext::new().await;
    for (query, fields) in [
        ("days=8&category=x&length=short", vec!["category", "days", "length"]),
        ("category=0", vec!["category"]),
        ("category=10&subscribers=5000", vec!["category"]),
        ("subscribers=-1", vec!["subscribers"]),
        ("subscribers=10&min_subscribers=1", vec!["subscribers"]),
        ("min_subscribers=9&max_subscribers=8", vec!["min_subscribers"]),
        ("min_subscribers=-1&max_subscribers=-2", vec!["max_subscribers", "min_subscribers"]),
    ] {
        let reply = context.service.get(&format!("/api/trends/rising/?{query}")).await;
        assert_eq!(reply.status, 400, "{query}");
        let body = reply.json();
        let named: Vec<&str> = body
            .as_object()
            .expect("an object")
            .keys()
            .map(String::as_str)
            .filter(|key| !["code", "request_id"].contains(key))
            .collect();
        assert_eq!(named, fields, "{query}");
    }
}

#[actix_web::test]
async fn service_without_postgres_serves_elasticsearch_reads() {
    let index: TestIndex = sample_index().await;
    // No server listens on port 9.
    let settings = [index.setting(), ("CREATETREND_POSTGRES__PORT", "9")];
    let service = TestService::start("trends", trends::service, &settings);
    assert_eq!(service.get("/api/channel_analyze/").await.status, 200);
    let ready = service.get("/health/ready").await;
    assert_eq!(ready.status, 200);
    assert_eq!(ready.json()["dependencies"]["postgres"]["status"], "down");
    let list = service.get("/api/trends/rising/").await;
    assert_eq!((list.status.as_u16(), list.header("retry-after")), (503, Some("1")));
}
