//! Daily and weekly series of channels.

use crate::{
    domain::series::{DayRange, MAX_DAYS, Point},
    queries::series::ChannelCounts,
};
use chrono::NaiveDate;
use common::{
    Error,
    error::FieldErrors,
    http::{CsvRows, Field, decode_query},
    time::Interval,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const DEFAULT_DAYS: u64 = 90;
const MAX_CHANNELS: usize = 5;

/// The parameters of `channels/{idx}/daily/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DailyParams {
    /// The number of days that end today, 1 to 365; by default 90.
    #[param(value_type = Option<i64>, example = 28, minimum = 1, maximum = 365)]
    days: Field<i64>,
}

impl DailyParams {
    pub(crate) fn validate(self) -> Result<u64, Error> {
        let mut errors = FieldErrors::default();
        let days = parse_days(self.days, &mut errors);
        errors.into_result()?;
        Ok(days)
    }
}

/// The parameters of `channels/compare/` in addition to `channel`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CompareParams {
    /// The number of days that end today, 1 to 365; by default 90.
    #[param(value_type = Option<i64>, example = 28, minimum = 1, maximum = 365)]
    days: Field<i64>,
    /// `day` or `week`; by default `day`.
    #[param(value_type = Option<String>, example = "week")]
    interval: Field<String>,
}

/// The valid parameters of a comparison of channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// In the order of the request, each once.
    pub channels: Vec<i32>,
    pub days: u64,
    pub interval: Interval,
}

impl CompareParams {
    /// `query` is the query string, with up to five parameters `channel`.
    pub(crate) fn validate(self, query: &str) -> Result<Comparison, Error> {
        let mut errors = FieldErrors::default();
        let days = parse_days(self.days, &mut errors);
        let interval = self.interval.and_then(|text| text.parse());
        let interval = interval.optional("interval", &mut errors).unwrap_or(Interval::Day);
        let mut channels: Vec<i32> = Vec::new();
        for (_, value) in decode_query(query).filter(|(name, _)| name == b"channel") {
            let text = str::from_utf8(&value).unwrap_or_default().trim();
            match text.parse::<i32>() {
                Ok(idx) if idx < 0 => errors.add("channel", "A valid channel idx is required."),
                Ok(idx) if channels.contains(&idx) => {}
                Ok(idx) => channels.push(idx),
                Err(_) => errors.add("channel", "A valid channel idx is required."),
            }
        }
        if !errors.has("channel") && !(1..=MAX_CHANNELS).contains(&channels.len()) {
            errors.add("channel", "Expected one to five channels.");
        }
        errors.into_result()?;
        Ok(Comparison { channels, days, interval })
    }
}

fn parse_days(field: Field<i64>, errors: &mut FieldErrors) -> u64 {
    let known = |days: i64| {
        let days = u64::try_from(days).ok().filter(|days| (1..=MAX_DAYS).contains(days));
        days.ok_or_else(|| format!("Must be from 1 to {MAX_DAYS}."))
    };
    field.and_then(known).optional("days", errors).unwrap_or(DEFAULT_DAYS)
}

/// A channel's counts by day and week.
#[derive(Serialize, ToSchema)]
pub(crate) struct DailyResponse {
    /// Database id of the channel.
    #[schema(example = 12)]
    idx: i32,
    /// The channel's name.
    #[schema(example = "오늘의 먹방")]
    channel_name: Option<String>,
    /// Every day until today, oldest first.
    days: Vec<SeriesPoint>,
    /// Every week of these days, oldest first.
    weeks: Vec<SeriesPoint>,
}

/// A day or week of a channel. What was not observed is null, and is not interpolated.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct SeriesPoint {
    /// The day, or the Monday of the week, in Seoul.
    date: NaiveDate,
    /// At its end. YouTube rounds down to three digits.
    #[schema(example = 48_100)]
    subscribers: Option<i64>,
    /// The difference from the end of the day or week before.
    #[schema(example = 100)]
    subscribers_gained: Option<i64>,
    /// The total views of the channel at its end.
    #[schema(example = 9_300_000)]
    views: Option<i64>,
    /// The difference from the end of the day or week before, at least 0; null across August 2026,
    /// when YouTube changed what counts as a view.
    #[schema(example = 21_000)]
    views_gained: Option<i64>,
    /// The number of stored videos that were uploaded in it.
    #[schema(example = 1)]
    uploads: i64,
    /// Whether the day or week is over.
    #[schema(example = true)]
    is_complete: bool,
}

impl From<Point> for SeriesPoint {
    fn from(point: Point) -> Self {
        Self {
            date: point.first_day,
            subscribers: point.subscribers,
            subscribers_gained: point.subscribers_gained,
            views: point.views,
            views_gained: point.views_gained,
            uploads: point.uploads,
            is_complete: point.is_complete,
        }
    }
}

fn series(channel: &ChannelCounts, range: DayRange, interval: Interval) -> Vec<SeriesPoint> {
    channel.counts.points(range, interval).into_iter().map(SeriesPoint::from).collect()
}

impl DailyResponse {
    pub(crate) fn new(channel: ChannelCounts, range: DayRange) -> Self {
        let [days, weeks] = [Interval::Day, Interval::Week].map(|of| series(&channel, range, of));
        Self { idx: channel.idx, channel_name: channel.name, days, weeks }
    }
}

impl CsvRows for DailyResponse {
    fn rows(&self) -> impl Iterator<Item = impl Serialize> {
        self.days.iter()
    }
}

/// The series of channels, which have the same dates.
#[derive(Serialize, ToSchema)]
pub(crate) struct CompareResponse {
    /// `day` or `week`.
    #[schema(example = "day")]
    interval: &'static str,
    /// In the order of the request.
    channels: Vec<ChannelSeries>,
}

/// The series of a channel.
#[derive(Serialize, ToSchema)]
struct ChannelSeries {
    /// Database id of the channel.
    #[schema(example = 12)]
    idx: i32,
    /// The channel's name.
    #[schema(example = "오늘의 먹방")]
    channel_name: Option<String>,
    /// Oldest first.
    points: Vec<SeriesPoint>,
}

/// A row of CSV. It repeats the fields of [`SeriesPoint`], because `csv` does not support
/// `#[serde(flatten)]`.
#[derive(Serialize)]
struct ComparisonCsvRow<'a> {
    channel_idx: i32,
    channel_name: Option<&'a str>,
    date: NaiveDate,
    subscribers: Option<i64>,
    subscribers_gained: Option<i64>,
    views: Option<i64>,
    views_gained: Option<i64>,
    uploads: i64,
    is_complete: bool,
}

impl CompareResponse {
    pub(crate) fn new(channels: Vec<ChannelCounts>, range: DayRange, interval: Interval) -> Self {
        let channel = |channel: ChannelCounts| {
            let points = series(&channel, range, interval);
            ChannelSeries { idx: channel.idx, channel_name: channel.name, points }
        };
        Self { interval: interval.name(), channels: channels.into_iter().map(channel).collect() }
    }
}

impl CsvRows for CompareResponse {
    fn rows(&self) -> impl Iterator<Item = impl Serialize> {
        self.channels.iter().flat_map(|channel| {
            channel.points.iter().map(|point| ComparisonCsvRow {
                channel_idx: channel.idx,
                channel_name: channel.channel_name.as_deref(),
                date: point.date,
                subscribers: point.subscribers,
                subscribers_gained: point.subscribers_gained,
                views: point.views,
                views_gained: point.views_gained,
                uploads: point.uploads,
                is_complete: point.is_complete,
            })
        })
    }
}
