//! What a worker answers.

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
async fn a_job_is_answered_with_31_numbers_that_never_fall() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    for subscribers in [json!(0), json!(15_300), json!("15300"), json!(1_000_000_000)] {
        let asked = client.ask(&job(subscribers.clone(), &in_days(0).to_string())).await;
        let answer = asked.answer().await;
        let views = answer.numbers();
        assert_eq!(views.len(), 31, "{subscribers}");
        assert!(views.is_sorted() && views[0] >= 0, "{subscribers}: {views:?}");
    }
}

#[actix_web::test]
async fn a_larger_channel_gets_more_and_the_form_of_the_number_is_all_the_same() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let mut before = vec![-1; 31];
    for subscribers in [100_u64, 10_000, 1_000_000] {
        let day = in_days(0).to_string();
        let answer = client.ask(&job(subscribers, &day)).await.answer().await.numbers();
        let digits = client.ask(&job(subscribers.to_string(), &day)).await.answer().await;
        assert_eq!(answer, digits.numbers());
        assert!(answer.iter().zip(&before).all(|(more, fewer)| more > fewer), "{answer:?}");
        before = answer;
    }
}

#[actix_web::test]
async fn beside_the_numbers_stand_an_interval_and_reasons() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let answer = client.ask(&job(15_300, &in_days(0).to_string())).await.answer().await;
    let (low, high) = (numbers(&answer.details["low"]), numbers(&answer.details["high"]));
    let views = answer.numbers();
    assert_eq!((low.len(), high.len()), (31, 31));
    for day in 0..31 {
        assert!(low[day] < views[day] && views[day] < high[day], "{answer:?}");
    }
    let factors = answer.details["factors"].as_array().expect("factors");
    assert!(factors.iter().any(|factor| factor["name"] == "subscribers"), "{factors:?}");
    assert!(factors.iter().all(|factor| factor["effect"].as_f64().is_some_and(|e| e > 0.0)));
}

#[actix_web::test]
async fn a_curve_begins_on_the_day_of_the_upload() {
    let context = TestContext::new().await;
    let _worker = context.worker(&[]);
    let client = context.client().await;
    let ask =
        async |upload: String| client.ask(&job(15_300, &upload)).await.answer().await.numbers();
    let today = ask(in_days(0).to_string()).await;
    // Tomorrow is the first of the 31 days: this is the eighth.
    let planned = ask(in_days(8).to_string()).await;
    assert_eq!(planned[..7], [0; 7]);
    assert!(0 < planned[7] && planned[7] < planned[8]);
    // Another weekday, but the same growth from the first day on.
    assert!(planned[8..].is_sorted());
    // The later in the day, the less of it is left.
    let (early, late) =
        (ask(format!("{}T06:00", in_days(8))).await, ask(format!("{}T23:30", in_days(8))).await);
    assert!(early[7] > late[7], "{early:?} {late:?}");
    // What is published already goes on growing.
    let published = ask(days_ago(7).to_string()).await;
    assert!(published[0] > today[0] && published.is_sorted());
    let beyond = ask(in_days(40).to_string()).await;
    assert_eq!(beyond, [0; 31]);
}

#[actix_web::test]
async fn a_job_that_nobody_waits_for_any_more_is_dropped() {
    let context = TestContext::new().await;
    let client = context.client().await;
    let gone = client.ask(&job(1, &in_days(0).to_string())).await;
    gone.delete().await;
    client.ask_for_nothing("no uuid at all").await;
    let _worker = context.worker(&[]);
    // After those two comes one that is answered.
    client.ask(&job(1, &in_days(0).to_string())).await.answer().await;
    context.broker.wait_for_queues(&["failed_ai_jobs", "request_ai_process"]).await;
}

#[actix_web::test]
async fn a_model_that_was_trained_with_pictures_is_shown_the_picture() {
    let mut file = Model::shipped().expect("the model").file().clone();
    let brighter_is_better = vec![2.0, 0.0, 0.0, 0.0];
    file.content.picture =
        Some(LinearEffect { means: vec![0.0; 4], coefficients: brighter_is_better });
    let path = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(path.path(), file.write().expect("a model")).expect("the model is written");
    let path = path.path().to_str().expect("a path").to_owned();
    let context = TestContext::new().await;
    let _worker = context.worker(&[("CREATETREND_MODEL__FILE", &path)]);
    let client = context.client().await;
    let mut seen = Vec::new();
    for light in [0, 255] {
        let mut job = job(15_300, &in_days(0).to_string());
        job[0] = json!(plain_picture(light));
        let answer = client.ask(&job).await.answer().await;
        seen.push(answer.numbers()[6]);
    }
    assert!(seen[1] > seen[0], "{seen:?}");
}

/// A grey picture in a data URL.
fn plain_picture(light: u8) -> String {
    let picture = ImageBuffer::from_pixel(64, 36, Luma([light]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut bytes, ImageFormat::Png).expect("a picture");
    let escaped = percent_encoding::percent_encode(bytes.get_ref(), NON_ALPHANUMERIC);
    format!("data:image/png,{escaped}")
}
