//! `createtrend import`: rows and days in JSON.

use crate::import_formats::{Imported, stored};
use test_support::tables::query_value;

/// Each observation with its views.
const DAYS: &str =
    "SELECT string_agg(video_id || ' ' || (check_time AT TIME ZONE 'UTC')::date || ' ' || w.views,
        '; ' ORDER BY video_id, check_time)
    FROM video v JOIN video_views w ON w.video_idx = v.idx";

/// A resource of the YouTube Data API, which has no day of observation.
fn resource(id: &str, views: u32) -> String {
    format!(
        r#"{{"id": "{id}", "snippet": {{"title": "제목", "publishedAt": "2020-08-09T00:00:00Z",
            "channelId": "UC1"}}, "statistics": {{"viewCount": "{views}"}}}}"#
    )
    .replace('\n', " ")
}

async fn days(name: &str, content: &str) -> String {
    let imported = Imported::new().await;
    let summary = imported.import(name, content).await;
    assert!(summary.problems.is_empty(), "{content}: {summary}");
    query_value(&imported.database, DAYS).await
}

#[tokio::test]
async fn day_of_wrapper_object_is_the_observation() {
    let [first, second] = [10, 20].map(|views| resource("fmt00000001", views));
    let expected = "fmt00000001 2020-08-10 10; fmt00000001 2020-08-11 20";
    for content in [
        format!(
            r#"{{"collected_at": "2020-08-10T03:00:00Z", "items": [{first}]}}
            {{"collected_at": "2020-08-11T03:00:00Z", "items": [{second}]}}"#
        ),
        format!(
            r#"{{"fetched_at": "2020-08-10 03:00", "response": {{"kind": "k", "items": [{first}]}}}}
            {{"fetched_at": "2020-08-11 03:00", "response": {{"kind": "k", "items": [{second}]}}}}"#
        ),
        format!(
            r#"[{{"date": {{"$date": "2020-08-10T03:00:00Z"}}, "videos": [{first}]}},
            {{"date": "2020-08-11", "videos": [{second}]}}]"#
        ),
        format!(
            r#"{{"2020-08-10": {{"items": [{first}]}}, "2020-08-11": {{"items": [{second}]}}}}"#
        ),
        format!(r#"{{"KR": {{"2020-08-10": [{first}], "2020-08-11": [{second}]}}}}"#),
    ] {
        for name in ["a.json", "a-20200812.json"] {
            assert_eq!(days(name, &content).await, expected, "{content}");
        }
    }
}

#[tokio::test]
async fn days_of_rows_and_files_precede_other_texts_of_wrapper_objects() {
    let row = r#"{"video_id": "fmt00000001", "title": "제목", "publishedAt": "2020-08-09",
        "channelId": "UC1", "views": 10, "date": "2020-08-10"}"#;
    let content = format!(r#"{{"date": "2020-08-12", "rows": [{row}]}}"#);
    assert_eq!(days("a.json", &content).await, "fmt00000001 2020-08-10 10");
    let content = format!(r#"{{"date": "weekly", "items": [{}]}}"#, resource("fmt00000001", 10));
    assert_eq!(days("a-20200812.json", &content).await, "fmt00000001 2020-08-12 10");
}

#[tokio::test]
async fn rows_with_own_lists_of_objects_are_imported() {
    let row = |id: &str, list: &str| {
        format!(
            r#"{{"id": "{id}", "title": "제목", "publishedAt": "2020-08-09", "channel": "채널",
            "date": "2020-08-12", "views": 1, "likes": 1{list}}}"#
        )
        .replace('\n', " ")
    };
    let expected = "fmt00000001 제목 1 1 2020-08-12; fmt00000002 제목 1 1 2020-08-12";
    for key in ["videos", "items", "channels", "data"] {
        let list = format!(r#", "{key}": [{{"id": "fmt00000009", "title": "x"}}]"#);
        let lines = [row("fmt00000001", &list), row("fmt00000002", &list)].join("\n");
        assert_eq!(stored("a.jsonl", lines).await, expected, "{key}");
    }
}
