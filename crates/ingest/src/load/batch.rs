//! The rows of one transaction, which refer to each other by index.

use crate::observation::{LiveState, VideoDetails};
use chrono::{DateTime, NaiveDate, Utc};
use common::time::{seoul_day, start_of_day};
use std::error::Error;
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};

/// The number of counts of a video that are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ObservationGranularity {
    /// The latest of each day in Seoul.
    #[default]
    Day,
    /// Every observation, as a collector needs.
    Observation,
}

impl ObservationGranularity {
    /// The start of the interval that contains `time`.
    pub fn start_of(self, time: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::Day => start_of_day(seoul_day(time)),
            Self::Observation => time,
        }
    }
}

/// The rank of an observation of a video: the latest one wins. At the same time the one with more
/// views wins, because views usually grow. Of equal ones, the last stored one wins, so that files
/// can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObservationRank {
    /// The time of the observation.
    pub time: DateTime<Utc>,
    /// Cumulative views.
    pub views: i64,
}

impl ObservationRank {
    /// Earlier than all observations.
    pub const MIN: Self = Self { time: DateTime::<Utc>::MIN_UTC, views: -1 };
}

/// The prefix of channel ids that are made from names, because a file has no ids.
pub(crate) const CHANNEL_NAME_PREFIX: &str = "title:";

/// Whether the channel `new` of an observation replaces `current`: if the observation is the
/// latest. But a name never replaces an id, and an id always replaces a name.
pub(crate) fn is_preferred_channel(new: &str, current: &str, is_latest: bool) -> bool {
    match (new.starts_with(CHANNEL_NAME_PREFIX), current.starts_with(CHANNEL_NAME_PREFIX)) {
        (true, false) => false,
        (false, true) => true,
        _ => is_latest,
    }
}

/// Converts a position in a batch; batches are far smaller than 2³¹.
pub(crate) fn row_index(position: usize) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX)
}

/// The rows of one transaction, in insertion order. No natural key occurs twice.
#[derive(Debug, Clone, Default)]
pub struct RowBatch {
    /// Channels that other rows of the batch refer to.
    pub channels: Vec<NewChannel>,
    /// Videos, with positions of `channels`.
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
    /// Observations that were superseded by another one of the same day.
    pub superseded: u64,
    /// The number of view and like counts that are kept.
    pub granularity: ObservationGranularity,
}

/// A row of `channel`.
#[derive(Debug, Clone, Default)]
pub struct NewChannel {
    /// YouTube's id, at most 200 characters.
    pub channel_id: String,
    /// At most 100 characters.
    pub name: Option<String>,
    /// At most 3,000 characters.
    pub description: Option<String>,
    /// The day of its creation.
    pub start_date: Option<NaiveDate>,
    /// At most 200 characters.
    pub thumbnail_url: Option<String>,
    /// Whether the subscriber count is not public: `subscribers` is an estimate.
    pub hidden_subscriber: bool,
    /// The number of subscribers; 0 until it is set or estimated.
    pub subscribers: i32,
    /// The number of public videos, if the source has it.
    pub upload_count: Option<i64>,
}

/// A row of `video`.
#[derive(Debug, Clone)]
pub struct NewVideo {
    /// YouTube's id, at most 100 characters.
    pub video_id: String,
    /// Position of the channel in the batch, from 0.
    pub channel: Option<i32>,
    /// At most 500 characters.
    pub title: String,
    /// At most 5,000 characters; `None` keeps a stored description.
    pub description: Option<String>,
    /// Time of publication.
    pub upload_time: DateTime<Utc>,
    /// At most 200 characters; `None` keeps a stored URL.
    pub thumbnail_url: Option<String>,
    /// The latest view count.
    pub views: Option<i64>,
    /// Views gained per day, over at least 20 hours.
    pub views_growth: Option<i64>,
    /// Views ÷ subscribers.
    pub popularity: Option<f64>,
    /// The subscribers in `popularity` are an estimate.
    pub popularity_estimated: bool,
    /// Whether it was found through its channel, not by a search.
    pub crawled: bool,
    /// The rank of the observation of this metadata, which replaces metadata of earlier
    /// observations. `None` keeps the stored metadata.
    pub observed: Option<ObservationRank>,
    /// Whether the keywords of the batch replace stored ones.
    pub has_tags: bool,
    /// Category, duration and other properties; missing ones keep the stored values.
    pub details: VideoDetails,
}

impl NewVideo {
    /// A reference to a stored video that keeps its metadata.
    pub fn stored(video_id: String) -> Self {
        Self {
            video_id,
            channel: None,
            title: String::new(),
            description: None,
            upload_time: DateTime::UNIX_EPOCH,
            thumbnail_url: None,
            views: None,
            views_growth: None,
            popularity: None,
            popularity_estimated: false,
            crawled: true,
            observed: None,
            has_tags: false,
            details: VideoDetails::default(),
        }
    }
}

/// A row of `video_keyword_new`.
#[derive(Debug, Clone)]
pub struct NewKeyword {
    /// Position of the video in the batch, from 0.
    pub video: i32,
    /// A tag of at most 100 characters.
    pub keyword: String,
}

/// A row of `video_views`.
#[derive(Debug, Clone)]
pub struct NewViews {
    /// Index of the video in the batch.
    pub video: i32,
    /// Cumulative count.
    pub views: i64,
    /// Time of observation.
    pub check_time: DateTime<Utc>,
}

/// A row of `video_likes`.
#[derive(Debug, Clone)]
pub struct NewLikes {
    /// Index of the video in the batch.
    pub video: i32,
    /// Cumulative count.
    pub likes: i64,
    /// Cumulative count, if public.
    pub dislikes: Option<i64>,
    /// Time of observation.
    pub check_time: DateTime<Utc>,
}

/// A row of `channel_subscriber`.
#[derive(Debug, Clone)]
pub struct NewSubscribers {
    /// Index of the channel in the batch.
    pub channel: i32,
    /// The count as text, the type of the column.
    pub subscribers: String,
    /// Time of observation.
    pub check_time: DateTime<Utc>,
}

/// A row of `channel_views`.
#[derive(Debug, Clone)]
pub struct NewChannelViews {
    /// Index of the channel in the batch.
    pub channel: i32,
    /// Cumulative count.
    pub views: i64,
    /// Time of observation.
    pub check_time: DateTime<Utc>,
}

impl NewLikes {
    /// The order of observations of likes: see [`ObservationRank`].
    pub(crate) fn rank(&self) -> (DateTime<Utc>, i64, Option<i64>) {
        (self.check_time, self.likes, self.dislikes)
    }
}

impl ToSql for LiveState {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.name().to_sql(kind, out)
    }

    fn accepts(kind: &Type) -> bool {
        <&str as ToSql>::accepts(kind)
    }

    to_sql_checked!();
}
