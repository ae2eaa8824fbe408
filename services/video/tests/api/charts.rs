//! `videos/chart/` and `videos/best_times/`

use crate::fixture::TestContext;
use serde_json::{Value, json};

/// Videos 1 to 25 gained 100 n views; 26 has an unknown gain, and its channel is unknown.
const GAINS: &str = "
    INSERT INTO channel (idx, channel_id, channel_name, subscriber_num)
    VALUES (1, 'UC1', '채널', 1000);
    INSERT INTO video (idx, channel_idx, video_id, video_name, upload_time, views)
    SELECT n, CASE WHEN n < 25 THEN 1 END, 'v' || n, 'v', now(), 9000
    FROM generate_series(1, 26) AS n;
    INSERT INTO video_age_views
        (video_idx, channel_idx, upload_time, length, category, observed_at, gained_24h)
    SELECT idx, channel_idx, upload_time, CASE WHEN idx % 2 = 0 THEN 'shorts' ELSE 'long' END,
        CASE WHEN idx % 3 = 0 THEN 10 END, now(), CASE WHEN idx < 26 THEN 100 * idx END
    FROM video;";

fn ranks(body: &Value) -> Vec<(i64, i64)> {
    let rows = body["results"].as_array().into_iter().flatten();
    rows.filter_map(|row| Some((row["rank"].as_i64()?, row["idx"].as_i64()?))).collect()
}

#[actix_web::test]
async fn chart_is_ordered_by_gained_views() {
    let context = TestContext::with(GAINS, &[]).await;
    let body = context.service.get("/api/videos/chart/").await.json();
    assert_eq!((&body["count"], &ranks(&body)[..2]), (&json!(25), &[(1, 25), (2, 24)][..]));
    let first = &body["results"][0];
    assert_eq!((&first["gained_24h"], &first["channel_idx"]), (&json!(2_500), &Value::Null));
    assert_eq!(body["results"][1]["channel_name"], "채널");
    let second = context.service.get("/api/videos/chart/?page=2").await.json();
    assert_eq!(ranks(&second), [(21, 5), (22, 4), (23, 3), (24, 2), (25, 1)]);
    let filtered = "/api/videos/chart/?category=10&length=shorts";
    let body = context.service.get(filtered).await.json();
    assert_eq!(ranks(&body), [(1, 24), (2, 18), (3, 12), (4, 6)]);
    assert_eq!(context.service.get("/api/videos/chart/?length=x").await.status, 400);
    assert_eq!(context.service.get("/api/videos/chart/?page=3").await.status, 404);
}

/// Ten Fridays at 18:30 in Seoul with the ratios 1 to 10, of category 24 in even weeks; four Sundays
/// at 0:10, which is Saturday in UTC.
const TIMES: &str = "
    INSERT INTO video_outlier (video_idx, channel_idx, upload_time, length, category, subscribers,
        age_days, views, expected_views, sample, ratio, ratio_shrunk, day_3_ratio)
    SELECT n, 1, '2026-09-04 18:30+09'::timestamptz + make_interval(weeks => n), 'long',
        CASE WHEN n % 2 = 0 THEN 24 ELSE 10 END, 5, 7, 1, 1, 5, 1, 1, n
    FROM generate_series(1, 10) AS n
    UNION ALL
    SELECT 20 + n, 1, '2026-09-06 00:10+09'::timestamptz + make_interval(weeks => n), 'long', 24, 5,
        7, 1, 1, 5, 1, 1, n
    FROM generate_series(1, 4) AS n
    UNION ALL
    SELECT 30, 1, '2026-09-04 18:30+09', 'long', 24, 5, 2, 1, 1, 5, 1, 1, NULL;";

#[actix_web::test]
async fn best_times_have_the_median_of_hours_with_five_videos() {
    let context = TestContext::with(TIMES, &[]).await;
    let body = context.service.get("/api/videos/best_times/?channel=1").await.json();
    let hours = body["hours"].as_array().expect("a list");
    assert_eq!((&body["videos"], hours.len()), (&json!(14), 168));
    let friday = json!({"weekday": 5, "hour": 18, "videos": 10, "median_ratio": 5.5});
    assert_eq!(hours[4 * 24 + 18], friday);
    let sunday = json!({"weekday": 7, "hour": 0, "videos": 4, "median_ratio": null});
    assert_eq!(hours[6 * 24], sunday);
    let empty = json!({"weekday": 1, "hour": 0, "videos": 0, "median_ratio": null});
    assert_eq!(hours[0], empty);
    let body = context.service.get("/api/videos/best_times/?category=24").await.json();
    assert_eq!(
        (&body["videos"], &body["hours"][4 * 24 + 18]["median_ratio"]),
        (&json!(9), &json!(6.0))
    );
}

#[actix_web::test]
async fn best_times_without_exactly_one_filter_return_400() {
    let context = TestContext::with("", &[]).await;
    for query in [
        "",
        "?category=24&channel=1",
        "?keyword=a&channel=1",
        "?channel=x",
        "?category=0",
        "?keyword=%20",
        "?keyword=%00",
    ] {
        let reply = context.service.get(&format!("/api/videos/best_times/{query}")).await;
        assert_eq!(reply.status, 400, "{query}: {}", reply.body);
    }
}

#[actix_web::test]
async fn best_times_of_a_keyword_are_read_from_the_rollup() {
    let rollup = "
        INSERT INTO keyword (idx, key, name) VALUES (7, '먹방', '먹방');
        INSERT INTO keyword_best_times (keyword_idx, videos, median_ratios)
        SELECT 7, array_agg(CASE WHEN n = 114 THEN 6 WHEN n = 0 THEN 4 ELSE 0 END ORDER BY n),
            array_agg(CASE WHEN n = 114 THEN 1.25 END ORDER BY n)
        FROM generate_series(0, 167) n;";
    let context = TestContext::with(rollup, &[]).await;
    let best_times = async |keyword: &str| {
        let reply =
            context.service.get(&format!("/api/videos/best_times/?keyword={keyword}")).await;
        assert_eq!(reply.status, 200, "{keyword}: {}", reply.body);
        reply.json()
    };
    let body = best_times("%20%EB%A8%B9%20%EB%B0%A9").await;
    let friday = json!({"weekday": 5, "hour": 18, "videos": 6, "median_ratio": 1.25});
    assert_eq!((&body["videos"], &body["hours"][114]), (&json!(10), &friday));
    assert_eq!(
        (&body["hours"][0]["videos"], &body["hours"][0]["median_ratio"]),
        (&json!(4), &json!(null))
    );
    assert_eq!(best_times("unknown").await["videos"], json!(0));
}
