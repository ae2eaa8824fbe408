//! The rules of trends, free of I/O.

use chrono::{DateTime, Utc};
use common::{search::LineKind, serializers::Point, time::days_ago};

/// The two kinds of trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// 인기: watched a lot.
    Popular,
    /// 영상화: being made into videos.
    Made,
}

impl Kind {
    /// The kind a client names in `search`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "인기" => Some(Self::Popular),
            "영상화" => Some(Self::Made),
            _ => None,
        }
    }

    /// The line that shows how a keyword moved.
    pub(crate) const fn line(self) -> LineKind {
        match self {
            Self::Popular => LineKind::Popularity,
            Self::Made => LineKind::Made,
        }
    }

    /// How many days back the word map looks.
    const fn word_map_days(self) -> u64 {
        match self {
            Self::Popular => 7,
            Self::Made => 14,
        }
    }
}

/// From when on each part of an answer looks at uploads; all until `now`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Windows {
    pub now: DateTime<Utc>,
    /// The two lists, and the videos of a keyword.
    pub week: DateTime<Utc>,
    /// The line of a keyword.
    pub line: DateTime<Utc>,
    /// The word map of a keyword.
    pub word_map: DateTime<Utc>,
}

impl Windows {
    /// Windows start at the beginning of a day in Seoul.
    pub(crate) fn new(kind: Kind, now: DateTime<Utc>) -> Self {
        Self {
            now,
            week: days_ago(now, 7),
            line: days_ago(now, 8),
            word_map: days_ago(now, kind.word_map_days()),
        }
    }
}

/// The mean of a line's values; 0 of an empty line.
pub(crate) fn mean(line: &[Point]) -> f64 {
    // Not sum(), which makes -0 of nothing.
    let sum = line.iter().fold(0.0, |sum, point| sum + point.value.number());
    let days = u32::try_from(line.len()).unwrap_or(u32::MAX);
    sum / f64::from(days.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::serializers::LineValue;

    #[test]
    fn the_mean_of_nothing_is_zero() {
        assert_eq!(mean(&[]).to_string(), "0");
        let day = |value| Point { date: "2026-11-21".parse().unwrap(), value };
        let line = [day(LineValue::Videos(1)), day(LineValue::Popularity(2.0))];
        assert!((mean(&line) - 1.5).abs() < f64::EPSILON);
    }

    #[test]
    fn the_word_map_of_what_is_made_looks_back_twice_as_far() {
        let now = "2026-11-21T01:00:00Z".parse().unwrap();
        let windows = Windows::new(Kind::Made, now);
        assert_eq!(windows.word_map, "2026-11-06T15:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(Windows::new(Kind::Popular, now).word_map, windows.week);
    }
}
