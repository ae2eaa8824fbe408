//! The demo as a whole: videos as rows of the tables.

use super::{SeedError, channel::DemoChannel, ids::channel_of, video::DemoVideo, words::Words};
use crate::load::{Batch, NewKeyword};
use chrono::{DateTime, Utc};
use std::{collections::BTreeMap, ops::Range};

/// Videos per transaction.
const CHUNK: u32 = 5_000;

/// Demo data of a given scale.
pub(super) struct Demo {
    words: Words,
    scale: u32,
    present: DateTime<Utc>,
    depth: Depth,
}

/// The amount of history per video and channel.
struct Depth {
    /// The most view counts of a video.
    view_counts: u32,
    /// Like counts for every view count, or only for the last.
    daily_likes: bool,
    /// Days from one subscriber count to the next.
    subscriber_step: usize,
}

impl Demo {
    /// A demo of `scale` videos as of `present`: with daily counts if it is to be looked
    /// at, with fewer if it is to be large.
    pub(super) fn new(scale: u32, present: DateTime<Utc>) -> Result<Self, SeedError> {
        let depth = if scale <= 20_000 {
            Depth { view_counts: 31, daily_likes: true, subscriber_step: 1 }
        } else {
            Depth { view_counts: 4, daily_likes: false, subscriber_step: 5 }
        };
        Ok(Self { words: Words::read()?, scale, present, depth })
    }

    /// The numbers of its videos, in parts for a transaction each.
    pub(super) fn chunks(&self) -> impl Iterator<Item = Range<u32>> {
        let scale = self.scale;
        (0..scale.div_ceil(CHUNK)).map(move |part| part * CHUNK..scale.min((part + 1) * CHUNK))
    }

    /// The rows of the videos with these numbers, of their channels, and of all counts.
    pub(super) fn batch(&self, videos: &[u32]) -> Batch {
        let mut batch = Batch::default();
        let mut places: BTreeMap<u32, (i32, DemoChannel<'_>)> = BTreeMap::new();
        for &number in videos {
            let home = channel_of(number);
            // A video without a channel is generated like one of the first channel.
            let (place, channel) = places.entry(home.unwrap_or_default()).or_insert_with(|| {
                let channel = DemoChannel::new(home.unwrap_or_default(), &self.words);
                (self.add_channel(&mut batch, &channel), channel)
            });
            let video = DemoVideo::new(number, channel, &self.words, self.present);
            self.add_video(&mut batch, home.map(|_| *place), video);
        }
        batch
    }

    fn add_channel(&self, batch: &mut Batch, channel: &DemoChannel<'_>) -> i32 {
        let place = place(batch.channels.len());
        let counts = channel.subscriber_rows(place, self.present, self.depth.subscriber_step);
        batch.channels.push(channel.row());
        batch.subscribers.extend(counts);
        batch.channel_views.push(channel.views_row(place, self.present));
        place
    }

    fn add_video(&self, batch: &mut Batch, channel: Option<i32>, video: DemoVideo<'_>) {
        let place = place(batch.videos.len());
        let counts = video.view_rows(place, self.present, self.depth.view_counts);
        batch.videos.push(video.row(channel, &counts));
        let liked = if self.depth.daily_likes { 0 } else { counts.len().saturating_sub(1) };
        batch.likes.extend(counts.iter().skip(liked).map(|count| video.likes_row(count)));
        batch.views.extend(counts);
        let keywords = video.into_keywords().into_iter();
        batch.keywords.extend(keywords.map(|keyword| NewKeyword { video: place, keyword }));
    }
}

/// An index: batches are far smaller than 2³¹.
fn place(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[path = "demo_tests.rs"]
mod tests;
