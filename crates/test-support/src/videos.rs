//! Videos for tests.

use chrono::{DateTime, TimeDelta, Utc};
use common::{
    search::{KeywordObject, Tags, VideoDocument},
    time::{seoul_day, start_of_day},
};

/// A time of day in Seoul, `days_ago` days ago.
pub fn seoul_time_ago(days_ago: i64, hour: i64, minute: i64) -> DateTime<Utc> {
    let start = start_of_day(seoul_day(Utc::now()) - TimeDelta::days(days_ago));
    start + TimeDelta::hours(hour) + TimeDelta::minutes(minute)
}

/// A video uploaded at a time of day in Seoul, `days_ago` days ago.
pub fn video(idx: i32, days_ago: i64, hour: i64, minute: i64) -> VideoBuilder {
    VideoBuilder::new(idx, seoul_time_ago(days_ago, hour, minute))
}

/// Builder of video documents, with defaults.
#[derive(Clone)]
pub struct VideoBuilder(VideoDocument);

impl VideoBuilder {
    /// A video uploaded at this time, with popularity 1 and 1000 views, crawled.
    pub fn new(idx: i32, upload_time: DateTime<Utc>) -> Self {
        Self(VideoDocument {
            idx,
            video_name: format!("video {idx}"),
            video_description: None,
            video_id: format!("id-{idx}"),
            upload_time: Some(upload_time),
            thumbnail_url: Some(format!("https://i.ytimg.com/vi/id-{idx}/default.jpg")),
            popularity: Some(1.0),
            popularity_estimated: false,
            views: Some(1000),
            views_growth: Some(10),
            crawled: Some(true),
            channel_idx: Some(1),
            videokeywordnews: Vec::new(),
            normal_keywords: Vec::new(),
            tags: Tags::default(),
        })
    }

    /// With these tags, in this order.
    pub fn tags(mut self, tags: &[&str]) -> Self {
        let first = self.0.idx * 100;
        let objects = tags.iter().zip(1..).map(|(tag, position)| KeywordObject {
            idx: first + position,
            keyword: (*tag).to_owned(),
        });
        self.0.set_keywords(objects.collect());
        self
    }

    /// With this popularity, or none.
    pub fn popularity(mut self, popularity: impl Into<Option<f64>>) -> Self {
        self.0.popularity = popularity.into();
        self
    }

    /// With this many views.
    pub fn views(mut self, views: impl Into<Option<i64>>) -> Self {
        self.0.views = views.into();
        self
    }

    /// With this number of views gained per day.
    pub fn views_growth(mut self, views: impl Into<Option<i64>>) -> Self {
        self.0.views_growth = views.into();
        self
    }

    /// Of this channel.
    pub fn channel(mut self, channel_idx: impl Into<Option<i32>>) -> Self {
        self.0.channel_idx = channel_idx.into();
        self
    }

    /// Found by searching, not by following its channel.
    pub fn not_crawled(mut self) -> Self {
        self.0.crawled = Some(false);
        self
    }

    /// The document for the index.
    pub fn document(self) -> VideoDocument {
        self.0
    }
}
