//! `me/digest/`

use crate::fixture::{DIGEST, NAME, PASSWORD, TestContext, WATCHLIST};
use chrono::{Days, NaiveDate, Utc};
use common::time::seoul_day;
use reqwest::Method;
use serde_json::{Value, json};

/// The Monday of the last complete week, as SQL.
const MONDAY: &str = "(date_trunc('week', now() AT TIME ZONE 'Asia/Seoul')::date - 7)";

/// A keyword with three videos a day in the last complete week and one a day before; a channel with
/// uploads and views in both weeks.
pub fn fixture() -> String {
    format!(
        "INSERT INTO channel (idx, channel_id, channel_name, subscriber_num) VALUES (7, 'UC7', '오늘의 밥상', 100);
         INSERT INTO keyword (idx, key, name) VALUES (1, '먹방', '먹방'), (2, 'bts', 'BTS');
         INSERT INTO keyword_day (day, keyword_idx, videos, channels, views)
         SELECT {MONDAY} + n, 1, CASE WHEN n < 0 THEN 1 ELSE 3 END, 2, 10 FROM generate_series(-7, 6) n
         UNION ALL SELECT {MONDAY} + n, 1, 1000, 1000, 1000 FROM unnest(ARRAY[-8, 7]) n;
         INSERT INTO keyword_list (idx, days, category, length, window_from, window_until, previous_from,
             videos, active_channels, previous_active_channels, rising, large)
         VALUES (1, 7, 0, 'all', now(), now(), now(), 9, 9, 9, 1, 1), (2, 28, 0, 'all', now(), now(), now(), 9, 9, 9, 1, 1);
         INSERT INTO keyword_list_entry (list_idx, keyword_idx, rising_rank, videos, channels,
             largest_channel_videos, views, previous_videos, previous_channels)
         VALUES (1, 1, 4, 9, 9, 1, 9, 9, 9), (2, 2, 1, 9, 9, 1, 9, 9, 9);
         INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx, views, removed_at)
         SELECT idx, 'video <' || idx || '>', 'v' || idx, ({MONDAY} + day + time '12:00') AT TIME ZONE 'Asia/Seoul', 7, views, removed
         FROM (VALUES (1, 0, 100, NULL), (2, 6, 50, NULL), (3, -1, 7, NULL), (4, 1, 9, now()), (5, 7, 1, NULL), (6, -8, 1, NULL))
             v (idx, day, views, removed);
         INSERT INTO video_outlier (video_idx, channel_idx, upload_time, length, subscribers, age_days, views, expected_views,
             sample, ratio, ratio_shrunk)
         SELECT idx, 7, upload_time, 'long', 100, 1, 100, 25, 9, 4, CASE idx WHEN 1 THEN 3.5 ELSE 1.9 END FROM video WHERE idx < 3;
         INSERT INTO channel_views (channel_idx, view_count, check_time)
         SELECT 7, 1000 + 10 * n, ({MONDAY} + n)::timestamp AT TIME ZONE 'Asia/Seoul' - interval '1 hour' FROM generate_series(-7, 7) n"
    )
}

/// Watches the keyword, an unknown one and the channel, since two weeks ago.
pub async fn watch_all(context: &TestContext, token: &str) {
    for body in [
        json!({"kind": "keyword", "target": "먹 방", "note": "12월"}),
        json!({"kind": "keyword", "target": "unknown"}),
        json!({"kind": "channel", "target": "7"}),
    ] {
        let reply = context.send_body(Method::PUT, WATCHLIST, token, &body).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
    }
    let earlier = "UPDATE auth_watch SET created_at = created_at - interval '14 days'";
    context.database.fill(earlier).await;
}

pub fn last_week() -> (NaiveDate, String) {
    let day = seoul_day(Utc::now()).checked_sub_days(Days::new(7)).unwrap();
    (day, day.format("%G-W%V").to_string())
}

async fn digest(context: &TestContext, token: &str, week: &str) -> Value {
    let reply = context.send(Method::GET, &format!("{DIGEST}?week={week}"), token).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

#[actix_web::test]
async fn digest_compares_a_complete_week_with_the_week_before() {
    let context = TestContext::new().await;
    context.database.fill(&fixture()).await;
    let token = context.register(NAME, PASSWORD).await;
    watch_all(&context, &token).await;
    let (_, week) = last_week();
    let digest = digest(&context, &token, &week).await;
    assert_eq!((&digest["week"], &digest["is_complete"]), (&json!(week), &json!(true)));
    let keywords = digest["keywords"].as_array().unwrap();
    assert_eq!(keywords.len(), 2);
    assert_eq!(keywords[0]["name"], "먹방");
    assert_eq!(keywords[0]["note"], "12월");
    assert_eq!(keywords[0]["rising_rank"], 4);
    assert_eq!(keywords[0]["current"], json!({"videos": 21, "channels_per_day": 2.0, "views": 70}));
    assert_eq!(keywords[0]["previous"], json!({"videos": 7, "channels_per_day": 2.0, "views": 70}));
    assert_eq!(keywords[1]["current"], json!({"videos": 0, "channels_per_day": 0.0, "views": 0}));
    assert_eq!(keywords[1]["rising_rank"], Value::Null);
    let channel = &digest["channels"][0];
    // Video 4 is removed, and videos 5 and 6 belong to other weeks.
    assert_eq!(channel["current"], json!({"uploads": 2, "upload_views": 150, "views_gained": 70}));
    assert_eq!(channel["previous"], json!({"uploads": 1, "upload_views": 7, "views_gained": 70}));
    let outliers = channel["outliers"].as_array().unwrap();
    assert_eq!(outliers.len(), 1);
    assert_eq!((&outliers[0]["idx"], &outliers[0]["ratio_shrunk"]), (&json!(1), &json!(3.5)));
}

#[actix_web::test]
async fn alerts_are_created_once_and_only_for_watched_entries() {
    let context = TestContext::new().await;
    context.database.fill(&fixture()).await;
    let token = context.register(NAME, PASSWORD).await;
    let other = context.register("other-user", PASSWORD).await;
    watch_all(&context, &token).await;
    // BTS is only on the list of 28 days.
    let bts = json!({"kind": "keyword", "target": "BTS"});
    context.send_body(Method::PUT, WATCHLIST, &other, &bts).await;
    let week = seoul_day(Utc::now()).format("%G-W%V").to_string();
    // On a Monday, no day of the current week is over.
    let is_monday =
        context.send(Method::GET, &format!("{DIGEST}?week={week}"), &token).await.status == 400;
    let default = context.send(Method::GET, DIGEST, &token).await.json();
    assert_eq!(default["week"] == json!(week), !is_monday);
    for token in [&token, &other] {
        context.send(Method::GET, DIGEST, token).await;
    }
    let kinds = "SELECT string_agg(COALESCE(rising_rank::text, 'v' || video_idx), ' ' ORDER BY video_idx NULLS FIRST) FROM auth_alert";
    assert_eq!(context.text(kinds).await, "4 v1");
    // An alert stays if the keyword is no longer rising.
    context
        .database
        .fill("UPDATE keyword_list_entry SET rising_rank = NULL; DELETE FROM video_outlier")
        .await;
    context.send(Method::GET, DIGEST, &token).await;
    assert_eq!(context.text(kinds).await, "4 v1");
    if !is_monday {
        let alerts = digest(&context, &token, &week).await["alerts"].clone();
        let kinds: Vec<_> = alerts.as_array().unwrap().iter().map(|alert| &alert["kind"]).collect();
        assert!(
            kinds.contains(&&json!("rising_keyword")) && kinds.contains(&&json!("outlier")),
            "{alerts}"
        );
        assert_eq!(digest(&context, &other, &week).await["alerts"], json!([]));
    }
    // Unwatching deletes the alerts.
    let entries = context.send(Method::GET, WATCHLIST, &token).await.json();
    for entry in entries["entries"].as_array().unwrap() {
        context.send(Method::DELETE, &format!("{WATCHLIST}{}/", entry["id"]), &token).await;
    }
    assert_eq!(context.count("SELECT count(*) FROM auth_alert").await, 0);
}

#[actix_web::test]
async fn new_watch_of_a_channel_creates_few_alerts_of_recent_videos() {
    let context = TestContext::new().await;
    let rows = "
        INSERT INTO channel (idx, channel_id, subscriber_num) VALUES (7, 'UC7', 100);
        INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx)
        SELECT n, 'v', 'v' || n, now() - n * interval '20 hours', 7 FROM generate_series(1, 16) n;
        INSERT INTO video_outlier (video_idx, channel_idx, upload_time, length, subscribers,
            age_days, views, expected_views, sample, ratio, ratio_shrunk)
        SELECT idx, 7, upload_time, 'long', 100, 1, 100, 25, 9, 4, 2 + idx FROM video";
    context.database.fill(rows).await;
    let token = context.register(NAME, PASSWORD).await;
    let channel = json!({"kind": "channel", "target": "7"});
    context.send_body(Method::PUT, WATCHLIST, &token, &channel).await;
    let alerts = "SELECT string_agg(video_idx::text, ' ' ORDER BY video_idx) FROM auth_alert";
    // Videos 9 to 16 are older than 7 days; five have the highest ratios of the others.
    for _ in 0..2 {
        context.send(Method::GET, DIGEST, &token).await;
        assert_eq!(context.text(alerts).await, "4 5 6 7 8");
    }
    // In the next week, also the alerts of the last 14 days.
    let later = "UPDATE auth_alert SET week = week - 7;
        UPDATE auth_watch SET created_at = created_at - interval '14 days'";
    context.database.fill(later).await;
    context.send(Method::GET, DIGEST, &token).await;
    assert_eq!(context.text(alerts).await, "4 5 6 7 8 12 13 14 15 16");
}

#[actix_web::test]
async fn invalid_and_future_weeks_return_400() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    for week in ["2026", "2026-W60", "9999-W01", "2004-W52", "%00", "%FF", "2026-W1", ""] {
        let reply = context.send(Method::GET, &format!("{DIGEST}?week={week}"), &token).await;
        assert_eq!(reply.status, 400, "{week}");
        assert!(reply.json()["week"].is_array(), "{}", reply.body);
    }
    assert_eq!(digest(&context, &token, "2005-W01").await["keywords"], json!([]));
    assert_eq!(context.service.get(DIGEST).await.status, 401);
}
