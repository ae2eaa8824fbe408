//! `videos/forecast/` and `videos/{idx}/forecast/`

use crate::fixture::{FIXTURE, TestContext};
use serde_json::{Value, json};
use test_support::{Reply, client};

pub const PATH: &str = "/api/videos/forecast/";

async fn forecast(context: &TestContext, counts: Value) -> Reply {
    let body = json!({ "counts": counts });
    Reply::send(client().post(context.service.url(PATH)).json(&body)).await
}

#[actix_web::test]
async fn forecast_from_counts_covers_later_days() {
    let context = TestContext::new().await;
    let counts = json!([
        {"age_days": 3, "views": 20_000}, {"age_hours": 12, "views": 8_000}, {"age_days": 1, "views": 12_000}
    ]);
    let reply = forecast(&context, counts).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let body = reply.json();
    assert_eq!((&body["age_days"], &body["views"]), (&json!(3.0), &json!(20_000)));
    let days = body["days"].as_array().expect("a list");
    assert_eq!((days.len(), &days[0]["day"]), (28, &json!(4)));
    assert_eq!(days[27], body["day_31"]);
    let end = |name: &str| body["day_31"][name].as_i64().expect("a number");
    assert!(20_000 <= end("low") && end("low") < end("value") && end("value") < end("high"));
    assert!((24_000..40_000).contains(&end("value")), "{body}");
}

#[actix_web::test]
async fn forecast_from_faster_growth_is_higher() {
    let context = TestContext::new().await;
    let mut values = Vec::new();
    for first in [900, 600] {
        let counts = json!([{"age_days": 1, "views": first}, {"age_days": 3, "views": 1_000}]);
        let body = forecast(&context, counts).await.json();
        values.push(body["day_31"]["value"].as_i64().expect("a number"));
    }
    assert!(values[0] < values[1], "{values:?}");
}

#[actix_web::test]
async fn forecast_from_invalid_counts_returns_400() {
    let context = TestContext::new().await;
    let many = vec![json!({"age_days": 1, "views": 1}); 101];
    for counts in [
        json!(null),
        json!([]),
        json!(many),
        json!("1"),
        json!([1]),
        json!([{}]),
        json!([{"age_days": 1}]),
        json!([{"views": 1}]),
        json!([{"age_days": 1, "age_hours": 24, "views": 1}]),
        json!([{"age_days": 0, "views": 1}]),
        json!([{"age_days": -1, "views": 1}]),
        json!([{"age_days": 31, "views": 1}]),
        json!([{"age_hours": 1e300, "views": 1}]),
        json!([{"age_days": 1, "views": -1}]),
        json!([{"age_days": 1, "views": 1.5}]),
        json!([{"age_days": 1, "views": 1_000_000_000_001_i64}]),
        json!([{"age_days": 1, "views": 1, "likes": 1}]),
    ] {
        let reply = forecast(&context, counts.clone()).await;
        assert_eq!(reply.status, 400, "{counts}: {}", reply.body);
        assert!(reply.json()["counts"].is_array(), "{counts}: {}", reply.body);
    }
    let reply =
        forecast(&context, json!([{"age_days": 1, "views": 1}, {"age_days": 40, "views": 1}]));
    let message = &reply.await.json()["counts"][0];
    assert_eq!(message, "Count 2: Ensure the age is at least 1 hour and below 31 days.");
    for (count, message) in [
        (json!(1), "Count 1: Expected an object with age_hours or age_days, and views."),
        (json!({"age_days": "x", "views": 1}), "Count 1: age_days: A valid number is required."),
        (
            json!({"age_days": 1, "views": -1}),
            "Count 1: views: Ensure this value is between 0 and 1000000000000.",
        ),
    ] {
        let reply = forecast(&context, json!([count])).await;
        assert_eq!(reply.json()["counts"][0], message);
    }
}

#[actix_web::test]
async fn forecast_depends_on_the_known_inputs() {
    let context = TestContext::new().await;
    let day_31 = async |known: Value| {
        let mut body = json!({"counts": [{"age_days": 1, "views": 5_000}]});
        body.as_object_mut().expect("an object").extend(known.as_object().expect("one").clone());
        let reply = Reply::send(client().post(context.service.url(PATH)).json(&body)).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()["day_31"]["value"].as_i64().expect("a number")
    };
    let alone = day_31(json!({})).await;
    let unknown = json!({"category": null, "channel_subscriber": null, "uploads": null});
    assert_eq!(day_31(unknown).await, alone);
    for known in [
        json!({"category": 10}),
        json!({"channel_subscriber": 15_300}),
        json!({"uploads": 240}),
        json!({"category": 10, "channel_subscriber": 15_300, "uploads": 240}),
    ] {
        assert_ne!(day_31(known.clone()).await, alone, "{known}");
    }
    let digits = json!({"channel_subscriber": " 15300"});
    assert_eq!(day_31(json!({"channel_subscriber": 15_300})).await, day_31(digits).await);
}

#[actix_web::test]
async fn forecast_with_invalid_inputs_returns_400() {
    let context = TestContext::new().await;
    for (field, invalid) in [
        ("category", vec![json!("games"), json!(-1), json!(1000)]),
        ("channel_subscriber", vec![json!(-1), json!("many"), json!(1.5), json!(1_000_000_001)]),
        ("uploads", vec![json!(-1), json!("many"), json!(1.5), json!(10_000_001)]),
    ] {
        for value in invalid {
            let body = json!({"counts": [], field: value});
            let reply = Reply::send(client().post(context.service.url(PATH)).json(&body)).await;
            let errors = reply.json();
            assert_eq!(reply.status, 400, "{field} {value}: {}", reply.body);
            assert!(errors[field].is_array() && errors["counts"].is_array(), "{errors}");
        }
    }
}

#[actix_web::test]
async fn stored_video_is_forecast_from_its_category_and_channel() {
    const PATH: &str = "/api/videos/1/forecast/";
    const UPLOADS: &str = "INSERT INTO video (idx, channel_idx, video_id, video_name, upload_time)
        SELECT 100 + n, 1, 'more-' || n, '', now() FROM generate_series(1, 17) AS n;";
    let forecast = async |statement: &str| {
        let context = TestContext::with(&format!("{FIXTURE}{statement}"), &[]).await;
        context.service.get(PATH).await.json()["forecast"]["day_31"]["value"].clone()
    };
    let stored = forecast("").await;
    let unknown = forecast("UPDATE channel SET hidden_subscriber = true;").await;
    assert_ne!(stored, unknown);
    assert_eq!(forecast("UPDATE channel SET subscriber_estimated = true;").await, unknown);
    assert_eq!(forecast("UPDATE channel SET subscriber_num = 0;").await, unknown);
    assert_ne!(forecast("UPDATE video SET category = 10;").await, stored);
    // The channel has three videos in the fixture; 20 are needed.
    assert_ne!(forecast(UPLOADS).await, stored);
    assert_eq!(forecast(&UPLOADS.replace("17", "16")).await, stored);
}

#[actix_web::test]
async fn all_invalid_counts_are_named_with_all_their_fields() {
    let context = TestContext::new().await;
    let counts = json!([
        {"age_hours": 24, "views": -1},
        {"age_hours": 48, "views": 90},
        {"age_hours": -5, "views": "x"},
        {"age_days": 99},
    ]);
    let reply = forecast(&context, counts).await;
    assert_eq!(reply.status, 400);
    insta::assert_json_snapshot!(reply.json()["counts"]);
}

#[actix_web::test]
async fn stored_young_video_is_forecast_from_its_counts() {
    let context = TestContext::new().await;
    let body = context.service.get("/api/videos/1/forecast/").await.json();
    let forecast = &body["forecast"];
    assert_eq!((&forecast["age_days"], &forecast["views"]), (&json!(2.0), &json!(60_000)));
    assert!(forecast["day_31"]["value"].as_i64().expect("a number") > 60_000, "{body}");
}

#[actix_web::test]
async fn unusable_counts_of_a_stored_video_do_not_change_its_forecast() {
    const PATH: &str = "/api/videos/1/forecast/";
    // Before the upload, at it, of a negative number, and later than a month.
    let unusable = "INSERT INTO video_views (video_idx, check_time, views)
         SELECT idx, upload_time + hours * INTERVAL '1 hour', extra.views
         FROM video, (VALUES (-1, 5), (0, 5), (20, -1), (31 * 24, 900000)) AS extra (hours, views)
         WHERE idx = 1;";
    let context = TestContext::new().await;
    let other = TestContext::with(&format!("{FIXTURE}{unusable}"), &[]).await;
    let expected = context.service.get(PATH).await.json();
    assert_eq!(other.service.get(PATH).await.json(), expected);
}

#[actix_web::test]
async fn stored_video_without_counts_or_too_old_has_no_forecast() {
    let context = TestContext::new().await;
    for path in ["/api/videos/3/forecast/", "/api/videos/5/forecast"] {
        let reply = context.service.get(path).await;
        assert_eq!(
            (reply.status.as_u16(), reply.json()),
            (200, json!({"forecast": null})),
            "{path}"
        );
    }
    for path in ["/api/videos/6/forecast/", "/api/videos/x/forecast/", "/api/videos/-1/forecast/"] {
        assert_eq!(context.service.get(path).await.status, 404, "{path}");
    }
}
