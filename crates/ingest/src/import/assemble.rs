//! Conversion of observations into rows of the tables.

use crate::{
    load::{Batch, NewChannel, NewKeyword, NewLikes, NewVideo, NewViews},
    observation::VideoObservation,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::time::seoul_day;
use std::collections::{HashMap, HashSet};

/// The upload times of stored videos, by YouTube id.
pub(super) type Uploads = HashMap<String, DateTime<Utc>>;

/// Groups observations into a batch without duplicate channels, videos, keywords of a video or
/// days of a video; the first observation of each is kept.
///
/// Times are shifted by `shift`, or by the shift of the stored video: see [`shift_of`].
pub(super) fn assemble(rows: Vec<VideoObservation>, stored: &Uploads, shift: TimeDelta) -> Batch {
    let mut assembly = Assembly::default();
    for row in rows {
        assembly.add(row, stored, shift);
    }
    assembly.batch
}

/// The shift with which a stored video was imported: the difference of the times if it is a
/// whole number of days, otherwise `None`.
pub(super) fn shift_of(stored: DateTime<Utc>, published: DateTime<Utc>) -> Option<TimeDelta> {
    let shift = stored - published;
    (shift == TimeDelta::days(shift.num_days())).then_some(shift)
}

#[derive(Default)]
struct Assembly {
    batch: Batch,
    channels: HashMap<String, i32>,
    videos: HashMap<String, BatchVideo>,
}

struct BatchVideo {
    index: i32,
    upload_time: DateTime<Utc>,
    keywords: Vec<usize>,
    days: HashSet<NaiveDate>,
}

impl Assembly {
    fn add(&mut self, mut row: VideoObservation, stored: &Uploads, shift: TimeDelta) {
        let tags = std::mem::take(&mut row.tags);
        let (views, likes, dislikes) = (row.views, row.likes, row.dislikes);
        let (published, observed) = (row.published, row.observed);
        let video = if self.videos.contains_key(&row.video_id) {
            self.videos.get_mut(&row.video_id)
        } else {
            let upload_time = stored.get(&row.video_id).copied().unwrap_or(published + shift);
            let channel = self.channel(&row.channel_id, &row.channel_name);
            let index = index(self.batch.videos.len());
            let (keywords, days) = (Vec::new(), HashSet::new());
            let video = BatchVideo { index, upload_time, keywords, days };
            let id = row.video_id.clone();
            self.batch.videos.push(new_video(row, channel, upload_time));
            Some(self.videos.entry(id).or_insert(video))
        };
        let Some(video) = video else { return };
        add_keywords(&mut self.batch.keywords, video, tags);
        let check_time = observed + shift_of(video.upload_time, published).unwrap_or(shift);
        if video.days.insert(seoul_day(check_time)) {
            let video = video.index;
            self.batch.views.push(NewViews { video, views, check_time });
            self.batch.likes.push(NewLikes { video, likes, dislikes, check_time });
        }
    }

    fn channel(&mut self, channel_id: &str, name: &str) -> i32 {
        if let Some(index) = self.channels.get(channel_id) {
            return *index;
        }
        let index = index(self.batch.channels.len());
        self.channels.insert(channel_id.to_owned(), index);
        self.batch.channels.push(NewChannel {
            channel_id: channel_id.to_owned(),
            name: Some(name.to_owned()),
            // Until subscribers are set or estimated at the end of the import.
            hidden_subscriber: true,
            ..NewChannel::default()
        });
        index
    }
}

/// Adds the tags that no earlier observation of the video has.
fn add_keywords(keywords: &mut Vec<NewKeyword>, video: &mut BatchVideo, tags: Vec<String>) {
    let earlier = video.keywords.len();
    for tag in tags {
        let known = |index: &usize| keywords.get(*index).is_some_and(|other| other.keyword == tag);
        if !video.keywords[..earlier].iter().any(known) {
            video.keywords.push(keywords.len());
            keywords.push(NewKeyword { video: video.index, keyword: tag });
        }
    }
}

fn new_video(row: VideoObservation, channel: i32, upload_time: DateTime<Utc>) -> NewVideo {
    NewVideo {
        video_id: row.video_id,
        channel: Some(channel),
        title: row.title,
        description: row.description,
        upload_time,
        thumbnail_url: row.thumbnail_url,
        views: None,
        views_growth: None,
        popularity: None,
        crawled: true,
    }
}

/// Batches are far smaller than 2³¹.
fn index(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[path = "assemble_tests.rs"]
mod tests;
