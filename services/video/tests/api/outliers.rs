//! `videos/outliers/` and `videos/{idx}/outlier/`

use crate::fixture::TestContext;
use serde_json::{Value, json};
use test_support::{Reply, client};

const OUTLIERS: &str = "/api/videos/outliers/";

/// Two channels. Video n of 1 to 30 was uploaded n hours ago, with the ratio 2 + n ÷ 10: even ones are
/// Shorts, those above 20 are of channel 2. Video 31 is older, 32 is not an outlier, 33 is not
/// compared.
const ROWS: &str = "
    INSERT INTO channel (idx, channel_id, channel_name, subscriber_num)
    VALUES (1, 'UC1', '작은 채널', 1000), (2, 'UC2', '큰 채널', 900000);
    INSERT INTO video (idx, channel_idx, video_id, video_name, upload_time, views)
    SELECT n, CASE WHEN n > 20 THEN 2 ELSE 1 END, 'v' || n, '=제목, ' || n,
        now() - make_interval(hours => n), 9000
    FROM generate_series(1, 33) AS n;
    INSERT INTO video_outlier (video_idx, channel_idx, upload_time, length, category, subscribers,
        age_days, views, expected_views, sample, ratio, ratio_shrunk, day_3_ratio)
    SELECT v.idx, channel_idx, upload_time, CASE WHEN v.idx % 2 = 0 THEN 'shorts' ELSE 'long' END,
        CASE WHEN v.idx % 3 = 0 THEN 10 ELSE 24 END, subscriber_num,
        7, 5000, 500, 4, 10, 2 + v.idx / 10.0, 10
    FROM video v JOIN channel c ON c.idx = v.channel_idx
    WHERE v.idx <= 32;
    UPDATE video_outlier SET upload_time = now() - interval '20 days' WHERE video_idx = 31;
    UPDATE video_outlier SET ratio_shrunk = 1.9 WHERE video_idx = 32;
    INSERT INTO video_age_views (video_idx, channel_idx, upload_time, length, day_1, day_7)
    SELECT idx, channel_idx, upload_time, 'long', 2000, 5000 FROM video WHERE idx IN (30, 33);
    INSERT INTO video_rollup (id, changed_until, last_views_idx) VALUES (1, '2026-11-20 00:00+00', 1);";

async fn list(context: &TestContext, query: &str) -> Reply {
    context.service.get(&format!("{OUTLIERS}{query}")).await
}

fn ids(body: &Value) -> Vec<i64> {
    let rows = body["results"].as_array().into_iter().flatten();
    rows.filter_map(|row| row["idx"].as_i64()).collect()
}

#[actix_web::test]
async fn outliers_are_listed_by_ratio_in_pages() {
    let context = TestContext::with(ROWS, &[]).await;
    let body = list(&context, "?days=7").await.json();
    assert_eq!((&body["count"], &body["previous"]), (&json!(30), &Value::Null));
    assert_eq!(ids(&body), (11..=30).rev().collect::<Vec<_>>());
    assert_eq!((&body["window"]["days"], &body["subscribers"]), (&json!(7), &Value::Null));
    assert_eq!(body["updated_at"], "2026-11-20T09:00:00+09:00");
    let mut first = body["results"][0].clone();
    let upload_time = first.as_object_mut().and_then(|row| row.remove("upload_time"));
    assert!(upload_time.is_some_and(|time| time.is_string()));
    assert_eq!(
        first,
        json!({
            "idx": 30, "video_id": "v30", "title": "=제목, 30", "thumbnail_url": null,
            "channel_idx": 2, "channel_name": "큰 채널", "subscribers": 900_000,
            "subscriber_estimated": false,
            "length": "shorts", "category": 10, "views": 9_000,
            "age_days": 7, "views_at_age": 5_000, "expected_views": 500.0, "ratio": 10.0,
            "ratio_shrunk": 5.0, "sample": 4, "is_small_sample": true,
        })
    );
    let next = body["next"].as_str().expect("a link");
    let second = Reply::send(client().get(next)).await.json();
    assert_eq!((ids(&second), &second["next"]), ((1..=10).rev().collect(), &Value::Null));
    assert_eq!(list(&context, "?days=7&page=3").await.status, 404);
    assert_eq!(ids(&list(&context, "").await.json())[0], 31);
}

#[actix_web::test]
async fn outliers_are_filtered_by_length_category_size_and_channel() {
    let context = TestContext::with(ROWS, &[]).await;
    for (query, expected) in [
        ("length=shorts&channel=2", vec![30, 28, 26, 24, 22]),
        ("length=long&category=10", vec![27, 21, 15, 9, 3]),
        ("subscribers=3000&category=10", vec![18, 15, 12, 9, 6, 3]),
        ("subscribers=3400", Vec::new()),
        ("subscribers=400&length=long", (1..20).rev().filter(|n| n % 2 == 1).collect()),
        ("min_subscribers=900000", (21..=30).rev().collect()),
        ("min_subscribers=900001", Vec::new()),
        ("max_subscribers=1000&channel=2", Vec::new()),
    ] {
        let body = list(&context, &format!("?days=7&{query}")).await.json();
        assert_eq!(ids(&body), expected, "{query}");
        assert_eq!(body["count"], expected.len(), "{query}");
    }
    let body = list(&context, "?subscribers=1000").await.json();
    assert_eq!(body["subscribers"], json!({"min": 300, "max": 3_000}));
}

#[actix_web::test]
async fn outliers_with_invalid_parameters_return_400() {
    let context = TestContext::with("", &[]).await;
    for (query, field) in [
        ("days=8", "days"),
        ("days=x", "days"),
        ("category=0", "category"),
        ("category=40000", "category"),
        ("length=short", "length"),
        ("subscribers=-1", "subscribers"),
        ("subscribers=1&max_subscribers=2", "subscribers"),
        ("min_subscribers=2&max_subscribers=1", "min_subscribers"),
        ("channel=-1", "channel"),
    ] {
        let reply = list(&context, &format!("?{query}")).await;
        assert_eq!(reply.status, 400, "{query}: {}", reply.body);
        assert!(reply.json()[field].is_array(), "{query}: {}", reply.body);
    }
    let empty = list(&context, "?subscribers=9223372036854775807").await.json();
    assert_eq!((&empty["count"], &empty["updated_at"]), (&json!(0), &Value::Null));
}

#[actix_web::test]
async fn outliers_as_csv_have_all_pages() {
    let context = TestContext::with(ROWS, &[]).await;
    let url = context.service.url(&format!("{OUTLIERS}?days=7"));
    let reply = Reply::send(client().get(url).header("accept", "text/csv")).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.headers["content-type"], "text/csv; charset=utf-8");
    let lines: Vec<&str> = reply.body.split("\r\n").collect();
    assert_eq!(lines.len(), 32);
    assert!(lines[0].starts_with("\u{feff}idx,video_id,title,"), "{}", lines[0]);
    assert!(lines[1].starts_with("30,v30,\"'=제목, 30\",,2,"), "{}", lines[1]);
    // The JSON response has a separate entry in the cache.
    assert_eq!(list(&context, "?days=7").await.json()["count"], 30);
}

#[actix_web::test]
async fn video_is_compared_if_enough_others_are_known() {
    let context = TestContext::with(ROWS, &[]).await;
    let body = context.service.get("/api/videos/30/outlier/").await.json();
    let ages = json!([{"age_days": 1, "views": 2_000}, {"age_days": 7, "views": 5_000}]);
    assert_eq!((&body["ages"], &body["outlier"]["ratio"]), (&ages, &json!(10.0)));
    let body = context.service.get("/api/videos/33/outlier/").await.json();
    assert_eq!((&body["ages"], &body["outlier"]), (&ages, &json!(null)));
    let time = body["video"]["upload_time"].as_str().unwrap_or_default();
    assert!(time.ends_with("+09:00"), "{body}");
    let facts =
        json!({"channel_idx": 2, "upload_time": time, "length": "unknown", "category": null});
    assert_eq!(body["video"], facts);
    let body = context.service.get("/api/videos/32/outlier/").await.json();
    assert_eq!((&body["ages"], &body["outlier"]["ratio_shrunk"]), (&json!([]), &json!(1.9)));
    for path in ["/api/videos/34/outlier/", "/api/videos/x/outlier/"] {
        assert_eq!(context.service.get(path).await.status, 404, "{path}");
    }
}
