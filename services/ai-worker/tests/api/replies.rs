//! Replies of a worker.

use crate::{
    client::{job, numbers},
    fixture::{TestContext, days_ago, in_days},
};
use forecast::{LinearEffect, Model};
use image::{DynamicImage, ImageBuffer, ImageFormat, Luma};
use percent_encoding::NON_ALPHANUMERIC;
use serde_json::json;
use std::io::Cursor;

#[actix_web::test]
async fn reply_has_31_non_decreasing_numbers() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    for subscribers in [json!(0), json!(15_300), json!("15300"), json!(1_000_000_000)] {
        let pending = client.request(&job(subscribers.clone(), &in_days(0).to_string())).await;
        let reply = pending.reply().await;
        let views = reply.numbers();
        assert_eq!(views.len(), 31, "{subscribers}");
        assert!(views.is_sorted() && views[0] >= 0, "{subscribers}: {views:?}");
    }
}

#[actix_web::test]
async fn views_grow_with_subscribers_as_number_or_string() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let mut previous = vec![-1; 31];
    for subscribers in [100_u64, 10_000, 1_000_000] {
        let day = in_days(0).to_string();
        let numbers = client.request(&job(subscribers, &day)).await.reply().await.numbers();
        let from_string = client.request(&job(subscribers.to_string(), &day)).await.reply().await;
        assert_eq!(numbers, from_string.numbers());
        assert!(numbers.iter().zip(&previous).all(|(more, fewer)| more > fewer), "{numbers:?}");
        previous = numbers;
    }
}

#[actix_web::test]
async fn reply_details_contain_an_interval_and_factors() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let reply = client.request(&job(15_300, &in_days(0).to_string())).await.reply().await;
    let (low, high) = (numbers(&reply.details["low"]), numbers(&reply.details["high"]));
    let views = reply.numbers();
    assert_eq!((low.len(), high.len()), (31, 31));
    for day in 0..31 {
        assert!(low[day] < views[day] && views[day] < high[day], "{reply:?}");
    }
    let factors = reply.details["factors"].as_array().expect("factors");
    assert!(factors.iter().any(|factor| factor["name"] == "subscribers"), "{factors:?}");
    assert!(factors.iter().all(|factor| factor["effect"].as_f64().is_some_and(|e| e > 0.0)));
}

#[actix_web::test]
async fn views_start_on_the_upload_day() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let predict =
        async |upload: String| client.request(&job(15_300, &upload)).await.reply().await.numbers();
    let today = predict(in_days(0).to_string()).await;
    // The first of the 31 days is tomorrow, so the upload is on the eighth.
    let planned = predict(in_days(8).to_string()).await;
    assert_eq!(planned[..7], [0; 7]);
    assert!(0 < planned[7] && planned[7] < planned[8]);
    assert!(planned[8..].is_sorted());
    // An earlier upload has more time on its first day.
    let (early, late) = (
        predict(format!("{}T06:00", in_days(8))).await,
        predict(format!("{}T23:30", in_days(8))).await,
    );
    assert!(early[7] > late[7], "{early:?} {late:?}");
    // A published video continues to grow.
    let published = predict(days_ago(7).to_string()).await;
    assert!(published[0] > today[0] && published.is_sorted());
    // predict rejects such a request; an old client of the queue gets zeros.
    let after_the_period = predict(in_days(40).to_string()).await;
    assert_eq!(after_the_period, [0; 31]);
}

#[actix_web::test]
async fn expired_and_malformed_requests_are_dropped() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let expired = client.request(&job(1, &in_days(0).to_string())).await;
    expired.delete_queues().await;
    client.publish_request("not a UUID").await;
    let _worker = context.worker(&[]);
    // The next request is answered.
    client.request(&job(1, &in_days(0).to_string())).await.reply().await;
    context
        .broker
        .wait_for_queues(&["direct_ai_jobs", "failed_ai_jobs", "request_ai_process"])
        .await;
}

#[actix_web::test]
async fn model_with_thumbnail_effects_uses_the_thumbnail() {
    let mut file = Model::shipped().expect("the model").file().clone();
    file.general.content_share = 1.0;
    let brighter_is_better = vec![2.0, 0.0, 0.0, 0.0];
    file.content.thumbnail =
        Some(LinearEffect { means: vec![0.0; 4], coefficients: brighter_is_better });
    let path = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(path.path(), file.write().expect("a model")).expect("the model is written");
    let path = path.path().to_str().expect("a path").to_owned();
    let context = TestContext::new().await;
    let _worker = context.worker(&[("CREATETREND_MODEL__FILE", &path)]);
    let client = context.client().await;
    let mut views = Vec::new();
    for light in [0, 255] {
        let mut job = job(15_300, &in_days(0).to_string());
        job[0] = json!(gray_image(light));
        let reply = client.request(&job).await.reply().await;
        views.push(reply.numbers()[6]);
    }
    assert!(views[1] > views[0], "{views:?}");
}

/// A gray image as a data URL.
fn gray_image(light: u8) -> String {
    let image = ImageBuffer::from_pixel(64, 36, Luma([light]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut bytes, ImageFormat::Png).expect("an image");
    let escaped = percent_encoding::percent_encode(bytes.get_ref(), NON_ALPHANUMERIC);
    format!("data:image/png,{escaped}")
}
