//! `channel_period_data/<idx>/`

use crate::fixture::{PERIOD, TestContext, day, ids, sql_timestamp};
use chrono::{TimeDelta, Utc};
use common::time::start_of_day;
use serde_json::json;

#[actix_web::test]
async fn period_returns_fastest_growing_videos_and_keywords() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.period(1, 3, 1).await.snapshot());
}

#[actix_web::test]
async fn request_without_dates_returns_latest_subscribers() {
    let context = TestContext::new().await;
    let reply = context.service.get(&format!("{PERIOD}1/")).await;
    insta::assert_snapshot!(reply.snapshot());
}

#[actix_web::test]
async fn period_of_one_day_starts_and_ends_at_midnight_in_seoul() {
    let (start, end) = (start_of_day(day(2)), start_of_day(day(1)));
    let millisecond = TimeDelta::milliseconds(1);
    let rows = format!(
        "INSERT INTO channel (idx, channel_id, subscriber_num) VALUES (1, 'UC1', 7);
        INSERT INTO video (idx, channel_idx, video_name, video_id, upload_time, views_growth) VALUES
            (1, 1, 'before', 'id-1', {}, 1), (2, 1, 'first', 'id-2', {}, 2),
            (3, 1, 'half past midnight', 'id-3', {}, 3), (4, 1, 'half past eleven', 'id-4', {}, 4),
            (5, 1, 'last', 'id-5', {}, 5), (6, 1, 'after', 'id-6', {}, 6)",
        sql_timestamp(start - millisecond),
        sql_timestamp(start),
        sql_timestamp(start + TimeDelta::minutes(30)),
        sql_timestamp(end - TimeDelta::minutes(30)),
        sql_timestamp(end - millisecond),
        sql_timestamp(end),
    );
    let context = TestContext::with(&rows, &[]).await;
    let body = context.period(1, 2, 2).await.json();
    assert_eq!(ids(&body["video"]["data"]), [5, 4, 3, 2]);
}

#[actix_web::test]
async fn period_until_today_includes_recent_uploads() {
    let an_hour_ago = Utc::now() - TimeDelta::hours(1);
    let rows = format!(
        "INSERT INTO channel (idx, channel_id, subscriber_num) VALUES (1, 'UC1', 7);
        INSERT INTO video (idx, channel_idx, video_name, video_id, upload_time) VALUES (1, 1, 'v', 'id', {})",
        sql_timestamp(an_hour_ago),
    );
    let context = TestContext::with(&rows, &[]).await;
    // An hour ago may be yesterday.
    assert_eq!(ids(&context.period(1, 1, 0).await.json()["video"]["data"]), [1]);
}

#[actix_web::test]
async fn keywords_are_counted_in_the_50_fastest_growing_videos() {
    let videos = "INSERT INTO channel (idx, channel_name, channel_id, subscriber_num) VALUES (1, 'Me', 'UC1', 7);
        INSERT INTO video (idx, channel_idx, video_name, video_id, upload_time, views_growth)
            SELECT n, 1, 'v', 'id-' || n, pg_temp.ago(1, '09:00'), n FROM generate_series(1, 60) AS n;
        INSERT INTO video_keyword_new (video_idx, keyword) SELECT n, 'all' FROM generate_series(1, 60) AS n;
        INSERT INTO video_keyword_new (video_idx, keyword) SELECT n, 'Me' FROM generate_series(1, 60) AS n;
        INSERT INTO video_keyword_new (video_idx, keyword) SELECT n, 'slow' FROM generate_series(1, 11) AS n";
    let context = TestContext::with(videos, &[]).await;
    let body = context.period(1, 1, 1).await.json();
    let words: Vec<_> = body["keyword"]["pie"].as_array().expect("a list").clone();
    let counts: Vec<_> =
        words.iter().map(|word| (word["name"].clone(), word["value"].clone())).collect();
    assert_eq!(counts, [(json!("all"), json!(50)), (json!("slow"), json!(1))]);
    assert_eq!(body["wordmap"]["children"], body["keyword"]["pie"]);
}

#[actix_web::test]
async fn invalid_dates_return_one_error_per_field() {
    let context = TestContext::new().await;
    let mut replies = Vec::new();
    for query in [
        "?start=2026-11-01",
        "?end=2026-11-01",
        "?start=2026-11-31&end=2026-12-01",
        "?start=2026-11-01T00:00:00&end=tomorrow",
        "?start=2026-11-02&end=2026-11-01",
        "?start=%FF&end=%00",
    ] {
        let reply = context.service.get(&format!("{PERIOD}1/{query}")).await;
        replies.push(format!("GET {query}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
}

#[actix_web::test]
async fn period_from_first_to_last_year_returns_videos() {
    let context = TestContext::new().await;
    let reply = context.service.get(&format!("{PERIOD}1/?start=0000-01-01&end=9999-12-31")).await;
    assert_eq!(reply.status, 200);
    assert_eq!(ids(&reply.json()["video"]["data"]), [17, 14, 12, 11, 16]);
}

#[actix_web::test]
async fn unknown_or_invalid_channel_returns_404() {
    let context = TestContext::new().await;
    for path in ["999/", "abc/", "2147483648/", "999/?start=2026-11-01&end=2026-11-02"] {
        let reply = context.service.get(&format!("{PERIOD}{path}")).await;
        assert_eq!(reply.status, 404, "{path}");
        assert_eq!(reply.json()["detail"], "Not found.", "{path}");
    }
}
