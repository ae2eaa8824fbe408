//! Parameters and response types that several services share.

mod outliers;

pub use outliers::{Outlier, OutlierParams};

use crate::{
    keywords::KeywordCount,
    search::{DayBucket, LineKind},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// Rounds to three decimals.
pub fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}

/// A keyword and how many videos have it.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeywordValue {
    /// A complete tag of a video.
    #[schema(example = "먹방")]
    pub name: String,
    /// The number of videos.
    #[schema(example = 12)]
    pub value: u64,
}

impl From<KeywordCount> for KeywordValue {
    fn from(counted: KeywordCount) -> Self {
        Self { name: counted.name, value: counted.count }
    }
}

/// The most frequent keywords of a set of videos.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeywordList {
    /// The set of videos: `인기` (the most popular), `영상화` (the newest) and so on.
    #[serde(rename = "type")]
    #[schema(example = "인기")]
    kind: &'static str,
    /// Up to ten, the most frequent first.
    keyword: Vec<KeywordValue>,
}

impl KeywordList {
    /// A list of counted keywords.
    pub fn new(kind: &'static str, counted: Vec<KeywordCount>) -> Self {
        Self { kind, keyword: counted.into_iter().map(KeywordValue::from).collect() }
    }
}

/// The most frequent keywords of a keyword or channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct WordMap {
    /// The keyword, or the channel's name; null for a channel without a name.
    #[schema(example = "먹방")]
    name: Option<String>,
    /// Color of the center.
    #[schema(example = "#666")]
    color: &'static str,
    /// The most frequent first.
    children: Vec<Word>,
}

impl WordMap {
    /// A word map with `name` in the center.
    pub fn new(name: impl Into<Option<String>>, children: Vec<Word>) -> Self {
        Self { name: name.into(), color: "#666", children }
    }
}

/// A keyword of a word map.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Word {
    /// A complete tag of a video.
    #[schema(example = "일상")]
    name: String,
    /// The number of videos.
    #[schema(example = 3)]
    value: u64,
    /// Color, by rank.
    #[schema(example = "#f9bf69")]
    color: &'static str,
}

impl Word {
    /// Counted keywords, colored by rank.
    pub fn list(counted: Vec<KeywordCount>) -> Vec<Self> {
        let words = counted.into_iter().enumerate().map(|(rank, keyword)| Self {
            name: keyword.name,
            value: keyword.count,
            color: color_at(rank),
        });
        words.collect()
    }
}

/// The color of the word at this rank, from 0; constant from rank 5 on.
const fn color_at(rank: usize) -> &'static str {
    match rank {
        0 | 3 => "#f9bf69",
        1 | 4 => "#f65a5a",
        _ => "#508ddc",
    }
}

/// The daily trend of a keyword.
#[derive(Debug, Serialize, ToSchema)]
pub struct Line {
    /// `인기도 추이` or `영상화 추이`.
    #[serde(rename = "type")]
    #[schema(example = "인기도 추이")]
    kind: &'static str,
    /// Oldest first.
    pub data: Vec<Point>,
}

/// One day of a trend.
#[derive(Debug, Serialize, ToSchema)]
pub struct Point {
    /// The day, in Seoul.
    pub date: NaiveDate,
    /// 인기도: the day's mean popularity × 100; 영상화: the number of videos.
    #[schema(value_type = f64, example = 37.5)]
    pub value: LineValue,
}

/// The value of a keyword on one day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum LineValue {
    /// Number of videos.
    Videos(u32),
    /// Mean popularity × 100; 0 on a day without videos.
    Popularity(f64),
}

impl LineValue {
    /// The value as a number.
    pub fn number(self) -> f64 {
        match self {
            Self::Videos(count) => count.into(),
            Self::Popularity(popularity) => popularity,
        }
    }
}

impl Line {
    /// The trend of this kind over these days.
    pub fn new(kind: LineKind, days: &[DayBucket]) -> Self {
        let name = match kind {
            LineKind::Popularity => "인기도 추이",
            LineKind::Uploads => "영상화 추이",
        };
        let value = |day: &DayBucket| match kind {
            LineKind::Uploads => LineValue::Videos(day.count),
            LineKind::Popularity => LineValue::Popularity(day.mean.value.unwrap_or(0.0) * 100.0),
        };
        let points = days.iter().map(|day| Point { date: day.day, value: value(day) });
        Self { kind: name, data: points.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn word_colors_repeat_then_stay_constant() {
        let colors: Vec<_> = (0..7).map(color_at).collect();
        let expected =
            ["#f9bf69", "#f65a5a", "#508ddc", "#f9bf69", "#f65a5a", "#508ddc", "#508ddc"];
        assert_eq!(colors, expected);
    }

    #[test]
    fn day_without_videos_has_value_0() {
        let days: Vec<DayBucket> = serde_json::from_value(json!([
            {"key_as_string": "2026-11-20", "doc_count": 2, "mean": {"value": 0.25}},
            {"key_as_string": "2026-11-21", "doc_count": 0, "mean": {"value": null}},
        ]))
        .unwrap();
        let popularity = serde_json::to_value(Line::new(LineKind::Popularity, &days));
        let expected = json!({"type": "인기도 추이", "data": [
            {"date": "2026-11-20", "value": 25.0}, {"date": "2026-11-21", "value": 0.0}]});
        assert_eq!(popularity.unwrap(), expected);
        let uploads = serde_json::to_value(Line::new(LineKind::Uploads, &days)).unwrap();
        assert_eq!(uploads["data"][0]["value"], json!(2));
    }
}
