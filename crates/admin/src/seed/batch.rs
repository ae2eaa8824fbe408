//! Demo videos as rows of the tables.

use super::{channel::DemoChannel, identity::channel_of, video::DemoVideo, words::Words};
use crate::load::{Batch, NewKeyword};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// How much history is made for each video and channel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depth {
    /// The most view counts of a video.
    view_counts: u32,
    /// Like counts for every view count, or only for the last.
    daily_likes: bool,
    /// Days from one subscriber count to the next.
    subscriber_step: usize,
}

impl Depth {
    /// Daily counts for a demo to be looked at, fewer for one that is to be large.
    pub(super) fn of(scale: u32) -> Self {
        if scale <= 20_000 {
            Self { view_counts: 31, daily_likes: true, subscriber_step: 1 }
        } else {
            Self { view_counts: 4, daily_likes: false, subscriber_step: 5 }
        }
    }
}

/// The rows of the videos with these numbers, of their channels, and of all their counts.
pub(super) fn make_batch(
    videos: &[u32],
    words: &Words,
    present: DateTime<Utc>,
    depth: Depth,
) -> Batch {
    let mut batch = Batch::default();
    let mut places: BTreeMap<u32, (i32, DemoChannel<'_>)> = BTreeMap::new();
    for &number in videos {
        let home = channel_of(number);
        // A video without a channel is made as if it had that of the first video.
        let (place, channel) = places.entry(home.unwrap_or_default()).or_insert_with(|| {
            let channel = DemoChannel::new(home.unwrap_or_default(), words);
            (add_channel(&mut batch, &channel, present, depth), channel)
        });
        let video = DemoVideo::new(number, channel, words, present);
        add_video(&mut batch, home.map(|_| *place), video, present, depth);
    }
    batch
}

fn add_channel(
    batch: &mut Batch,
    channel: &DemoChannel<'_>,
    present: DateTime<Utc>,
    depth: Depth,
) -> i32 {
    let place = place(batch.channels.len());
    batch.channels.push(channel.row());
    batch.subscribers.extend(channel.subscriber_rows(place, present, depth.subscriber_step));
    batch.channel_views.push(channel.views_row(place, present));
    place
}

fn add_video(
    batch: &mut Batch,
    channel: Option<i32>,
    video: DemoVideo<'_>,
    present: DateTime<Utc>,
    depth: Depth,
) {
    let place = place(batch.videos.len());
    let counts = video.view_rows(place, present, depth.view_counts);
    batch.videos.push(video.row(channel, &counts));
    let liked = if depth.daily_likes { 0 } else { counts.len().saturating_sub(1) };
    batch.likes.extend(counts.iter().skip(liked).map(|count| video.likes_row(count)));
    batch.views.extend(counts);
    let keywords = video.into_keywords().into_iter();
    batch.keywords.extend(keywords.map(|keyword| NewKeyword { video: place, keyword }));
}

/// A place in a list: batches are far smaller than 2³¹.
fn place(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;
