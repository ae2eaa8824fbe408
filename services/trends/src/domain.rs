//! The rules of trends, free of I/O.

use chrono::{DateTime, Utc};
use common::{search::DayBucket, time::days_ago};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

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

/// A keyword, and how many videos have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeywordCount {
    pub name: String,
    pub count: u64,
}

/// The `limit` most frequent keywords of a set of videos. A video counts a keyword once;
/// equal counts come in the order of first appearance in the set.
pub(crate) fn count_keywords<K>(
    videos: impl IntoIterator<Item = K>,
    stop: &HashSet<String>,
    limit: usize,
) -> Vec<KeywordCount>
where
    K: IntoIterator<Item = String>,
{
    let mut counts: Vec<KeywordCount> = Vec::new();
    let mut places: HashMap<String, (usize, usize)> = HashMap::new();
    for (number, keywords) in videos.into_iter().enumerate() {
        for keyword in keywords.into_iter().filter(|keyword| !stop.contains(keyword)) {
            let (place, last_video) = places.entry(keyword).or_insert_with_key(|keyword| {
                counts.push(KeywordCount { name: keyword.clone(), count: 0 });
                (counts.len() - 1, usize::MAX)
            });
            if *last_video != number {
                *last_video = number;
                counts[*place].count += 1;
            }
        }
    }
    // The sort is stable: equal counts keep their order.
    counts.sort_by_key(|counted| std::cmp::Reverse(counted.count));
    counts.truncate(limit);
    counts
}

/// The colours of a word map's words, by place; all further ones have the last.
pub(crate) const fn colour(place: usize) -> &'static str {
    match place {
        0 | 3 => "#f9bf69",
        1 | 4 => "#f65a5a",
        _ => "#508ddc",
    }
}

/// The value of a day on a keyword's line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum LineValue {
    /// How many videos were made.
    Videos(u32),
    /// Their mean popularity × 100; 0 on a day without.
    Popularity(f64),
}

impl LineValue {
    /// What a day counts on the line of this kind.
    pub(crate) fn new(kind: Kind, day: &DayBucket) -> Self {
        match kind {
            Kind::Made => Self::Videos(day.count),
            Kind::Popular => Self::Popularity(day.mean.value.unwrap_or(0.0) * 100.0),
        }
    }

    fn number(self) -> f64 {
        match self {
            Self::Videos(count) => count.into(),
            Self::Popularity(popularity) => popularity,
        }
    }
}

/// The mean of a line's values; 0 of an empty line.
pub(crate) fn mean(line: &[LineValue]) -> f64 {
    let sum: f64 = line.iter().map(|value| value.number()).sum();
    let days = u32::try_from(line.len()).unwrap_or(u32::MAX);
    sum / f64::from(days.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count(videos: &[&[&str]], stop: &[&str], limit: usize) -> Vec<(String, u64)> {
        let videos = videos.iter().map(|tags| tags.iter().map(ToString::to_string));
        let stop = stop.iter().map(ToString::to_string).collect();
        let counted = count_keywords(videos, &stop, limit);
        counted.into_iter().map(|keyword| (keyword.name, keyword.count)).collect()
    }

    #[test]
    fn equal_counts_come_in_the_order_of_first_appearance() {
        let counted = count(&[&["나", "가"], &["다", "가"], &["나"]], &[], 3);
        assert_eq!(counted, [("나".into(), 2), ("가".into(), 2), ("다".into(), 1)]);
    }

    #[test]
    fn a_video_counts_a_keyword_once() {
        assert_eq!(count(&[&["가", "가"], &["가"]], &[], 9), [("가".into(), 2)]);
    }

    #[test]
    fn stop_keywords_are_compared_letter_by_letter() {
        let counted = count(&[&["lol", "LOL", "롤"]], &["lol"], 9);
        assert_eq!(counted, [("LOL".into(), 1), ("롤".into(), 1)]);
    }

    #[test]
    fn colours_repeat_then_stay() {
        let colours: Vec<_> = (0..7).map(colour).collect();
        let expected =
            ["#f9bf69", "#f65a5a", "#508ddc", "#f9bf69", "#f65a5a", "#508ddc", "#508ddc"];
        assert_eq!(colours, expected);
    }

    #[test]
    fn the_mean_of_nothing_is_zero() {
        assert!(mean(&[]).abs() < f64::EPSILON);
        let line = [LineValue::Videos(1), LineValue::Videos(2)];
        assert!((mean(&line) - 1.5).abs() < f64::EPSILON);
    }

    #[test]
    fn the_word_map_of_what_is_made_looks_back_twice_as_far() {
        let now = "2026-11-21T01:00:00Z".parse().unwrap();
        let windows = Windows::new(Kind::Made, now);
        assert_eq!(windows.word_map, "2026-11-06T15:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(Windows::new(Kind::Popular, now).word_map, windows.week);
    }

    proptest! {
        #[test]
        fn counts_agree_with_counting_each_keyword_by_itself(
            videos in prop::collection::vec(prop::collection::vec("[a-e]", 0..6), 0..20)
        ) {
            let counted = count_keywords(videos.clone(), &HashSet::new(), usize::MAX);
            for keyword in &counted {
                let holding = videos.iter().filter(|tags| tags.contains(&keyword.name)).count();
                prop_assert_eq!(keyword.count, holding as u64);
            }
            prop_assert!(counted.is_sorted_by(|a, b| a.count >= b.count));
        }
    }
}
