//! A prediction.

use crate::{domain::prediction_days, queries::ai_server::Prediction};
use chrono::NaiveDate;
use common::prediction::{Details, Factor};
use serde::Serialize;
use utoipa::ToSchema;

/// How many views a planned video will get.
#[derive(Serialize, ToSchema)]
pub(crate) struct PredictResponse {
    lines: PredictedLine,
    /// Where 80 % of such videos lie on each of the days; if the AI server says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 31, max_items = 31)]
    interval: Option<Vec<PredictedRange>>,
    /// What moved the prediction, the strongest first; if the AI server says.
    #[serde(skip_serializing_if = "Option::is_none")]
    factors: Option<Vec<PredictionFactor>>,
}

/// The line of views.
#[derive(Serialize, ToSchema)]
struct PredictedLine {
    /// Always `조회수 추이`.
    #[serde(rename = "type")]
    #[schema(example = "조회수 추이")]
    kind: &'static str,
    /// From tomorrow on.
    #[schema(min_items = 31, max_items = 31)]
    data: Vec<PredictedViews>,
}

/// A day of the line of views.
#[derive(Serialize, ToSchema)]
struct PredictedViews {
    /// The day, in Seoul.
    date: NaiveDate,
    /// All views until then.
    #[schema(example = 5400)]
    value: i64,
}

/// A day of the interval.
#[derive(Serialize, ToSchema)]
struct PredictedRange {
    /// The day, in Seoul.
    date: NaiveDate,
    /// One video in ten has fewer views.
    #[schema(example = 900)]
    low: i64,
    /// One video in ten has more.
    #[schema(example = 31_000)]
    high: i64,
}

/// Something known of the video, and what it did to the prediction.
#[derive(Serialize, ToSchema)]
struct PredictionFactor {
    /// What it is, such as `subscribers`, `weekday` or `channel_history`.
    #[schema(example = "subscribers")]
    name: String,
    /// By which factor it moves the views: 1.3 is 30 % more, 0.5 half of them.
    #[schema(example = 1.3)]
    effect: f64,
}

impl PredictResponse {
    /// A prediction made on the day `today`.
    pub(crate) fn new(today: NaiveDate, prediction: Prediction) -> Self {
        let Prediction { views, details } = prediction;
        let point = |(date, value)| PredictedViews { date, value };
        let data = prediction_days(today).zip(views).map(point).collect();
        let (interval, factors) = details.map(|details| parts(today, details)).unzip();
        Self { lines: PredictedLine { kind: "조회수 추이", data }, interval, factors }
    }
}

fn parts(today: NaiveDate, details: Details) -> (Vec<PredictedRange>, Vec<PredictionFactor>) {
    let Details { low, high, factors } = details;
    let point = |(date, (low, high))| PredictedRange { date, low, high };
    let interval = prediction_days(today).zip(low.into_iter().zip(high)).map(point);
    let factor = |Factor { name, effect }| PredictionFactor { name, effect };
    (interval.collect(), factors.into_iter().map(factor).collect())
}
