//! Validation of requests, and the jobs that they produce.

use crate::{
    fixture::{PATH, PredictionContext, data_url, plan, plan_with},
    python_ai_server::PythonAiServer,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::Utc;
use common::time::seoul_day;
use image::{DynamicImage, ImageFormat};
use reqwest::Method;
use serde_json::{Value, json};
use std::io::Cursor;
use test_support::{Reply, client};
use thumbnail::{ThumbnailSource, decode};

/// A JPEG as a data URL with `bytes` bytes of padding at its end, which decoders ignore.
fn padded_image(bytes: usize) -> String {
    // Base64: four characters encode three bytes.
    let padding = "AAAA".repeat(bytes / 3);
    format!("{}{padding}", data_url(ImageFormat::Jpeg).replace('=', "A"))
}

#[actix_web::test]
async fn request_with_invalid_fields_returns_400_and_queues_nothing() {
    let context = PredictionContext::new().await;
    insta::assert_snapshot!(context.predict(&json!({})).await.snapshot());
    for (field, invalid) in [
        ("thumbnail_url", vec![json!(""), json!(7), json!("http://i.ytimg.com/a.jpg")]),
        ("thumbnail_url", vec![json!("https://127.0.0.1/"), json!("data:image/gif;base64,AAAA")]),
        ("thumbnail_url", vec![json!("data:image/png;base64,AAAA"), json!("file:///etc/passwd")]),
        ("video_name", vec![json!(" "), json!("가".repeat(501)), json!("\0"), json!(["a"])]),
        ("channel_subscriber", vec![json!(-1), json!("many"), json!(1.5), json!(1_000_000_001)]),
        ("channel_subscriber", vec![json!(true), json!({}), json!("99999999999999999999")]),
        ("upload_date", vec![json!("tomorrow"), json!(20_261_124), json!("2004-01-01")]),
        ("upload_date", vec![json!("2999-01-01"), json!("2026-02-30"), json!("2020-01-01")]),
        ("category", vec![json!("games"), json!(-1), json!(1000)]),
        ("channel_id", vec![json!(7), json!("a".repeat(201))]),
        ("uploads", vec![json!(-1), json!("many"), json!(1.5), json!(10_000_001)]),
        ("is_short", vec![json!("yes"), json!(1)]),
    ] {
        for value in invalid {
            let reply = context.predict(&plan_with(field, value.clone())).await;
            let messages = reply.json();
            assert_eq!(reply.status, 400, "{field} {value}: {}", reply.body);
            assert_eq!(messages.as_object().expect("an object").len(), 3, "{messages}");
            assert!(messages[field].is_array(), "{field} {value}: {messages}");
        }
    }
    context.broker.wait_for_queues(&[]).await;
}

#[actix_web::test]
async fn request_with_an_undecodable_image_returns_400_and_queues_nothing() {
    let context = PredictionContext::new().await;
    let encode = |bytes: &[u8]| format!("data:image/png;base64,{}", BASE64_STANDARD.encode(bytes));
    let mut decompression_bomb = Cursor::new(Vec::new());
    DynamicImage::new_luma8(8192, 8192)
        .write_to(&mut decompression_bomb, ImageFormat::Png)
        .expect("an image");
    let decompression_bomb = encode(decompression_bomb.get_ref());
    let truncated = data_url(ImageFormat::Png);
    let truncated = truncated[..truncated.len() - 60].to_owned();
    for unusable in [encode(b"GIF89a"), encode(b"<svg/>"), decompression_bomb, truncated] {
        let reply = context.predict(&plan_with("thumbnail_url", json!(unusable))).await;
        assert_eq!(reply.status, 400, "{}", reply.body);
        assert!(reply.json()["thumbnail_url"].is_array(), "{}", reply.body);
    }
    context.broker.wait_for_queues(&[]).await;
}

#[actix_web::test]
async fn job_contains_the_fields_as_the_client_sent_them() {
    let context = PredictionContext::new().await;
    let ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    let images = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP].map(data_url);
    let mut plans = vec![
        plan(),
        plan_with("channel_subscriber", json!("15300")),
        plan_with("upload_date", json!(format!("{}T09:00:00.000Z", seoul_day(Utc::now())))),
        plan_with("video_name", json!("가".repeat(500))),
        plan_with("channel_subscriber", json!(0)),
    ];
    plans.extend(images.map(|image| plan_with("thumbnail_url", json!(image))));
    for plan in plans {
        let reply = context.predict(&plan).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        let fields = ["thumbnail_url", "video_name", "channel_subscriber", "upload_date"];
        let sent: Vec<Value> = fields.map(|field| plan[field].clone()).into();
        assert_eq!(ai_server.next_event().await["job"], Value::Array(sent));
        ai_server.next_event().await;
    }
}

#[actix_web::test]
async fn optional_fields_are_not_in_the_job() {
    let context = PredictionContext::new().await;
    let ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    let mut plan = plan_with("category", json!(22));
    plan["channel_id"] = json!("UC9_L9lA9kqJbGANLRus_1A");
    plan["uploads"] = json!(240);
    plan["is_short"] = json!(true);
    assert_eq!(context.predict(&plan).await.status, 200);
    assert_eq!(ai_server.next_event().await["job"].as_array().map(Vec::len), Some(4));
}

#[actix_web::test]
async fn request_with_two_ids_of_a_channel_returns_400() {
    let context = PredictionContext::new().await;
    let mut plan = plan_with("channel_id", json!("UC9_L9lA9kqJbGANLRus_1A"));
    plan["channel_idx"] = json!(1);
    let reply = context.predict(&plan).await;
    assert_eq!(reply.status, 400, "{}", reply.body);
    assert_eq!(reply.json()["channel_idx"], json!(["Give channel_id or channel_idx, not both."]));
}

#[actix_web::test]
async fn image_of_ten_megabytes_is_sent_as_a_small_jpeg() {
    let context = PredictionContext::new().await;
    let ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    let image = padded_image(10 * 1024 * 1024 - 4096);
    let reply = context.predict(&plan_with("thumbnail_url", json!(image))).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let sent = ai_server.next_event().await["job"][0].as_str().expect("a data URL").to_owned();
    assert!(sent.starts_with("data:image/jpeg;base64,") && sent.len() < 10_000, "{}", sent.len());
    assert!(
        matches!(ThumbnailSource::parse(&sent), Ok(ThumbnailSource::Inline(jpeg)) if decode(&jpeg).is_ok())
    );
    let huge = plan_with("thumbnail_url", json!("A".repeat(16 * 1024 * 1024)));
    assert_eq!(context.predict(&huge).await.status, 413);
}

#[actix_web::test]
async fn image_up_to_the_limit_is_sent_unchanged_and_beyond_as_a_jpeg() {
    let limit = ("CREATETREND_PREDICT__MAX_IMAGE_BYTES", "100000");
    let context = PredictionContext::with_settings(&[limit]).await;
    let ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    let small = padded_image(70_000);
    // White space counts, as it is part of the message.
    let spaced = format!("{}{}", data_url(ImageFormat::Jpeg), " ".repeat(100_000));
    for (image, is_sent) in
        [(small.as_str(), true), (&spaced, false), (&padded_image(80_000), false)]
    {
        assert_eq!(context.predict(&plan_with("thumbnail_url", json!(image))).await.status, 200);
        let sent = ai_server.next_event().await["job"][0].as_str().expect("a data URL").to_owned();
        ai_server.next_event().await;
        assert_eq!(sent == image, is_sent, "{} of {} bytes", sent.len(), image.len());
        assert!(sent.len() <= 100_000, "{}", sent.len());
    }
}

#[actix_web::test]
async fn pending_jobs_keep_their_byte_permits_until_the_reply() {
    let context = PredictionContext::with_settings(&[
        ("CREATETREND_HTTP__MAX_BODY_BYTES", "1000000"),
        ("CREATETREND_PREDICT__MAX_BUFFERED_BYTES", "1000000"),
        // Without the limit the second prediction would time out with 504.
        ("CREATETREND_PREDICT__REPLY_TIMEOUT_MS", "20000"),
    ])
    .await;
    let ai_server = PythonAiServer::start(context.broker.settings(), "hold").await;
    let large = plan_with("thumbnail_url", json!(padded_image(500_000)));
    let request = |plan: &Value| client().post(context.service.url(PATH)).json(plan);
    let pending = tokio::spawn(Reply::try_send(request(&large)));
    assert!(ai_server.next_event().await["job"].is_array());
    let refused = context.predict(&large).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, Some("1")));
    drop(ai_server);
    let _ai_server = PythonAiServer::start(context.broker.settings(), "reply").await;
    assert_eq!(context.predict(&plan()).await.status, 200);
    assert_eq!(pending.await.expect("the task ends").expect("a response").status, 200);
    assert_eq!(context.predict(&large).await.status, 200, "the byte permits are released");
}

#[actix_web::test]
async fn other_methods_and_invalid_bodies_return_json_errors() {
    let context = PredictionContext::new().await;
    let get = context.service.get(PATH).await;
    assert_eq!((get.status.as_u16(), get.header("allow")), (405, Some("POST, OPTIONS")));
    assert_eq!(context.service.send(Method::OPTIONS, PATH).await.status, 204);
    let url = context.service.url(PATH);
    let form = Reply::send(client().post(&url).form(&[("video_name", "a")])).await;
    assert_eq!(form.status, 415);
    let json = client().post(&url).header("content-type", "application/json");
    for body in ["{", "[]", "\"text\"", "{\"video_name\":\"\u{0}\"}"] {
        let reply = Reply::send(json.try_clone().expect("a request").body(body)).await;
        assert_eq!(reply.status, 400, "{body}");
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
}
