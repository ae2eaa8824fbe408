//! Counts of one keyword in all windows, from its uses in the order of channels.

use common::{
    channel_size::{CLASS_COUNT, class_of},
    time::SECONDS_PER_DAY,
};
use foldhash::HashMap;
use std::ops::Add;
use tokio_postgres::Row;

/// Lengths of the windows, in days.
pub(super) const WINDOWS: [i32; 4] = [7, 14, 28, 90];

/// The number of preceding windows of the same length that a window is compared with.
pub(super) const PREVIOUS_WINDOWS: i32 = 4;

/// A video that uses a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeywordUse {
    pub keyword: i32,
    pub channel: Option<i32>,
    pub video: i32,
    pub spelling: i32,
    /// Seconds between the upload and the end of the windows.
    pub age: i32,
    pub views: i64,
    /// YouTube category id; 0 if unknown.
    pub category: i16,
    pub is_short: Option<bool>,
    /// 0 if unknown.
    pub subscribers: i32,
}

impl From<&Row> for KeywordUse {
    /// A row of `uses.sql` or `uploads.sql`.
    fn from(row: &Row) -> Self {
        Self {
            keyword: row.get(0),
            channel: row.get(1),
            video: row.get(2),
            spelling: row.get(3),
            age: row.get(4),
            views: row.get(5),
            category: row.get(6),
            is_short: row.get(7),
            subscribers: row.get(8),
        }
    }
}

/// A filter by video length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum LengthFilter {
    All,
    Shorts,
    Long,
}

impl LengthFilter {
    /// The value of the column `length` in `keyword_list`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Shorts => "shorts",
            Self::Long => "long",
        }
    }
}

/// A window of one of [`WINDOWS`], and a filter of its videos.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ListScope {
    pub days: i32,
    /// 0: all.
    pub category: i16,
    /// The column `length`.
    pub length: LengthFilter,
}

/// Counts of a window and of the preceding windows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct WindowCounts {
    pub videos: u32,
    pub channels: u32,
    /// The number of videos of the channel with the most videos.
    pub max_channel_videos: u32,
    pub views: i64,
    pub previous_videos: u32,
    /// The sum of the channels of each preceding window.
    pub previous_channels: u32,
}

impl Add for WindowCounts {
    type Output = Self;

    /// The counts of two disjoint sets of channels.
    fn add(self, other: Self) -> Self {
        Self {
            videos: self.videos + other.videos,
            channels: self.channels + other.channels,
            max_channel_videos: self.max_channel_videos.max(other.max_channel_videos),
            views: self.views.saturating_add(other.views),
            previous_videos: self.previous_videos + other.previous_videos,
            previous_channels: self.previous_channels + other.previous_channels,
        }
    }
}

/// Counts by the class of the channel; the last is of channels of unknown size.
pub(super) type CountsBySize = [WindowCounts; CLASS_COUNT + 1];

/// Counts of one channel.
#[derive(Debug, Clone, Copy, Default)]
struct ChannelCounts {
    videos: u32,
    views: i64,
    previous_videos: u32,
    /// A bit for each preceding window with videos of the channel.
    previous_windows: u8,
}

/// Counts of one keyword by scope and class.
#[derive(Debug, Default)]
pub(super) struct KeywordCounter {
    scopes: HashMap<ListScope, CountsBySize>,
    /// Counts of `current`, by scope.
    channel: Vec<(ListScope, ChannelCounts)>,
    /// The channel and class of the uses added last.
    current: (Option<i32>, usize),
}

impl KeywordCounter {
    /// Adds a use. The uses of a channel follow each other.
    pub(super) fn add(&mut self, used: &KeywordUse) {
        let class = class_of(used.subscribers).unwrap_or(CLASS_COUNT);
        if self.current != (used.channel, class) {
            self.finish_channel();
            self.current = (used.channel, class);
        }
        let length = match used.is_short {
            Some(true) => LengthFilter::Shorts,
            Some(false) => LengthFilter::Long,
            None => LengthFilter::All,
        };
        for days in WINDOWS {
            let window = used.age / (days * SECONDS_PER_DAY);
            if window > PREVIOUS_WINDOWS {
                continue;
            }
            for category in [0, used.category] {
                for length in [LengthFilter::All, length] {
                    self.count(ListScope { days, category, length }, window, used.views);
                    if length == LengthFilter::All && used.is_short.is_none() {
                        break;
                    }
                }
                if used.category == 0 {
                    break;
                }
            }
        }
    }

    fn count(&mut self, scope: ListScope, window: i32, views: i64) {
        let known = self.channel.iter().position(|(known, _)| *known == scope);
        let at = known.unwrap_or_else(|| {
            self.channel.push((scope, ChannelCounts::default()));
            self.channel.len() - 1
        });
        let counts = &mut self.channel[at].1;
        if window == 0 {
            counts.videos += 1;
            counts.views = counts.views.saturating_add(views);
        } else {
            counts.previous_videos += 1;
            counts.previous_windows |= 1 << (window - 1);
        }
    }

    fn finish_channel(&mut self) {
        let (channel, class) = self.current;
        for (scope, counts) in self.channel.drain(..) {
            let is_channel = u32::from(channel.is_some());
            let counted = WindowCounts {
                videos: counts.videos,
                channels: is_channel * u32::from(counts.videos > 0),
                max_channel_videos: is_channel * counts.videos,
                views: counts.views,
                previous_videos: counts.previous_videos,
                previous_channels: is_channel * counts.previous_windows.count_ones(),
            };
            let classes = self.scopes.entry(scope).or_default();
            classes[class] = classes[class] + counted;
        }
    }

    /// The counts of everything that was added; it is empty afterwards.
    pub(super) fn finish(&mut self) -> HashMap<ListScope, CountsBySize> {
        self.finish_channel();
        self.current = (None, 0);
        std::mem::take(&mut self.scopes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i32 = 3_600;

    fn used(channel: i32, video: i32, age_days: i32, subscribers: i32) -> KeywordUse {
        KeywordUse {
            keyword: 1,
            channel: Some(channel),
            video,
            spelling: 1,
            age: age_days * SECONDS_PER_DAY + HOUR,
            views: 100,
            category: 0,
            is_short: None,
            subscribers,
        }
    }

    fn counts(uses: &[KeywordUse], scope: ListScope, class: usize) -> WindowCounts {
        let mut counter = KeywordCounter::default();
        for used in uses {
            counter.add(used);
        }
        counter.finish().get(&scope).map_or_else(WindowCounts::default, |classes| classes[class])
    }

    const WEEK: ListScope = ListScope { days: 7, category: 0, length: LengthFilter::All };

    #[test]
    fn channels_count_once_per_window() {
        let uses = [
            used(1, 1, 0, 500),
            used(1, 2, 6, 500),
            used(1, 3, 7, 500),
            used(1, 4, 13, 500),
            used(1, 5, 34, 500),
            used(1, 6, 35, 500),
            used(2, 7, 1, 999),
        ];
        let expected = WindowCounts {
            videos: 3,
            channels: 2,
            max_channel_videos: 2,
            views: 300,
            previous_videos: 3,
            previous_channels: 2,
        };
        assert_eq!(counts(&uses, WEEK, 0), expected);
    }

    #[test]
    fn uses_count_in_the_class_of_their_channel() {
        let uses = [used(1, 1, 0, 0), used(2, 2, 0, 1), used(3, 3, 0, 5_000_000)];
        for class in [0, CLASS_COUNT - 1, CLASS_COUNT] {
            assert_eq!(counts(&uses, WEEK, class).channels, 1, "{class}");
        }
        assert_eq!(counts(&uses, WEEK, 4), WindowCounts::default());
    }

    #[test]
    fn uses_count_in_their_category_and_length() {
        let short = KeywordUse { category: 20, is_short: Some(true), ..used(1, 1, 0, 1) };
        let long = KeywordUse { category: 10, is_short: Some(false), ..used(2, 2, 0, 1) };
        let count = |category, length| {
            counts(&[short, long], ListScope { days: 28, category, length }, 0).videos
        };
        assert_eq!((count(0, LengthFilter::All), count(20, LengthFilter::All)), (2, 1));
        assert_eq!((count(0, LengthFilter::Shorts), count(20, LengthFilter::Shorts)), (1, 1));
        assert_eq!((count(20, LengthFilter::Long), count(10, LengthFilter::Long)), (0, 1));
    }

    #[test]
    fn video_without_a_channel_counts_as_video_only() {
        let uses = [KeywordUse { channel: None, ..used(0, 1, 0, 0) }];
        let counted = counts(&uses, WEEK, CLASS_COUNT);
        assert_eq!((counted.videos, counted.channels, counted.max_channel_videos), (1, 0, 0));
    }
}
