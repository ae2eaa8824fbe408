//! Observations: the state of a video or a channel at one time, from any source.
//!
//! Every source (CSV files, an API, a simulator) produces observations; [`crate::import`] stores
//! them.

use chrono::{DateTime, NaiveDate, Utc};

/// A video and its counts at one time. Texts fit the lengths of their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoObservation {
    /// YouTube's id, at most 100 characters.
    pub video_id: String,
    /// One line of at most 500 characters.
    pub title: String,
    /// The publication time.
    pub published: DateTime<Utc>,
    /// YouTube's id, at most 200 characters.
    pub channel_id: String,
    /// At most 100 characters.
    pub channel_name: Option<String>,
    /// The time of the observation.
    pub observed: DateTime<Utc>,
    /// Distinct, in order, at most 100 characters each; `None` if the source has no tags.
    pub tags: Option<Vec<String>>,
    /// Cumulative views.
    pub views: i64,
    /// Cumulative likes, if public.
    pub likes: Option<i64>,
    /// Cumulative dislikes, if public.
    pub dislikes: Option<i64>,
    /// The subscribers of its channel, if the source has them.
    pub subscribers: Option<i32>,
    /// At most 200 characters.
    pub thumbnail_url: Option<String>,
    /// At most 5,000 characters; `None` if the source has no descriptions.
    pub description: Option<String>,
    /// Category, duration and other properties.
    pub details: VideoDetails,
    /// Whether a text was truncated to fit its column.
    pub has_truncated_text: bool,
}

/// Properties of a video, if the source has them. Missing ones keep the stored values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VideoDetails {
    /// YouTube category id.
    pub category: Option<i16>,
    /// Duration in seconds.
    pub duration_seconds: Option<i32>,
    /// Whether it is a Short.
    pub is_short: Option<bool>,
    /// Whether it is or was live.
    pub live_state: Option<LiveState>,
    /// BCP 47 tag of the audio or text, such as `ko`.
    pub language: Option<String>,
    /// The number of comments, if public.
    pub comments: Option<i64>,
}

impl VideoDetails {
    /// These properties, completed by an earlier observation.
    #[must_use]
    pub fn or(self, earlier: Self) -> Self {
        Self {
            category: self.category.or(earlier.category),
            duration_seconds: self.duration_seconds.or(earlier.duration_seconds),
            is_short: self.is_short.or(earlier.is_short),
            live_state: self.live_state.or(earlier.live_state),
            language: self.language.or(earlier.language),
            comments: self.comments.or(earlier.comments),
        }
    }
}

/// Whether a video is or was live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveState {
    /// Never live.
    None,
    /// Live at the time of the observation.
    Live,
    /// The recording of a live stream or premiere.
    Ended,
}

impl LiveState {
    /// The value of the column `video.live_state`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Live => "live",
            Self::Ended => "ended",
        }
    }
}

/// The counts of a video at one time, without its metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoCounts {
    /// YouTube's id, at most 100 characters.
    pub video_id: String,
    /// The time of the observation.
    pub observed: DateTime<Utc>,
    /// Cumulative views.
    pub views: i64,
    /// Cumulative likes, if public.
    pub likes: Option<i64>,
}

/// A channel and its counts at one time. Texts fit the lengths of their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelObservation {
    /// YouTube's id, at most 200 characters.
    pub channel_id: String,
    /// The number of subscribers.
    pub subscribers: i32,
    /// Cumulative views of all its videos.
    pub views: Option<i64>,
    /// The number of its public videos.
    pub uploads: Option<i64>,
    /// At most 100 characters.
    pub name: Option<String>,
    /// At most 3,000 characters.
    pub description: Option<String>,
    /// The day of its creation.
    pub start_date: Option<NaiveDate>,
    /// At most 200 characters.
    pub thumbnail_url: Option<String>,
    /// The time of the observation, if the source has one.
    pub observed: Option<DateTime<Utc>>,
    /// A text was truncated to fit its column.
    pub has_truncated_text: bool,
}
