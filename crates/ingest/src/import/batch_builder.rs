//! Conversion of observations into rows of the tables.

use super::{shift::Shifts, stored_videos::StoredUploadTimes};
use crate::{
    load::{
        NewChannel, NewKeyword, NewLikes, NewSubscribers, NewVideo, NewViews,
        ObservationGranularity, ObservationRank, RowBatch, is_preferred_channel, row_index,
    },
    observation::VideoObservation,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::time::seoul_day;
use std::collections::{HashMap, hash_map::Entry};

/// Groups observations into a batch without duplicate channels, videos, keywords of a video or
/// intervals of a video; the latest observation of each is kept: see [`ObservationRank`].
///
/// Times are shifted by the shift of the video in `shifts`.
pub(super) fn build_batch(
    rows: Vec<VideoObservation>,
    stored: &StoredUploadTimes,
    shifts: &Shifts,
    granularity: ObservationGranularity,
) -> RowBatch {
    let batch = RowBatch { granularity, ..RowBatch::default() };
    let mut builder = BatchBuilder { batch, ..BatchBuilder::default() };
    for row in rows {
        let shift = shifts.for_video(stored.get(&row.video_id).copied(), row.published);
        builder.add(row, shift);
    }
    builder.finish(stored)
}

#[derive(Default)]
struct BatchBuilder {
    batch: RowBatch,
    channels: HashMap<String, i32>,
    videos: HashMap<String, BatchVideo>,
    /// The positions of channels' counts, by channel and day.
    subscribers: HashMap<(i32, NaiveDate), usize>,
    /// The tags of each video of the batch.
    tags: Vec<Vec<String>>,
}

struct BatchVideo {
    index: usize,
    latest: ObservationRank,
    channel_id: String,
    /// The counts of intervals, by the start of the interval.
    counts: HashMap<DateTime<Utc>, CountPositions>,
}

/// The positions of the counts of an interval.
struct CountPositions {
    views: usize,
    likes: Option<usize>,
}

impl BatchBuilder {
    fn add(&mut self, row: VideoObservation, shift: TimeDelta) {
        let channel = self.channel(&row.channel_id, row.channel_name.as_deref());
        let check_time = row.observed + shift;
        let observed = ObservationRank { time: check_time, views: row.views };
        let counts = (row.views, row.likes, row.dislikes);
        self.count_subscribers(channel, row.subscribers, check_time);
        let video = match self.videos.entry(row.video_id.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(entry) => {
                let index = self.batch.videos.len();
                self.batch.videos.push(NewVideo::stored(row.video_id.clone()));
                self.tags.push(Vec::new());
                let (channel_id, counts) = (String::new(), HashMap::new());
                entry.insert(BatchVideo { index, latest: ObservationRank::MIN, channel_id, counts })
            }
        };
        let is_latest = observed >= video.latest;
        let target = &mut self.batch.videos[video.index];
        if target.channel.is_none()
            || is_preferred_channel(&row.channel_id, &video.channel_id, is_latest)
        {
            target.channel = Some(channel);
            video.channel_id = row.channel_id;
        }
        if is_latest {
            video.latest = observed;
            target.upload_time = row.published + shift;
            target.title = row.title;
            target.description = row.description.or(target.description.take());
            target.thumbnail_url = row.thumbnail_url.or(target.thumbnail_url.take());
            target.observed = Some(observed);
            target.details = row.details.or(std::mem::take(&mut target.details));
            if let Some(tags) = row.tags {
                target.has_tags = true;
                self.tags[video.index] = tags;
            }
        } else {
            target.details = std::mem::take(&mut target.details).or(row.details);
        }
        self.batch.add_counts(video, check_time, counts);
    }

    fn channel(&mut self, channel_id: &str, name: Option<&str>) -> i32 {
        if let Some(index) = self.channels.get(channel_id) {
            return *index;
        }
        let index = row_index(self.batch.channels.len());
        self.channels.insert(channel_id.to_owned(), index);
        self.batch.channels.push(NewChannel {
            channel_id: channel_id.to_owned(),
            name: name.map(str::to_owned),
            // Until subscribers are set or estimated at the end of the import.
            hidden_subscriber: true,
            ..NewChannel::default()
        });
        index
    }

    fn count_subscribers(&mut self, channel: i32, count: Option<i32>, check_time: DateTime<Utc>) {
        let Some(count) = count else { return };
        let row = NewSubscribers { channel, subscribers: count.to_string(), check_time };
        let rows = &mut self.batch.subscribers;
        match self.subscribers.entry((channel, seoul_day(check_time))) {
            Entry::Vacant(entry) => {
                entry.insert(rows.len());
                rows.push(row);
            }
            Entry::Occupied(known) => {
                let stored = &mut rows[*known.get()];
                if check_time >= stored.check_time {
                    *stored = row;
                }
            }
        }
    }

    /// Adds the keywords of the latest observations, and thumbnails of new videos without one.
    fn finish(mut self, stored: &StoredUploadTimes) -> RowBatch {
        for (video, tags) in self.tags.into_iter().enumerate() {
            let video = row_index(video);
            let keywords = tags.into_iter().map(|keyword| NewKeyword { video, keyword });
            self.batch.keywords.extend(keywords);
        }
        for video in &mut self.batch.videos {
            if video.thumbnail_url.is_none() && !stored.contains_key(&video.video_id) {
                let url = format!("https://i.ytimg.com/vi/{}/hqdefault.jpg", video.video_id);
                video.thumbnail_url = Some(url);
            }
        }
        self.batch
    }
}

impl RowBatch {
    /// Adds the counts of an interval, or replaces the counts of an earlier observation.
    fn add_counts(
        &mut self,
        video: &mut BatchVideo,
        check_time: DateTime<Utc>,
        (views, likes, dislikes): (i64, Option<i64>, Option<i64>),
    ) {
        let index = row_index(video.index);
        let views = NewViews { video: index, views, check_time };
        let likes = likes.map(|likes| NewLikes { video: index, likes, dislikes, check_time });
        let counts = match video.counts.entry(self.granularity.start_of(check_time)) {
            Entry::Vacant(entry) => {
                self.views.push(views);
                entry.insert(CountPositions { views: self.views.len() - 1, likes: None })
            }
            Entry::Occupied(entry) => {
                let counts = entry.into_mut();
                let stored = &mut self.views[counts.views];
                let is_equal = stored.check_time == views.check_time && stored.views == views.views;
                self.superseded += u64::from(!is_equal);
                if (check_time, views.views) >= (stored.check_time, stored.views) {
                    *stored = views;
                }
                counts
            }
        };
        match (likes, counts.likes) {
            (Some(likes), None) => {
                counts.likes = Some(self.likes.len());
                self.likes.push(likes);
            }
            (Some(likes), Some(stored)) if likes.rank() >= self.likes[stored].rank() => {
                self.likes[stored] = likes;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
