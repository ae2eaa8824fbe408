//! Forecasts of published videos.

use crate::{domain::LAST_DAY, queries::postgres::PublishedVideoRow};
use common::{
    Error,
    error::FieldErrors,
    http::Field,
    prediction::{optional_subscribers_schema, parse_category, parse_subscribers, parse_uploads},
};
use forecast::{
    Count, EarlyForecast, Estimate, KnownInputs, MIN_COUNT_AGE_DAYS, Subscribers, known_uploads,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// The maximum number of counts of a request.
const MAX_COUNTS: usize = 100;
const COUNTS: &str = "counts";
const NUMBER_OF_COUNTS: &str = "Expected 1 to 100 counts.";
/// More views than any video has.
const MAX_VIEWS: u64 = 1_000_000_000_000;

/// The first counts of a published video. Integers may also be digits in a string.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({
    "counts": [{ "age_hours": 24, "views": 8000 }, { "age_days": 2, "views": 11_500 }],
    "category": 22,
    "channel_subscriber": 15_300,
    "uploads": 240
}))]
pub(crate) struct ForecastRequest {
    /// 1 to 100 counts, in any order, each with `age_hours` or `age_days`. An earlier count above the
    /// last one counts as equal to it.
    #[schema(value_type = Vec<KnownCount>, min_items = 1, max_items = 100)]
    counts: Field<Value>,
    /// The YouTube category id, if known.
    #[schema(value_type = Option<u16>, example = 22, minimum = 0, maximum = 999)]
    category: Field<i64>,
    #[schema(schema_with = optional_subscribers_schema, required = false)]
    channel_subscriber: Field<Value>,
    /// The number of videos that the channel has published, if known.
    #[schema(value_type = Option<u32>, example = 240, minimum = 0, maximum = 10_000_000)]
    uploads: Field<i64>,
}

/// The valid fields of a [`ForecastRequest`].
pub(crate) struct PublishedVideo {
    pub counts: Vec<Count>,
    pub known: KnownInputs,
}

/// The views of a video at one age.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KnownCount {
    /// Hours since the upload; at least 1 and below 744.
    #[schema(value_type = Option<f64>, example = 24.0, minimum = 1, exclusive_maximum = 744)]
    age_hours: Field<f64>,
    /// Days since the upload, instead of `age_hours`; at least an hour and below 31.
    #[schema(value_type = Option<f64>, example = 1.0, minimum = 0.041_666_666_666_666_664, exclusive_maximum = 31)]
    age_days: Field<f64>,
    /// The total views at that age.
    #[schema(value_type = u64, example = 1_200, minimum = 0, maximum = 1_000_000_000_000_i64)]
    views: Field<i64>,
}

/// The known inputs of the forecast of a stored video. Hidden and estimated numbers of subscribers are
/// unknown.
pub(crate) fn known_inputs(video: &PublishedVideoRow) -> KnownInputs {
    let is_public =
        video.hidden_subscriber != Some(true) && video.subscriber_estimated == Some(false);
    let subscribers = video.subscriber_num.filter(|count| is_public && *count > 0);
    KnownInputs {
        subscribers: subscribers
            .map_or(Subscribers::Unknown, |count| Subscribers::Known(count.unsigned_abs().into())),
        uploads: known_uploads(video.upload_count, video.stored_uploads.unwrap_or_default()),
        category: video.category.and_then(|number| u16::try_from(number).ok()),
    }
}

impl ForecastRequest {
    /// Validates the fields; the error names every invalid one, and every invalid count.
    pub(crate) fn validate(self) -> Result<PublishedVideo, Error> {
        let mut errors = FieldErrors::default();
        let category = self.category.and_then(parse_category).optional("category", &mut errors);
        let subscribers = self.channel_subscriber.and_then(parse_subscribers);
        let subscribers = subscribers.optional("channel_subscriber", &mut errors);
        let uploads = self.uploads.and_then(parse_uploads).optional("uploads", &mut errors);
        let items = self.counts.and_then(parse_list).required(COUNTS, &mut errors);
        let mut counts = Vec::new();
        for (index, item) in items.unwrap_or_default().into_iter().enumerate() {
            match parse_count(item) {
                Ok(count) => counts.push(count),
                Err(reasons) => {
                    for reason in reasons {
                        errors.add(COUNTS, format!("Count {}: {reason}", index + 1));
                    }
                }
            }
        }
        errors.into_result()?;
        let subscribers = subscribers.and_then(|count| count.number());
        let known = KnownInputs {
            subscribers: subscribers.map_or(Subscribers::Unknown, Subscribers::Known),
            uploads: uploads.map(u64::from),
            category,
        };
        Ok(PublishedVideo { counts, known })
    }
}

/// The error of a request without counts.
pub(crate) fn missing_counts() -> FieldErrors {
    FieldErrors::single(COUNTS, NUMBER_OF_COUNTS)
}

fn parse_list(value: Value) -> Result<Vec<Value>, &'static str> {
    let Value::Array(items) = value else { return Err("Expected a list of counts.") };
    if items.is_empty() || items.len() > MAX_COUNTS { Err(NUMBER_OF_COUNTS) } else { Ok(items) }
}

fn parse_count(item: Value) -> Result<Count, Vec<String>> {
    if !item.is_object() {
        let reason = "Expected an object with age_hours or age_days, and views.";
        return Err(vec![reason.to_owned()]);
    }
    let known: KnownCount =
        serde_json::from_value(item).map_err(|error| vec![format!("{error}.")])?;
    known.validate()
}

impl KnownCount {
    fn validate(self) -> Result<Count, Vec<String>> {
        let mut errors = FieldErrors::default();
        let age_hours = self.age_hours.optional("age_hours", &mut errors);
        let age_days = self.age_days.optional("age_days", &mut errors);
        let views = self.views.and_then(parse_views).required("views", &mut errors);
        let mut reasons: Vec<String> = errors
            .0
            .iter()
            .map(|(name, messages)| format!("{name}: {}", messages.join(" ")))
            .collect();
        let age_days = parse_age(age_hours, age_days);
        let has_readable_ages = !errors.has("age_hours") && !errors.has("age_days");
        if let (Err(reason), true) = (age_days, has_readable_ages) {
            reasons.push(reason.to_owned());
        }
        match (age_days, views) {
            (Ok(age_days), Some(views)) if reasons.is_empty() => Ok(Count { age_days, views }),
            _ => Err(reasons),
        }
    }
}

/// The age in days.
fn parse_age(hours: Option<f64>, days: Option<f64>) -> Result<f64, &'static str> {
    let age = match (hours, days) {
        (Some(hours), None) => hours / 24.0,
        (None, Some(days)) => days,
        _ => return Err("Expected either age_hours or age_days."),
    };
    if !(age >= MIN_COUNT_AGE_DAYS && age < f64::from(LAST_DAY)) {
        return Err("Ensure the age is at least 1 hour and below 31 days.");
    }
    Ok(age)
}

fn parse_views(views: i64) -> Result<u64, &'static str> {
    let views = u64::try_from(views).ok().filter(|views| *views <= MAX_VIEWS);
    views.ok_or("Ensure this value is between 0 and 1000000000000.")
}

/// The forecast of a published video.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForecastResponse {
    /// The age of the last count in days.
    #[schema(example = 1.0)]
    age_days: f64,
    /// The last count.
    #[schema(example = 1_200)]
    views: u64,
    /// The forecast for the 31st day.
    day_31: ForecastDay,
    /// The forecast for each whole day after the last count, up to the 31st.
    days: Vec<ForecastDay>,
}

/// The total views at the end of a day.
#[derive(Serialize, ToSchema)]
struct ForecastDay {
    /// Days since the upload.
    #[schema(example = 31)]
    day: u32,
    /// One video in ten has fewer views.
    #[schema(example = 1_500)]
    low: i64,
    /// The estimate.
    #[schema(example = 2_900)]
    value: i64,
    /// One video in ten has more views.
    #[schema(example = 6_400)]
    high: i64,
}

/// The forecast of a stored video.
#[derive(Serialize, ToSchema)]
pub(crate) struct VideoForecastResponse {
    /// Null if the video is older than 31 days or was not counted.
    forecast: Option<ForecastResponse>,
}

impl ForecastResponse {
    pub(crate) fn new(forecast: &EarlyForecast) -> Self {
        let last = forecast.last();
        let day = |day: u32| ForecastDay::new(day, forecast.at(f64::from(day)));
        let is_later = |day: &u32| f64::from(*day) > last.age_days;
        Self {
            age_days: last.age_days,
            views: last.views,
            day_31: day(LAST_DAY),
            days: (1..=LAST_DAY).filter(is_later).map(day).collect(),
        }
    }
}

impl ForecastDay {
    fn new(day: u32, estimate: Estimate) -> Self {
        let [low, value, high] = [estimate.low, estimate.views, estimate.high].map(round);
        Self { day, low, value, high }
    }
}

impl VideoForecastResponse {
    pub(crate) fn new(forecast: Option<&EarlyForecast>) -> Self {
        Self { forecast: forecast.map(ForecastResponse::new) }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "rounded, and clamped to the range of i64")]
fn round(views: f64) -> i64 {
    views.round().clamp(0.0, 9e15) as i64
}
