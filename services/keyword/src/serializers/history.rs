//! Uses of keywords over time.

use crate::{domain::HistoryFilter, queries::postgres::DayRow};
use chrono::{DateTime, NaiveDate, Utc};
use common::{
    error::FieldErrors,
    http::{CsvRows, Field, decode_query},
    keywords::{keyword_key, parse_keyword_key},
    time::Interval,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};

const MAX_KEYWORDS: usize = 5;
const MAX_DAYS: u64 = 365;
const DEFAULT_DAYS: u64 = 28;

/// The parameters of `keywords/history/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HistoryParams {
    /// One to five keywords: the parameter may be repeated. Spellings of one keyword count once.
    #[param(value_type = Vec<String>, example = json!(["먹방"]), min_items = 1, max_items = 5)]
    #[serde(rename = "keyword")]
    _keyword: Field<String>,
    /// The number of days until today, from 1 to 365; by default 28. The first week is complete.
    #[param(value_type = Option<i64>, example = 28, minimum = 1, maximum = 365)]
    days: Field<i64>,
    /// `day` or `week` (from Monday); by default `day`.
    #[param(value_type = Option<String>, example = "day", pattern = "^(day|week)$")]
    unit: Field<String>,
}

impl HistoryParams {
    /// The filter; `query` is the whole query string, with every keyword.
    pub(crate) fn validate(self, query: &str) -> Result<HistoryFilter, FieldErrors> {
        let mut errors = FieldErrors::default();
        let days = |days: i64| match u64::try_from(days) {
            Ok(days @ 1..=MAX_DAYS) => Ok(days),
            _ => Err(format!("Must be from 1 to {MAX_DAYS}.")),
        };
        let days = self.days.and_then(days).optional("days", &mut errors);
        let unit = self.unit.and_then(|unit| unit.parse()).optional("unit", &mut errors);
        let keywords = parse_keywords(query).unwrap_or_else(|message| {
            errors.add("keyword", message);
            Vec::new()
        });
        let filter = HistoryFilter {
            keywords,
            days: days.unwrap_or(DEFAULT_DAYS),
            unit: unit.unwrap_or(Interval::Day),
        };
        if errors.is_empty() { Ok(filter) } else { Err(errors) }
    }
}

fn parse_keywords(query: &str) -> Result<Vec<String>, &'static str> {
    let values = decode_query(query).filter(|(name, _)| name == b"keyword");
    let mut keywords: Vec<String> = Vec::new();
    let mut keys = Vec::new();
    for (_, value) in values {
        let keyword = String::from_utf8(value).map_err(|_| "This is not valid UTF-8.")?;
        if keyword.contains('\0') {
            return Err("Null characters are not allowed.");
        }
        let key = parse_keyword_key(&keyword)?;
        if !keys.contains(&key) {
            keys.push(key);
            keywords.push(keyword);
        }
    }
    match keywords.len() {
        0 => Err("This field is required."),
        1..=MAX_KEYWORDS => Ok(keywords),
        _ => Err("Expected up to five keywords."),
    }
}

/// Uses of keywords by day or week, in Seoul.
#[derive(Serialize, ToSchema)]
pub(crate) struct HistoryResponse {
    /// `day` or `week`.
    #[schema(example = "day")]
    unit: &'static str,
    /// The first day.
    from: NaiveDate,
    /// The last day: today.
    until: NaiveDate,
    /// In the order of the request.
    keywords: Vec<KeywordHistory>,
}

/// The uses of one keyword.
#[derive(Serialize, ToSchema)]
struct KeywordHistory {
    /// The keyword, as requested first.
    #[schema(example = "먹방")]
    keyword: String,
    /// The oldest first, without missing ones.
    points: Vec<HistoryPoint>,
}

/// The uses of a keyword in a day or week.
#[derive(Serialize, ToSchema)]
struct HistoryPoint {
    /// The day, or the first day of the week.
    date: NaiveDate,
    /// Videos; null if there is no data of that time, 0 if no video uses the keyword.
    #[schema(example = 12)]
    videos: Option<i64>,
    /// Distinct channels; null for weeks, because a channel can use it on several days.
    #[schema(example = 9)]
    channels: Option<i64>,
    /// Views of these videos, as last observed.
    #[schema(example = 120_000)]
    views: Option<i64>,
    /// Whether it is over.
    is_complete: bool,
}

/// A row of CSV.
#[derive(Serialize)]
struct HistoryCsvRow<'a> {
    keyword: &'a str,
    date: NaiveDate,
    videos: Option<i64>,
    channels: Option<i64>,
    views: Option<i64>,
    is_complete: bool,
}

impl HistoryResponse {
    /// `rows` are the days with uses, and `days_with_data` those on which any keyword was used.
    pub(crate) fn new(
        filter: HistoryFilter,
        now: DateTime<Utc>,
        rows: &[DayRow],
        days_with_data: Vec<NaiveDate>,
    ) -> Self {
        let range = filter.range(now);
        let days_with_data: BTreeSet<NaiveDate> = days_with_data.into_iter().collect();
        let periods = filter.periods(range, &days_with_data);
        let unit = filter.unit;
        let point = |key: &str, (date, days, is_complete): (NaiveDate, usize, bool)| {
            let used = rows.iter().filter(|row| row.key == key && unit.first_day(row.day) == date);
            let (mut videos, mut channels, mut views) = (0, 0, 0_i64);
            for row in used {
                videos += i64::from(row.videos);
                channels += i64::from(row.channels);
                views = views.saturating_add(row.views);
            }
            let known = |count: i64| (days > 0).then_some(count);
            HistoryPoint {
                date,
                videos: known(videos),
                channels: known(channels).filter(|_| unit == Interval::Day),
                views: known(views),
                is_complete,
            }
        };
        let history = |keyword: String| {
            let key = keyword_key(&keyword);
            let points = periods.iter().map(|period| point(&key, *period)).collect();
            KeywordHistory { keyword, points }
        };
        Self {
            unit: unit.name(),
            from: range.0,
            until: range.1,
            keywords: filter.keywords.into_iter().map(history).collect(),
        }
    }
}

impl CsvRows for HistoryResponse {
    fn rows(&self) -> impl Iterator<Item = impl Serialize> {
        self.keywords.iter().flat_map(|history| {
            history.points.iter().map(|point| HistoryCsvRow {
                keyword: &history.keyword,
                date: point.date,
                videos: point.videos,
                channels: point.channels,
                views: point.views,
                is_complete: point.is_complete,
            })
        })
    }
}
