//! The response of a prediction.

use crate::{domain::prediction_days, queries::ai_server::Prediction};
use chrono::NaiveDate;
use common::prediction::{Details, Factor};
use serde::Serialize;
use utoipa::ToSchema;

/// The predicted views of a planned video.
#[derive(Serialize, ToSchema)]
pub(crate) struct PredictResponse {
    lines: PredictedLine,
    /// The 80 % interval of each day, if the AI server returns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 31, max_items = 31)]
    interval: Option<Vec<PredictedRange>>,
    /// The factors of the prediction, the strongest first, if the AI server returns them.
    #[serde(skip_serializing_if = "Option::is_none")]
    factors: Option<Vec<PredictionFactor>>,
    /// The ratio of two predictions below which they do not differ, if the AI server returns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 1.6, minimum = 1)]
    min_ratio: Option<f64>,
}

/// The predicted views by day.
#[derive(Serialize, ToSchema)]
struct PredictedLine {
    /// Always `조회수 추이`.
    #[serde(rename = "type")]
    #[schema(example = "조회수 추이")]
    kind: &'static str,
    /// From tomorrow.
    #[schema(min_items = 31, max_items = 31)]
    data: Vec<PredictedViews>,
}

/// The predicted views of a day.
#[derive(Serialize, ToSchema)]
struct PredictedViews {
    /// The day, in Seoul.
    date: NaiveDate,
    /// The total views until the hour of the upload on this date; on the date of the upload, until
    /// midnight.
    #[schema(example = 5400)]
    value: i64,
}

/// The interval of a day.
#[derive(Serialize, ToSchema)]
struct PredictedRange {
    /// The day, in Seoul.
    date: NaiveDate,
    /// One video in ten has fewer views.
    #[schema(example = 900)]
    low: i64,
    /// One video in ten has more views.
    #[schema(example = 31_000)]
    high: i64,
}

/// A property of the video and its effect on the prediction.
#[derive(Serialize, ToSchema)]
struct PredictionFactor {
    /// The name, such as `subscribers`, `weekday` or `channel_history`.
    #[schema(example = "subscribers")]
    name: String,
    /// Multiplies the views: 1.3 is 30 % more, 0.5 is half.
    #[schema(example = 1.3)]
    effect: f64,
}

impl PredictResponse {
    /// The response of the day `today`.
    pub(crate) fn new(today: NaiveDate, prediction: Prediction) -> Self {
        let Prediction { views, details } = prediction;
        let point = |(date, value)| PredictedViews { date, value };
        let data = prediction_days(today).zip(views).map(point).collect();
        let min_ratio = details.as_ref().and_then(|details| details.min_ratio);
        let (interval, factors) = details.map(|details| ranges_and_factors(today, details)).unzip();
        Self {
            lines: PredictedLine { kind: "조회수 추이", data }, interval, factors, min_ratio
        }
    }
}

fn ranges_and_factors(
    today: NaiveDate,
    details: Details,
) -> (Vec<PredictedRange>, Vec<PredictionFactor>) {
    let Details { low, high, factors, .. } = details;
    let point = |(date, (low, high))| PredictedRange { date, low, high };
    let interval = prediction_days(today).zip(low.into_iter().zip(high)).map(point);
    let factor = |Factor { name, effect }| PredictionFactor { name, effect };
    (interval.collect(), factors.into_iter().map(factor).collect())
}
