//! Rows of the demo.

use super::{
    DEFAULT_SCALE, SeedError, channel::DemoChannel, growth::ViewCurve, ids::channel_of,
    video::DemoVideo,
};
use crate::load::{NewKeyword, RowBatch, row_index};
use chrono::{DateTime, Utc};
use demo_words::Words;
use std::{collections::BTreeMap, ops::Range};

/// Videos per transaction.
const CHUNK_VIDEOS: u32 = 5_000;

/// Demo data of a given scale.
pub(super) struct Demo {
    words: Words,
    scale: u32,
    reference: DateTime<Utc>,
    density: HistoryDensity,
    /// The views of the first [`DEFAULT_SCALE`] videos by channel, at any scale: a larger demo adds
    /// rows without changing those of a smaller one.
    views: BTreeMap<u32, Vec<ViewCurve>>,
}

/// The amount of history per video and channel.
struct HistoryDensity {
    /// Maximum number of view counts per video.
    view_counts: u32,
    /// Whether every view count has a like count, or only the last.
    daily_likes: bool,
    /// Days between the counts of a channel.
    channel_step: usize,
}

impl Demo {
    /// The time of the newest counts, which all other times are relative to.
    pub(super) const fn reference_time(&self) -> DateTime<Utc> {
        self.reference
    }

    /// A demo of `scale` videos as of `reference`. Counts are daily for up to 20,000 videos, and
    /// less frequent for more.
    pub(super) fn new(scale: u32, reference: DateTime<Utc>) -> Result<Self, SeedError> {
        let density = if scale <= 20_000 {
            HistoryDensity { view_counts: 31, daily_likes: true, channel_step: 1 }
        } else {
            HistoryDensity { view_counts: 4, daily_likes: false, channel_step: 5 }
        };
        let words = Words::read()?;
        let views = views_by_channel(&words, reference);
        Ok(Self { words, scale, reference, density, views })
    }

    /// The numbers of its videos, in one chunk per transaction.
    pub(super) fn chunks(&self) -> impl Iterator<Item = Range<u32>> {
        let scale = self.scale;
        (0..scale.div_ceil(CHUNK_VIDEOS))
            .map(move |part| part * CHUNK_VIDEOS..scale.min((part + 1) * CHUNK_VIDEOS))
    }

    /// The rows of the videos with these numbers, their channels and counts.
    pub(super) fn batch(&self, videos: &[u32]) -> RowBatch {
        let mut batch = RowBatch::default();
        let mut indexes: BTreeMap<u32, (i32, DemoChannel<'_>)> = BTreeMap::new();
        for &number in videos {
            let channel_number = channel_of(number);
            // A video without a channel is generated like one of the first channel.
            let (index, channel) =
                indexes.entry(channel_number.unwrap_or_default()).or_insert_with(|| {
                    let channel = DemoChannel::new(channel_number.unwrap_or_default(), &self.words);
                    (self.add_channel(&mut batch, &channel), channel)
                });
            let video = DemoVideo::new(number, channel, &self.words, self.reference);
            self.add_video(&mut batch, channel_number.map(|_| *index), video);
        }
        batch
    }

    fn add_channel(&self, batch: &mut RowBatch, channel: &DemoChannel<'_>) -> i32 {
        let index = row_index(batch.channels.len());
        let (reference, step) = (self.reference, self.density.channel_step);
        batch.channels.push(channel.row());
        batch.subscribers.extend(channel.subscriber_rows(index, reference, step));
        let views = self.views.get(&channel.number).map_or(&[][..], Vec::as_slice);
        let demo_views = |time| views.iter().map(|curve| curve.views_at(time)).sum();
        batch.channel_views.extend(channel.view_rows(index, reference, step, demo_views));
        index
    }

    fn add_video(&self, batch: &mut RowBatch, channel: Option<i32>, video: DemoVideo<'_>) {
        let index = row_index(batch.videos.len());
        let counts = video.view_rows(index, self.reference, self.density.view_counts);
        batch.videos.push(video.row(channel, &counts));
        let liked = if self.density.daily_likes { 0 } else { counts.len().saturating_sub(1) };
        batch.likes.extend(counts.iter().skip(liked).map(|count| video.likes_row(count)));
        batch.views.extend(counts);
        let keywords = video.into_keywords().into_iter();
        batch.keywords.extend(keywords.map(|keyword| NewKeyword { video: index, keyword }));
    }
}

fn views_by_channel(words: &Words, reference: DateTime<Utc>) -> BTreeMap<u32, Vec<ViewCurve>> {
    let mut channels = BTreeMap::new();
    let mut views: BTreeMap<u32, Vec<ViewCurve>> = BTreeMap::new();
    for number in 0..DEFAULT_SCALE {
        let Some(channel_number) = channel_of(number) else { continue };
        let channel = channels
            .entry(channel_number)
            .or_insert_with(|| DemoChannel::new(channel_number, words));
        let video = DemoVideo::new(number, channel, words, reference);
        views.entry(channel_number).or_default().push(video.views);
    }
    views
}

#[cfg(test)]
mod tests;
