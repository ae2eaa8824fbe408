//! Rows of an existing database with infinite timestamps, and a channel without a name.

use crate::fixture::{LIST, PERIOD, TestContext};
use serde_json::{Value, json};

/// Channel 1 also has usable values; channel 2 has none, and no name.
const ROWS: &str = "
    INSERT INTO channel (idx, channel_name, channel_id, channel_start_date, subscriber_num)
    VALUES (1, 'one', 'UC1', 'infinity', 1000), (2, NULL, 'UC2', '-infinity', 10),
        (3, 'far', 'UC3', '5874897-12-31', 1);
    INSERT INTO video (idx, channel_idx, video_name, video_id, thumbnail_url, upload_time, views,
        views_growth, popularity)
    VALUES (1, 1, 'usable', 'v1', 'first', now() - interval '1 day', 5, 5, 'NaN'),
        (2, 1, 'endless', 'v2', 'endless', 'infinity', 50, 50, 'infinity'),
        (3, 1, 'ancient', 'v3', 'ancient', '-infinity', 40, 40, '-infinity'),
        (4, 1, 'far', 'v4', 'far', '294276-12-31', 30, 30, 1e308),
        (5, 2, 'endless', 'v5', 'endless', 'infinity', 1, 1, 'NaN');
    INSERT INTO video_keyword_new (video_idx, keyword) VALUES (1, 'usable'), (5, ''), (2, 'late');
    INSERT INTO video_views (video_idx, views, check_time)
    VALUES (1, 1, 'infinity'), (1, 2, now() - interval '1 hour'), (2, 3, '-infinity'),
        (5, 4, '294276-12-31');
    INSERT INTO channel_subscriber (channel_idx, subscriber_num, check_time)
    VALUES (1, '7', 'infinity'), (1, '8', '-infinity'), (1, '9', now() - interval '1 hour'),
        (2, '6', 'infinity');
    INSERT INTO channel_views (channel_idx, view_count, check_time)
    VALUES (1, 7, 'infinity'), (1, 2000, now() - interval '1 hour'), (2, 5, 'infinity');";

async fn context() -> TestContext {
    TestContext::with(ROWS, &[]).await
}

async fn get_json(context: &TestContext, path: &str) -> Value {
    let reply = context.service.get(path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    reply.json()
}

#[actix_web::test]
async fn list_with_infinite_timestamps_returns_null() {
    let context = context().await;
    let list = get_json(&context, LIST).await["results"].clone();
    let field = |channel: usize, key: &str| list[channel][key].clone();
    assert_eq!(field(0, "recent_videos"), json!(["first", "ancient"]));
    assert_eq!((field(0, "max_views_count"), field(0, "popularity")), (json!(2000), json!(2.0)));
    assert_eq!(field(1, "max_views_count"), json!(0));
    for channel in 0..3 {
        assert_eq!(field(channel, "channel_start_date"), Value::Null, "{channel}");
    }
}

#[actix_web::test]
async fn detail_with_infinite_timestamps_returns_usable_values() {
    let context = context().await;
    let detail = get_json(&context, &format!("{LIST}1/")).await;
    assert_eq!(detail["channelInfo"]["channel_start_date"], Value::Null);
    assert_eq!(detail["channelInfo"]["subscriber"], "9");
    assert_eq!(detail["line"]["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(detail["keyword"]["pie"][0]["name"], "usable");
    let videos = detail["video"]["data"].as_array().unwrap();
    let names: Vec<&Value> = videos.iter().map(|video| &video["video_name"]).collect();
    assert_eq!(names, ["endless", "ancient", "far", "usable"], "by views");
    assert!(videos[..3].iter().all(|video| video["upload_time"].is_null()));
    assert!(videos[3]["upload_time"].is_string());
    let views = videos[3]["videoviews"].as_array().unwrap();
    assert_eq!((views.len(), &views[0]["views"]), (1, &json!(2)));
}

#[actix_web::test]
async fn period_with_infinite_timestamps_returns_usable_uploads() {
    let context = context().await;
    let path = format!("{PERIOD}1/?start=0000-01-01&end=9999-12-31");
    let videos = get_json(&context, &path).await["video"]["data"].clone();
    assert_eq!(videos.as_array().map(Vec::len), Some(1), "{videos}");
    assert_eq!(videos[0]["video_name"], "usable");
    let subscribers = get_json(&context, &format!("{PERIOD}1/")).await;
    assert_eq!(subscribers.as_array().map(Vec::len), Some(1), "{subscribers}");
}

#[actix_web::test]
async fn channel_without_a_name_returns_null_in_word_maps() {
    let context = context().await;
    let detail = get_json(&context, &format!("{LIST}2/")).await;
    assert_eq!(detail["wordmap"]["name"], Value::Null);
    assert_eq!(detail["channelInfo"]["channel_name"], Value::Null);
    let period = get_json(&context, &format!("{PERIOD}2/?start=2026-01-01&end=2026-01-02")).await;
    assert_eq!(period["wordmap"]["name"], Value::Null);
    let named = get_json(&context, &format!("{PERIOD}1/?start=2026-01-01&end=2026-01-02")).await;
    assert_eq!(named["wordmap"]["name"], "one");
}
