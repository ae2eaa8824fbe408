//! Observations: the state of a video or a channel at one time, from any source.
//!
//! Every source (CSV files, an API, a simulator) produces these; [`crate::import`] stores them.

use chrono::{DateTime, NaiveDate, Utc};

/// A video and its counts at one time. Texts fit the lengths of their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoObservation {
    /// YouTube's id, at most 100 characters.
    pub video_id: String,
    /// One line of at most 500 characters.
    pub title: String,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// YouTube's id, at most 200 characters.
    pub channel_id: String,
    /// At most 100 characters.
    pub channel_name: Option<String>,
    /// When it was observed.
    pub observed: DateTime<Utc>,
    /// Distinct, in order, at most 100 characters each; `None` if the source has no tags.
    pub tags: Option<Vec<String>>,
    /// Cumulative.
    pub views: i64,
    /// Cumulative, where the count is public.
    pub likes: Option<i64>,
    /// Cumulative, where the count is public.
    pub dislikes: Option<i64>,
    /// The subscribers of its channel, if the source has them.
    pub subscribers: Option<i32>,
    /// At most 200 characters.
    pub thumbnail_url: Option<String>,
    /// At most 5,000 characters; `None` if the source has no descriptions.
    pub description: Option<String>,
    /// A text was truncated to fit its column.
    pub truncated: bool,
}

/// A channel and its counts at one time. Texts fit the lengths of their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelObservation {
    /// YouTube's id, at most 200 characters.
    pub channel_id: String,
    /// The number of subscribers.
    pub subscribers: i32,
    /// Views of all its videos.
    pub views: Option<i64>,
    /// At most 100 characters.
    pub name: Option<String>,
    /// At most 3,000 characters.
    pub description: Option<String>,
    /// The day it was opened.
    pub start_date: Option<NaiveDate>,
    /// At most 200 characters.
    pub thumbnail_url: Option<String>,
    /// When it was observed, if the source has a time.
    pub observed: Option<DateTime<Utc>>,
    /// A text was truncated to fit its column.
    pub truncated: bool,
}
