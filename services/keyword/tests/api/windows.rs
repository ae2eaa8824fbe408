//! Time windows, in days of Seoul.

use crate::fixture::{TestContext, recent, video_ids, word_map};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use test_support::{VideoBuilder, redact_volatile, seoul_time_ago, video};

/// Videos uploaded at midnight in Seoul, `days_ago` days ago, and one millisecond before.
fn boundary(days_ago: i64) -> [VideoBuilder; 2] {
    let midnight = seoul_time_ago(days_ago, 0, 0);
    [VideoBuilder::new(1, midnight), VideoBuilder::new(2, midnight - TimeDelta::milliseconds(1))]
}

/// The points of a line as JSON, with relative dates.
fn line(body: &Value, number: usize) -> String {
    redact_volatile(&body["lines"][number]["data"].to_string())
}

#[actix_web::test]
async fn two_week_window_starts_at_midnight_in_seoul() {
    let [inside, before] = boundary(14);
    let (inside, before) = (inside.tags(&["찾음", "in"]), before.tags(&["찾음", "out"]));
    let context = TestContext::with(vec![inside.document(), before.document()]).await;
    let body = context.search_json("찾음").await;
    assert_eq!((video_ids(&body, 0), video_ids(&body, 1)), (vec![1], vec![1]));
    assert_eq!(word_map(&body), ["in 1"]);
    assert_eq!(recent(&body), ["찾음 1", "in 1"]);
    assert_eq!(body["lines"][0]["data"], json!([]));
    assert_eq!(body["lines"][1]["data"], json!([]));
}

#[actix_web::test]
async fn videos_with_future_upload_time_are_not_found() {
    let now = Utc::now();
    let uploaded_at = |idx, time| VideoBuilder::new(idx, time).tags(&["찾음"]).document();
    let documents = vec![
        uploaded_at(1, now - TimeDelta::hours(1)),
        uploaded_at(2, now + TimeDelta::hours(1)),
        uploaded_at(3, now),
    ];
    let context = TestContext::with(documents).await;
    let body = context.search_json("찾음").await;
    assert_eq!((video_ids(&body, 0), video_ids(&body, 1)), (vec![1, 3], vec![1, 3]));
    assert_eq!(recent(&body), ["찾음 2"]);
    for number in [0, 1] {
        let days = body["lines"][number]["data"].as_array().expect("days");
        assert!((1..=2).contains(&days.len()), "{days:?}");
        let last = days.last().expect("a day")["date"].as_str();
        assert_eq!(last, Some(common::time::seoul_day(now).to_string().as_str()));
    }
}

#[actix_web::test]
async fn line_starts_at_midnight_in_seoul_and_has_no_gaps() {
    let [inside, before] = boundary(8);
    let documents = vec![
        inside.popularity(2.0).tags(&["찾음"]).document(),
        before.tags(&["찾음"]).document(),
        video(3, 4, 0, 30).popularity(0.5).tags(&["찾음"]).document(),
        video(4, 4, 23, 30).popularity(1.0).tags(&["찾음"]).document(),
    ];
    let context = TestContext::with(documents).await;
    let body = context.search_json("찾음").await;
    let days = |values: [Value; 5]| {
        let point =
            |(value, distance)| json!({"date": format!("<today-{distance}>"), "value": value});
        json!(values.into_iter().zip((4..=8).rev()).map(point).collect::<Vec<_>>()).to_string()
    };
    let (uploads, popularity) = (line(&body, 0), line(&body, 1));
    assert_eq!(uploads, days([json!(1), json!(0), json!(0), json!(0), json!(2)]));
    assert_eq!(popularity, days([json!(200.0), json!(0.0), json!(0.0), json!(0.0), json!(75.0)]));
}

#[actix_web::test]
async fn line_groups_videos_by_day_in_seoul() {
    let documents = vec![
        video(1, 2, 0, 30).tags(&["찾음"]).document(),
        video(2, 2, 23, 30).tags(&["찾음"]).document(),
    ];
    let context = TestContext::with(documents).await;
    let body = context.search_json("찾음").await;
    assert_eq!(line(&body, 0), json!([{"date": "<today-2>", "value": 2}]).to_string());
}
