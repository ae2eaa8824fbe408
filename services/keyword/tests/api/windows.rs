//! From when until when: days in Seoul.

use crate::fixture::{TestContext, made, videos, word_map};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use test_support::{VideoBuilder, redact_volatile, seoul_time_ago, video};

/// The first moment of a day in Seoul, so many days ago, and one millisecond before it.
fn edge(days_ago: i64) -> [VideoBuilder; 2] {
    let first = seoul_time_ago(days_ago, 0, 0);
    [VideoBuilder::new(1, first), VideoBuilder::new(2, first - TimeDelta::milliseconds(1))]
}

/// A line's days, as their distance from today.
fn line(body: &Value, number: usize) -> String {
    redact_volatile(&body["lines"][number]["data"].to_string())
}

#[actix_web::test]
async fn the_fortnight_begins_with_the_first_moment_of_a_day() {
    let [inside, before] = edge(14);
    let (inside, before) = (inside.tags(&["찾음", "in"]), before.tags(&["찾음", "out"]));
    let context = TestContext::with(vec![inside.document(), before.document()]).await;
    let body = context.find("찾음").await;
    assert_eq!((videos(&body, 0), videos(&body, 1)), (vec![1], vec![1]));
    assert_eq!(word_map(&body), ["in 1"]);
    assert_eq!(made(&body), ["찾음 1", "in 1"]);
    assert_eq!(body["lines"][0]["data"], json!([]));
    assert_eq!(body["lines"][1]["data"], json!([]));
}

#[actix_web::test]
async fn what_was_uploaded_an_hour_ago_is_found_and_what_is_yet_to_come_is_not() {
    let now = Utc::now();
    let at = |idx, moment| VideoBuilder::new(idx, moment).tags(&["찾음"]).document();
    let videos_found =
        vec![at(1, now - TimeDelta::hours(1)), at(2, now + TimeDelta::hours(1)), at(3, now)];
    let context = TestContext::with(videos_found).await;
    let body = context.find("찾음").await;
    assert_eq!((videos(&body, 0), videos(&body, 1)), (vec![1, 3], vec![1, 3]));
    assert_eq!(made(&body), ["찾음 2"]);
    for number in [0, 1] {
        let days = body["lines"][number]["data"].as_array().expect("days");
        assert!((1..=2).contains(&days.len()), "{days:?}");
        let last = days.last().expect("a day")["date"].as_str();
        assert_eq!(last, Some(common::time::seoul_day(now).to_string().as_str()));
    }
}

#[actix_web::test]
async fn a_line_begins_with_the_first_moment_of_a_day_and_has_every_day_to_the_last() {
    let [inside, before] = edge(8);
    let videos_found = vec![
        inside.popularity(2.0).tags(&["찾음"]).document(),
        before.tags(&["찾음"]).document(),
        video(3, 4, 0, 30).popularity(0.5).tags(&["찾음"]).document(),
        video(4, 4, 23, 30).popularity(1.0).tags(&["찾음"]).document(),
    ];
    let context = TestContext::with(videos_found).await;
    let body = context.find("찾음").await;
    let days = |values: [Value; 5]| {
        let point =
            |(value, distance)| json!({"date": format!("<today-{distance}>"), "value": value});
        json!(values.into_iter().zip((4..=8).rev()).map(point).collect::<Vec<_>>()).to_string()
    };
    let (made, popularity) = (line(&body, 0), line(&body, 1));
    assert_eq!(made, days([json!(1), json!(0), json!(0), json!(0), json!(2)]));
    assert_eq!(popularity, days([json!(200.0), json!(0.0), json!(0.0), json!(0.0), json!(75.0)]));
}

#[actix_web::test]
async fn half_past_midnight_and_half_past_eleven_at_night_are_of_the_same_day() {
    let videos_found = vec![
        video(1, 2, 0, 30).tags(&["찾음"]).document(),
        video(2, 2, 23, 30).tags(&["찾음"]).document(),
    ];
    let context = TestContext::with(videos_found).await;
    let body = context.find("찾음").await;
    assert_eq!(line(&body, 0), json!([{"date": "<today-2>", "value": 2}]).to_string());
}
