//! The rows of one transaction, which refer to each other by index.

use chrono::{DateTime, NaiveDate, Utc};

/// The rows of one transaction, in insertion order. No natural key occurs twice.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Channels that the other rows refer to.
    pub channels: Vec<NewChannel>,
    /// Videos.
    pub videos: Vec<NewVideo>,
    /// Keywords of these videos.
    pub keywords: Vec<NewKeyword>,
    /// View counts of these videos.
    pub views: Vec<NewViews>,
    /// Like counts of these videos.
    pub likes: Vec<NewLikes>,
    /// Subscriber counts of these channels.
    pub subscribers: Vec<NewSubscribers>,
    /// View counts of these channels.
    pub channel_views: Vec<NewChannelViews>,
}

/// A row of `channel`.
#[derive(Debug, Clone, Default)]
pub struct NewChannel {
    /// YouTube's id.
    pub channel_id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its description.
    pub description: Option<String>,
    /// The day it was opened.
    pub start_date: Option<NaiveDate>,
    /// The URL of its thumbnail.
    pub thumbnail_url: Option<String>,
    /// The number of subscribers is not public, and `subscribers` is an estimate.
    pub hidden_subscriber: bool,
    /// Subscribers.
    pub subscribers: i32,
}

/// A row of `video`.
#[derive(Debug, Clone)]
pub struct NewVideo {
    /// YouTube's id.
    pub video_id: String,
    /// The index of its channel.
    pub channel: Option<i32>,
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: String,
    /// When it was published.
    pub upload_time: DateTime<Utc>,
    /// The URL of its thumbnail.
    pub thumbnail_url: Option<String>,
    /// Views, as last observed.
    pub views: Option<i64>,
    /// Views gained between the last two observations, scaled to a day.
    pub views_growth: Option<i64>,
    /// Views ÷ subscribers.
    pub popularity: Option<f64>,
    /// It was found through its channel.
    pub crawled: bool,
}

/// A row of `video_keyword_new`.
#[derive(Debug, Clone)]
pub struct NewKeyword {
    /// The index of its video.
    pub video: i32,
    /// The keyword.
    pub keyword: String,
}

/// A row of `video_views`.
#[derive(Debug, Clone)]
pub struct NewViews {
    /// The index of its video.
    pub video: i32,
    /// The count.
    pub views: i64,
    /// When it was observed.
    pub check_time: DateTime<Utc>,
}

/// A row of `video_likes`.
#[derive(Debug, Clone)]
pub struct NewLikes {
    /// The index of its video.
    pub video: i32,
    /// The count.
    pub likes: i64,
    /// The count, where it is published.
    pub dislikes: Option<i64>,
    /// When it was observed.
    pub check_time: DateTime<Utc>,
}

/// A row of `channel_subscriber`.
#[derive(Debug, Clone)]
pub struct NewSubscribers {
    /// The index of its channel.
    pub channel: i32,
    /// The count; a text column.
    pub subscribers: String,
    /// When it was observed.
    pub check_time: DateTime<Utc>,
}

/// A row of `channel_views`.
#[derive(Debug, Clone)]
pub struct NewChannelViews {
    /// The index of its channel.
    pub channel: i32,
    /// The count.
    pub views: i64,
    /// When it was observed.
    pub check_time: DateTime<Utc>,
}
