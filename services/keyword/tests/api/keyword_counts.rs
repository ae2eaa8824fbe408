//! `keywords/score/`, `keywords/history/`, `keywords/related/` and `keywords/outliers/`

use crate::fixture::sample_videos;
use chrono::{Days, NaiveDate, Utc};
use common::{db::ADVANCE_DATA_VERSION, time::seoul_day};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use test_support::{Reply, TestDatabase, TestIndex, TestService, VideoBuilder, client, video};

/// 먹방 has a score and was used today and 2 days ago; there is no data of yesterday.
const COUNTS: &str = "
    INSERT INTO keyword (idx, key, name) VALUES (1, '먹방', '먹방'), (2, 'bts', 'BTS'),
        (3, '라면', '라면'), (4, 'vlog', 'Vlog');
    INSERT INTO keyword_day (day, keyword_idx, videos, channels, views)
    SELECT (now() AT TIME ZONE 'Asia/Seoul')::date - ago, keyword, videos, channels, views
    FROM (VALUES (0, 1, 3, 2, 500), (2, 1, 4, 4, 70), (2, 2, 9, 1, 10), (0, 3, 5, 5, 0),
        (0, 4, 900, 99, 0)) n (ago, keyword, videos, channels, views);
    INSERT INTO keyword_score (keyword_idx, videos, channels, demand_views, small_share, demand,
        supply, score)
    VALUES (1, 84, 52, 3400, 0.25, 0.71234, 0.8, 62);
    INSERT INTO keyword_list (days, category, length, window_from, window_until, previous_from,
        videos, active_channels, previous_active_channels, rising, large)
    VALUES (28, 0, 'all', now() - interval '28 days', now(), now() - interval '140 days', 1000, 99,
        400, 0, 0)";

struct TestContext {
    service: TestService,
    database: TestDatabase,
    _index: TestIndex,
}

impl TestContext {
    async fn with(videos: Vec<VideoBuilder>) -> Self {
        Self::with_settings(videos, &[]).await
    }

    /// Adds environment variables.
    async fn with_settings(videos: Vec<VideoBuilder>, settings: &[(&str, &str)]) -> Self {
        let (database, index) =
            (TestDatabase::create().await, TestIndex::with_documents(&documents(videos)).await);
        database.fill(COUNTS).await;
        let settings = [&[database.setting(), index.setting()], settings].concat();
        let service = TestService::start("keyword", keyword::service, &settings);
        Self { service, database, _index: index }
    }

    async fn json(&self, path: &str) -> Value {
        let reply = self.service.get(path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.json()
    }
}

fn documents(videos: Vec<VideoBuilder>) -> Vec<common::search::VideoDocument> {
    videos.into_iter().map(VideoBuilder::document).collect()
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn ago(days: u64) -> NaiveDate {
    seoul_day(Utc::now()) - Days::new(days)
}

#[actix_web::test]
async fn score_has_its_parts() {
    let context = TestContext::with(vec![]).await;
    let path = format!("/api/keywords/score/?keyword={}", encode("먹 방"));
    let expected = json!({
        "keyword": "먹방", "status": "ok", "score": 62, "videos": 84,
        "demand": {"views": 3400, "rank": 0.712},
        "supply": {"videos_per_week": 21.0, "channels": 52, "rank": 0.8},
        "small_channels": {"share_of_best": 0.25},
    });
    assert_eq!(context.json(&path).await, expected);
}

#[actix_web::test]
async fn score_of_a_rare_or_unknown_keyword_is_insufficient_data() {
    let context = TestContext::with(vec![]).await;
    for (keyword, name, videos) in [("ＢＴＳ", "BTS", 9), ("Unknown", "Unknown", 0)] {
        let body = context.json(&format!("/api/keywords/score/?keyword={}", encode(keyword))).await;
        let expected = json!({
            "keyword": name, "status": "insufficient_data", "score": null, "videos": videos,
            "demand": null, "supply": null, "small_channels": null,
        });
        assert_eq!(body, expected);
    }
}

#[actix_web::test]
async fn history_has_zeros_gaps_and_unfinished_days() {
    let context = TestContext::with(vec![]).await;
    let query = format!("keyword={}&keyword=bts&days=3", encode("먹방"));
    let body = context.json(&format!("/api/keywords/history/?{query}")).await;
    let point = |days, counts: [Value; 3], is_complete: bool| {
        let [videos, channels, views] = counts;
        json!({"date": ago(days), "videos": videos, "channels": channels, "views": views,
            "is_complete": is_complete})
    };
    let gap = || [json!(null), json!(null), json!(null)];
    let expected = json!({"unit": "day", "from": ago(2), "until": ago(0), "keywords": [
        {"keyword": "먹방", "points": [
            point(2, [json!(4), json!(4), json!(70)], true),
            point(1, gap(), true),
            point(0, [json!(3), json!(2), json!(500)], false),
        ]},
        {"keyword": "bts", "points": [
            point(2, [json!(9), json!(1), json!(10)], true),
            point(1, gap(), true),
            point(0, [json!(0), json!(0), json!(0)], false),
        ]},
    ]});
    assert_eq!(body, expected);
    let request = client().get(context.service.url(&format!("/api/keywords/history/?{query}")));
    let csv = Reply::send(request.header("accept", "text/csv")).await;
    let lines: Vec<&str> = csv.body.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 7);
    assert_eq!(lines[1], format!("먹방,{},4,4,70,true", ago(2)));
}

#[actix_web::test]
async fn history_has_each_keyword_once() {
    let context = TestContext::with(vec![]).await;
    let query = "keyword=a&keyword=A&keyword=%EF%BC%A1&keyword=b&keyword=c&keyword=d&keyword=e";
    let body = context.json(&format!("/api/keywords/history/?{query}")).await;
    let keywords = body["keywords"].as_array().expect("keywords");
    let names: Vec<_> = keywords.iter().filter_map(|entry| entry["keyword"].as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "d", "e"]);
}

#[actix_web::test]
async fn weekly_history_adds_up_days() {
    let context = TestContext::with(vec![]).await;
    let path = format!("/api/keywords/history/?keyword={}&days=3&unit=week", encode("먹방"));
    let body = context.json(&path).await;
    let points = body["keywords"][0]["points"].as_array().expect("points");
    let videos: i64 = points.iter().filter_map(|point| point["videos"].as_i64()).sum();
    assert_eq!(videos, 7);
    let last = points.last().expect("a point");
    assert_eq!((&last["is_complete"], &last["channels"]), (&json!(false), &json!(null)));
}

#[actix_web::test]
async fn related_keywords_are_specific_ones() {
    let tagged = |n: i32, tags: &[&str]| video(n, 1, 9, 0).channel(n).tags(tags);
    let videos = (1..=20).map(|n| {
        let specific = if n <= 8 { "라면" } else { "other" };
        tagged(n, &["먹 방", "vlog", specific])
    });
    let longer = tagged(30, &["라면 먹방", "vlog"]);
    let context = TestContext::with(videos.chain([longer]).collect()).await;
    let path = format!("/api/keywords/related/?keyword={}", encode("먹방"));
    let body = context.json(&path).await;
    assert_eq!((&body["videos"], &body["days"]), (&json!(20), &json!(28)));
    let results = body["results"].as_array().expect("results");
    let names: Vec<&Value> = results.iter().map(|row| &row["keyword"]).collect();
    assert_eq!(names, ["라면", "Vlog"], "{results:?}");
    let row = &results[0];
    assert_eq!(
        (&row["videos"], &row["channels"], &row["share"]),
        (&json!(8), &json!(8), &json!(0.4))
    );
    // 8 of the 1,000 videos of 28 days, and of up to a 28th more since midnight of the first day.
    let base = row["base_share"].as_f64().expect("a share");
    assert!((0.008 * 28.0 / 29.0 - 1e-5..=0.008).contains(&base), "{base}");
    let lift = (8.0 + 10.0 * base) / 30.0 / base;
    assert!((row["lift"].as_f64().expect("a lift") - lift).abs() < 0.01, "{lift}: {row}");
}

/// Videos 1 to 6 have the ratios 3 to 8, of two channels: even ones are Shorts. Video 7 is not an
/// outlier.
const OUTLIERS: &str = "
    INSERT INTO channel (idx, channel_id, channel_name, subscriber_num)
    VALUES (1, 'UC1', '작은 채널', 1000), (2, 'UC2', '큰 채널', 900000);
    INSERT INTO video (idx, channel_idx, video_id, video_name, upload_time, views)
    SELECT n, CASE WHEN n > 4 THEN 2 ELSE 1 END, 'v' || n, '제목', now() - interval '1 day', 9000
    FROM generate_series(1, 7) n;
    INSERT INTO video_outlier (video_idx, channel_idx, upload_time, length, category, subscribers,
        age_days, views, expected_views, sample, ratio, ratio_shrunk)
    SELECT v.idx, channel_idx, upload_time, CASE WHEN v.idx % 2 = 0 THEN 'shorts' ELSE 'long' END,
        24, subscriber_num, 1, 5000, 500, 4, 10, CASE WHEN v.idx = 7 THEN 1.9 ELSE 2 + v.idx END
    FROM video v JOIN channel c ON c.idx = v.channel_idx";

#[actix_web::test]
async fn outliers_of_a_keyword_are_listed_by_ratio() {
    // Video 6 has only a longer keyword.
    let tagged = |n: i32| {
        let (channel, tag) =
            (if n > 4 { 2 } else { 1 }, if n == 6 { "라면 먹방" } else { "먹 방" });
        video(n, 1, 9, 0).channel(channel).tags(&[tag])
    };
    let context = TestContext::with((1..=7).map(tagged).collect()).await;
    context.database.fill(OUTLIERS).await;
    for (query, expected) in [
        ("", vec![5, 4, 3, 2, 1]),
        ("&length=shorts&days=7", vec![4, 2]),
        ("&subscribers=1000", vec![4, 3, 2, 1]),
        ("&min_subscribers=2000&category=24", vec![5]),
        ("&category=10", Vec::new()),
    ] {
        let path = format!("/api/keywords/outliers/?keyword={}{query}", encode("먹방"));
        let body = context.json(&path).await;
        let rows = body["results"].as_array().expect("results");
        let ids: Vec<i64> = rows.iter().filter_map(|row| row["idx"].as_i64()).collect();
        assert_eq!(ids, expected, "{query}");
        assert_eq!(body["videos"], 6, "{query}");
    }
    let path = format!("/api/keywords/outliers/?keyword={}", encode("먹방"));
    let request = client().get(context.service.url(&path)).header("accept", "text/csv");
    let csv = Reply::send(request).await.body;
    assert!(csv.starts_with("\u{feff}idx,video_id,title,"), "{csv}");
    assert_eq!(csv.lines().count(), 6);
    let spaced = context.json("/api/keywords/outliers/?keyword=%EB%A8%B9%20%EB%B0%A9").await;
    assert_eq!(spaced["videos"], 6);
    let unknown = context.json("/api/keywords/outliers/?keyword=unused").await;
    assert_eq!((&unknown["videos"], &unknown["results"]), (&json!(0), &json!([])));
}

#[actix_web::test]
async fn videos_of_a_keyword_are_found_by_any_spacing_of_it() {
    let videos = (1..=4).map(|n| video(n, 1, 9, 0).channel(n).tags(&["BTS", "라면"]));
    let context = TestContext::with(videos.collect()).await;
    for route in ["related", "outliers"] {
        for keyword in ["bts", "b t s", "ＢＴＳ"] {
            let path = format!("/api/keywords/{route}/?keyword={}", encode(keyword));
            assert_eq!(context.json(&path).await["videos"], 4, "{path}");
        }
    }
}

#[actix_web::test]
async fn related_keywords_after_a_rollup_are_recomputed() {
    let videos = (1..=20).map(|n| video(n, 1, 9, 0).channel(n).tags(&["먹방", "라면"]));
    let settings = [("CREATETREND_CACHE__VERSION_CHECK_MS", "0")];
    let context = TestContext::with_settings(videos.collect(), &settings).await;
    let path = format!("/api/keywords/related/?keyword={}", encode("먹방"));
    let base_share = async || {
        let body = context.json(&path).await;
        body["results"][0]["base_share"].as_f64().expect("a share")
    };
    // 20 of the 1,000 videos of 28 days, and of up to a 28th more since midnight of the first day.
    let first = 0.02 * 28.0 / 29.0 - 1e-5..=0.02;
    // The first two version checks count as changes.
    for _ in 0..2 {
        assert!(first.contains(&base_share().await));
    }
    let client = context.database.client().await;
    client.batch_execute("UPDATE keyword_list SET videos = 500").await.unwrap();
    assert!(first.contains(&base_share().await), "the version is unchanged");
    client.batch_execute(ADVANCE_DATA_VERSION).await.unwrap();
    assert!(base_share().await > 1.9 * first.start());
}

#[actix_web::test]
async fn invalid_keyword_parameters_return_one_error_per_field() {
    let context = TestContext::with(vec![]).await;
    let long = "가".repeat(101);
    for (path, fields) in [
        ("score/", vec!["keyword"]),
        ("score/?keyword=%20", vec!["keyword"]),
        ("score/?keyword=%FF", vec!["keyword"]),
        (&format!("score/?keyword={}", encode(&long)), vec!["keyword"]),
        ("history/?days=366&unit=month", vec!["days", "keyword", "unit"]),
        ("history/?keyword=a&keyword=%00", vec!["keyword"]),
        ("history/?keyword=1&keyword=2&keyword=3&keyword=4&keyword=5&keyword=6", vec!["keyword"]),
        ("related/?days=1", vec!["days", "keyword"]),
        ("outliers/?length=x&subscribers=-1", vec!["keyword", "length", "subscribers"]),
    ] {
        let reply = context.service.get(&format!("/api/keywords/{path}")).await;
        assert_eq!(reply.status, 400, "{path}");
        let body = reply.json();
        let keys = body.as_object().expect("an object").keys().map(String::as_str);
        let named: Vec<&str> = keys.filter(|key| !["code", "request_id"].contains(key)).collect();
        assert_eq!(named, fields, "{path}");
    }
}

#[actix_web::test]
async fn service_without_postgres_serves_keyword_search() {
    let index = TestIndex::with_documents(&sample_videos()).await;
    // No server listens on port 9.
    let settings = [index.setting(), ("CREATETREND_POSTGRES__PORT", "9")];
    let service = TestService::start("keyword", keyword::service, &settings);
    assert_eq!(service.get("/api/keyword_search/?search=a").await.status, 200);
    assert_eq!(service.get("/health/ready").await.status, 200);
    assert_eq!(service.get("/api/keywords/score/?keyword=a").await.status, 503);
}
