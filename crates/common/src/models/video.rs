//! Videos, their keywords and time series.

use super::Channel;
use crate::db::{
    StoredTime,
    schema::{video, video_keyword_new, video_likes, video_views},
};
use chrono::{DateTime, Utc};
use diesel::{Associations, Identifiable, Queryable, Selectable};

/// A YouTube video.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = video, primary_key(idx), check_for_backend(diesel::pg::Pg))]
#[diesel(belongs_to(Channel, foreign_key = channel_idx))]
pub struct Video {
    /// Primary key.
    pub idx: i32,
    /// Title.
    pub video_name: String,
    /// Description.
    pub video_description: Option<String>,
    /// YouTube's video id, eleven characters.
    pub video_id: String,
    /// Time of publication, if known.
    #[diesel(deserialize_as = StoredTime)]
    pub upload_time: Option<DateTime<Utc>>,
    /// The channel, if known.
    pub channel_idx: Option<i32>,
    /// Used by the Django crawler only.
    pub processed: Option<bool>,
    /// URL of the thumbnail.
    pub thumbnail_url: Option<String>,
    /// Used by the Django crawler only.
    pub thumbnail_processed: Option<bool>,
    /// Set by the Django crawler: no longer available on YouTube.
    pub forbidden: Option<bool>,
    /// The latest view count.
    pub views: Option<i64>,
    /// Views gained per day since the latest observation at least 20 hours before the newest one, or
    /// since the first observation; 0 if views were removed.
    pub views_growth: Option<i64>,
    /// Views ÷ subscribers of the channel; may not be finite in a Django database, see
    /// [`finite_popularity`].
    pub popularity: Option<f64>,
    /// Found through its channel and not by a search: only such videos count for 영상화.
    pub crawled: Option<bool>,
    /// Time of the last change that affects the search document.
    pub changed_at: DateTime<Utc>,
    /// The subscribers in `popularity` are an estimate.
    pub popularity_estimated: bool,
    /// YouTube category id, if known.
    pub category: Option<i16>,
    /// Length in seconds, if known.
    pub duration_seconds: Option<i32>,
    /// Whether it is a Short, if known.
    pub is_short: Option<bool>,
    /// `none`, `live` or `ended`, if known.
    pub live_state: Option<String>,
    /// BCP 47, if known.
    pub language: Option<String>,
    /// Comments, if known and public.
    pub comment_count: Option<i64>,
    /// When YouTube no longer returned it; its document is removed from the search index.
    pub removed_at: Option<DateTime<Utc>>,
}

/// A tag of a video.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = video_keyword_new, primary_key(idx), check_for_backend(diesel::pg::Pg))]
#[diesel(belongs_to(Video, foreign_key = video_idx))]
pub struct VideoKeyword {
    /// Primary key; ascending in the order of the tags.
    pub idx: i32,
    /// The video, by its primary key.
    pub video_idx: i32,
    /// The tag, up to 100 characters.
    pub keyword: String,
}

/// A video's view count at one time.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = video_views, primary_key(idx), check_for_backend(diesel::pg::Pg))]
#[diesel(belongs_to(Video, foreign_key = video_idx))]
pub struct VideoViews {
    /// Primary key.
    pub idx: i32,
    /// The video, by its primary key.
    pub video_idx: i32,
    /// Cumulative count.
    pub views: i64,
    /// Time of observation.
    pub check_time: DateTime<Utc>,
}

/// A video's like count at one time.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = video_likes, primary_key(idx), check_for_backend(diesel::pg::Pg))]
#[diesel(belongs_to(Video, foreign_key = video_idx))]
pub struct VideoLikes {
    /// Primary key.
    pub idx: i32,
    /// The video, by its primary key.
    pub video_idx: i32,
    /// Cumulative count.
    pub likes: i64,
    /// Cumulative count; YouTube no longer publishes it.
    pub dislikes: Option<i64>,
    /// Time of observation.
    pub check_time: DateTime<Utc>,
}

/// Maximum duration of a Short in seconds.
pub const MAX_SHORT_SECONDS: i32 = 180;

/// An upper bound of popularity: views have 64 bits.
pub const MAX_POPULARITY: f64 = 1e19;

/// The popularity; `None` if it is NaN, infinite or above [`MAX_POPULARITY`]: sums and squares of
/// such values overflow.
pub fn finite_popularity(stored: Option<f64>) -> Option<f64> {
    stored.filter(|popularity| popularity.abs() < MAX_POPULARITY)
}
