//! Trend kinds, time windows, the mean of a trend line, and filters of lists; no I/O.

use chrono::{DateTime, Utc};
use common::{
    channel_size::SizeRange, http::filters::LengthFilter, search::LineKind, serializers::Point,
    time::days_ago,
};

/// The order of a list of keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListOrder {
    /// By the lower bound of their growth.
    Rising,
    /// By the number of channels.
    Large,
}

/// The videos that a list of keywords is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListFilter {
    /// The length of the window: 7, 14, 28 or 90.
    pub days: i16,
    pub category: Option<i16>,
    pub length: Option<LengthFilter>,
    pub size: SizeRange,
}

impl ListFilter {
    /// The value of the column `length`.
    pub(crate) fn length_name(&self) -> &'static str {
        self.length.map_or("all", LengthFilter::name)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TrendKind {
    /// 인기: keywords of popular videos.
    Popular,
    /// 영상화: keywords of new videos.
    Recent,
}

impl TrendKind {
    /// Parses the parameter `search`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "인기" => Some(Self::Popular),
            "영상화" => Some(Self::Recent),
            _ => None,
        }
    }

    pub(crate) const fn line(self) -> LineKind {
        match self {
            Self::Popular => LineKind::Popularity,
            Self::Recent => LineKind::Uploads,
        }
    }

    const fn word_map_days(self) -> u64 {
        match self {
            Self::Popular => 7,
            Self::Recent => 14,
        }
    }
}

/// Start of the upload window of each part of a response, at midnight in Seoul; all end at `now`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Windows {
    pub now: DateTime<Utc>,
    /// Window of the keyword lists and of a keyword's videos.
    pub week: DateTime<Utc>,
    pub line: DateTime<Utc>,
    pub word_map: DateTime<Utc>,
}

impl Windows {
    pub(crate) fn new(kind: TrendKind, now: DateTime<Utc>) -> Self {
        Self {
            now,
            week: days_ago(now, 7),
            line: days_ago(now, 8),
            word_map: days_ago(now, kind.word_map_days()),
        }
    }
}

/// The mean of a line's values; 0 for an empty line.
pub(crate) fn mean(line: &[Point]) -> f64 {
    // sum() of no values would be -0.
    let sum = line.iter().fold(0.0, |sum, point| sum + point.value.number());
    let days = u32::try_from(line.len()).unwrap_or(u32::MAX);
    sum / f64::from(days.max(1))
}
