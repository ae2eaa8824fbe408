//! The shipped model.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use chrono::{NaiveDate, NaiveTime};
use forecast::{Model, PastVideo, Plan, Subscribers, Upload};

fn plan() -> Plan {
    let day = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    Plan::new(Upload { day, time: NaiveTime::from_hms_opt(18, 0, 0) })
}

#[test]
fn shipped_model_loads_with_plausible_estimates() {
    let model = Model::shipped().unwrap();
    let small = model.forecast(&Plan { subscribers: Subscribers::Known(1_000), ..plan() }).at(7.0);
    let large = model.forecast(&Plan { subscribers: 1_000_000.into(), ..plan() }).at(7.0);
    println!("{} {small:?} {large:?}", model.version());
    assert!((20.0..5_000.0).contains(&small.views), "{small:?}");
    assert!((20_000.0..2_000_000.0).contains(&large.views), "{large:?}");
}

#[test]
fn factors_multiply_to_estimate() {
    let model = Model::shipped().unwrap();
    let past = vec![PastVideo { age_days: 10.0, views: 50_000, subscribers: None }; 3];
    let title = Some("[MV] 봄날 2편!".to_owned());
    let (category, uploads) = (Some(10), Some(80));
    let plan = Plan { subscribers: 20_000.into(), title, category, uploads, past, ..plan() };
    let forecast = model.forecast(&plan);
    let product: f64 = forecast.factors().iter().map(|factor| factor.effect).product();
    println!("{:?} {:?}", forecast.factors(), forecast.at(7.0));
    let estimate = (1.0 + forecast.typical()) * product - 1.0;
    assert!((forecast.at(7.0).views / estimate - 1.0).abs() < 1e-6);
    let moves: Vec<f64> =
        forecast.factors().iter().map(|factor| factor.effect.ln().abs()).collect();
    assert!(moves.is_sorted_by(|one, other| one >= other));
}
