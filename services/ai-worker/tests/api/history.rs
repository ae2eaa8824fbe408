//! What a channel has done so far.

use crate::{
    client::{Answer, Client, job},
    fixture::{TestContext, in_days},
};
use lapin::types::AMQPValue;
use serde_json::json;

/// Channel 1 does ten times as well as its size suggests, channel 2 has nothing to show, and of
/// channel 3 one video is known.
const ROWS: &str = "
    INSERT INTO channel (idx, channel_id, subscriber_num) VALUES (1, 'UC-1', 1000), (2, 'UC-2', 1000), (3, 'UC-3', 1000);
    INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx, views)
        SELECT n, 'video', 'id-' || n, pg_temp.ago(10 + n, '12:00'), 1, 100000
        FROM generate_series(1, 20) AS n;
    INSERT INTO video_views (video_idx, views, check_time)
        SELECT n, 100000, pg_temp.ago(3 + n, '12:00') FROM generate_series(1, 20) AS n;
    INSERT INTO video_views (video_idx, views, check_time)
        SELECT n, 10, pg_temp.ago(9 + n, '12:00') FROM generate_series(1, 20) AS n;
    INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx)
        VALUES (21, 'video', 'id-21', pg_temp.ago(10, '12:00'), 3);
    INSERT INTO video_views (video_idx, views, check_time)
        VALUES (21, 2000, pg_temp.ago(3, '12:00'));";

async fn ask(client: &Client, channel: Option<&str>) -> Answer {
    let job = job(1000, &in_days(0).to_string()).to_string();
    let header = channel.map(|id| ("channel_id", AMQPValue::LongString(id.into())));
    client.ask_with(job.as_bytes(), header.as_slice()).await.answer().await
}

#[actix_web::test]
async fn a_channel_that_does_well_is_expected_to_go_on() {
    let context = TestContext::new().await;
    context.database.fill(ROWS).await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let unknown = ask(&client, None).await;
    let known = ask(&client, Some("UC-1")).await;
    assert!(known.numbers()[6] > 3 * unknown.numbers()[6], "{known:?} {unknown:?}");
    let factors = known.details["factors"].as_array().expect("factors");
    assert!(factors.iter().any(|factor| factor["name"] == "channel_history"), "{factors:?}");
    // Who knows more is surer.
    let width = |answer: &Answer| {
        let end = |name: &str| answer.details[name][6].as_f64().expect("a number");
        end("high") / end("low")
    };
    assert!(width(&known) < width(&unknown));
}

#[actix_web::test]
async fn few_videos_in_the_tables_do_not_make_a_channel_new() {
    let context = TestContext::new().await;
    context.database.fill(ROWS).await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let has_factor = |answer: &Answer, name: &str| {
        let factors = answer.details["factors"].as_array().expect("factors");
        factors.iter().any(|factor| factor["name"] == name)
    };
    let few = ask(&client, Some("UC-3")).await;
    assert!(has_factor(&few, "channel_history") && !has_factor(&few, "uploads"), "{few:?}");
    let many = ask(&client, Some("UC-1")).await;
    assert!(has_factor(&many, "uploads"), "{many:?}");
}

#[actix_web::test]
async fn a_channel_that_nobody_knows_changes_nothing() {
    let context = TestContext::new().await;
    context.database.fill(ROWS).await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let plain = ask(&client, None).await;
    assert_eq!(ask(&client, Some("UC-unknown")).await.views, plain.views);
    assert_eq!(ask(&client, Some("UC-2")).await.numbers().len(), 31);
}

#[actix_web::test]
async fn the_category_is_taken_into_account() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let ask = async |category: i32| {
        let job = job(15_300, &in_days(0).to_string()).to_string();
        let header = ("category", AMQPValue::LongInt(category));
        client.ask_with(job.as_bytes(), &[header]).await.answer().await
    };
    let (music, news) = (ask(10).await, ask(25).await);
    assert_ne!(music.views, news.views);
    let factors = music.details["factors"].as_array().expect("factors");
    assert!(factors.iter().any(|factor| factor["name"] == "category"), "{factors:?}");
    assert_eq!(ask(999).await.numbers().len(), 31);
}

#[actix_web::test]
async fn without_postgres_a_prediction_does_without_history() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[("CREATETREND_POSTGRES__PORT", "9")]);
    let client = context.client().await;
    let answer = ask(&client, Some("UC-1")).await;
    assert_eq!(answer.numbers().len(), 31);
    assert_ne!(answer.views, json!([]));
}

#[actix_web::test]
async fn history_with_infinite_times_counts_only_usable_ones() {
    let context = TestContext::new().await;
    context.database.fill(ROWS).await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let before = ask(&client, Some("UC-1")).await;
    let old_rows = "
        INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx)
            SELECT 100 + n, 'video', 'old-' || n, 'infinity', 1 FROM generate_series(1, 60) AS n;
        INSERT INTO video_views (video_idx, views, check_time)
            SELECT 100 + n, 1, now() FROM generate_series(1, 60) AS n;
        INSERT INTO video_views (video_idx, views, check_time)
            SELECT n, 1, time FROM generate_series(1, 20) AS n,
                unnest('{infinity, -infinity}'::timestamptz[]) AS time;";
    context.database.fill(old_rows).await;
    let after = ask(&client, Some("UC-1")).await;
    let factors = after.details["factors"].as_array().expect("factors");
    assert!(factors.iter().any(|factor| factor["name"] == "channel_history"), "{factors:?}");
    assert!(after.numbers()[6] > before.numbers()[6] / 2, "{before:?} {after:?}");
}
