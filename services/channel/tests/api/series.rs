//! `channels/{idx}/daily/` and `channels/compare/`

use crate::fixture::{TestContext, day};
use serde_json::{Value, json};
use test_support::{Reply, client};

/// Channel 1 has counts of today, yesterday, and three and four days ago; two on one day.
const ROWS: &str = "
    INSERT INTO channel (idx, channel_id, channel_name, subscriber_num)
    VALUES (1, 'UC1', '=채널', 130), (2, 'UC2', NULL, 5);
    INSERT INTO channel_subscriber (channel_idx, subscriber_num, check_time) VALUES
        (1, '100', pg_temp.ago(4, '10:00')), (1, '105', pg_temp.ago(3, '00:10')),
        (1, '110', pg_temp.ago(3, '23:50')), (1, '120', pg_temp.ago(1, '12:00')),
        (1, '130', pg_temp.ago(0, '00:00')), (1, 'unknown', pg_temp.ago(2, '00:00'));
    INSERT INTO channel_views (channel_idx, view_count, check_time) VALUES
        (1, 1000, pg_temp.ago(4, '10:00')), (1, 1500, pg_temp.ago(3, '10:00')),
        (1, 1400, pg_temp.ago(2, '10:00'));
    INSERT INTO video (channel_idx, video_id, video_name, upload_time) VALUES
        (1, 'v1', 'v', pg_temp.ago(3, '00:05')), (1, 'v2', 'v', pg_temp.ago(3, '23:59')),
        (2, 'v3', 'v', pg_temp.ago(1, '12:00'));";

#[actix_web::test]
async fn daily_table_has_differences_and_no_values_of_missing_days() {
    let context = TestContext::with(ROWS, &[]).await;
    let body = context.service.get("/api/channels/1/daily/?days=5").await.json();
    assert_eq!((&body["idx"], &body["channel_name"]), (&json!(1), &json!("=채널")));
    let row = |ago: i64, values: [Value; 4], uploads: i64| {
        let [subscribers, subscribers_gained, views, views_gained] = values;
        json!({
            "date": day(ago), "subscribers": subscribers,
            "subscribers_gained": subscribers_gained, "views": views,
            "views_gained": views_gained, "uploads": uploads, "is_complete": ago > 0,
        })
    };
    let none = || Value::Null;
    assert_eq!(
        body["days"],
        json!([
            row(4, [json!(100), none(), json!(1_000), none()], 0),
            row(3, [json!(110), json!(10), json!(1_500), json!(500)], 2),
            row(2, [none(), none(), json!(1_400), json!(0)], 0),
            row(1, [json!(120), none(), none(), none()], 0),
            row(0, [json!(130), json!(10), none(), none()], 0),
        ])
    );
    let weeks = body["weeks"].as_array().expect("a list");
    let uploads: i64 = weeks.iter().filter_map(|week| week["uploads"].as_i64()).sum();
    assert_eq!((uploads, &weeks[weeks.len() - 1]["is_complete"]), (2, &json!(false)));
}

#[actix_web::test]
async fn daily_table_has_90_days_unless_more_are_requested() {
    let context = TestContext::with(ROWS, &[]).await;
    for (query, days) in [("", 90), ("?days=365", 365), ("?days=1", 1)] {
        let body = context.service.get(&format!("/api/channels/2/daily/{query}")).await.json();
        assert_eq!(body["days"].as_array().map(Vec::len), Some(days), "{query}");
    }
    for days in ["0", "366", "-1", "x"] {
        let reply = context.service.get(&format!("/api/channels/2/daily/?days={days}")).await;
        assert_eq!((reply.status.as_u16(), reply.json()["days"].is_array()), (400, true), "{days}");
    }
    let reply = context.service.get("/api/channels/3/daily/").await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["detail"]),
        (404, &json!("There is no channel 3."))
    );
}

#[actix_web::test]
async fn compared_channels_have_series_of_the_same_dates() {
    let context = TestContext::with(ROWS, &[]).await;
    let path = "/api/channels/compare/?channel=2&channel=1&channel=2&days=3";
    let body = context.service.get(path).await.json();
    let channels = body["channels"].as_array().expect("a list");
    let ids: Vec<_> = channels.iter().filter_map(|channel| channel["idx"].as_i64()).collect();
    assert_eq!((&body["interval"], ids), (&json!("day"), vec![2, 1]));
    for (channel, gained, uploads) in [(0, Value::Null, 1), (1, json!(0), 0)] {
        let points = &channels[channel]["points"];
        assert_eq!(points.as_array().map(Vec::len), Some(3));
        assert_eq!(points[0]["views_gained"], gained);
        assert_eq!((&points[1]["date"], &points[1]["uploads"]), (&json!(day(1)), &json!(uploads)));
    }
    let weekly = context.service.get(&format!("{path}&interval=week")).await.json();
    assert_eq!(weekly["interval"], "week");
    let csv = client().get(context.service.url(path)).header("accept", "text/csv");
    let csv = Reply::send(csv).await;
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(lines.len(), 7);
    assert!(lines[1].starts_with(&format!("2,,{},,,,,0,true", day(2))), "{}", lines[1]);
    assert!(lines[6].starts_with(&format!("1,'=채널,{},130,10,", day(0))), "{}", lines[6]);
}

#[actix_web::test]
async fn comparison_with_invalid_parameters_returns_400_or_404() {
    let context = TestContext::with(ROWS, &[]).await;
    for (query, field) in [
        ("", "channel"),
        ("channel=", "channel"),
        ("channel=x&channel=1", "channel"),
        ("channel=-1", "channel"),
        ("channel=1&channel=2&channel=3&channel=4&channel=5&channel=6", "channel"),
        ("channel=1&interval=month", "interval"),
        ("channel=1&days=366", "days"),
    ] {
        let reply = context.service.get(&format!("/api/channels/compare/?{query}")).await;
        assert_eq!(reply.status, 400, "{query}: {}", reply.body);
        assert!(reply.json()[field].is_array(), "{query}: {}", reply.body);
    }
    let reply = context.service.get("/api/channels/compare/?channel=1&channel=9").await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["detail"]),
        (404, &json!("There is no channel 9."))
    );
}
