//! Videos, their keywords and series.

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
    /// Its number here.
    pub idx: i32,
    /// Its title.
    pub video_name: String,
    /// Its description.
    pub video_description: Option<String>,
    /// YouTube's id, eleven characters.
    pub video_id: String,
    /// When it was published, where known.
    #[diesel(deserialize_as = StoredTime)]
    pub upload_time: Option<DateTime<Utc>>,
    /// Its channel, where known.
    pub channel_idx: Option<i32>,
    /// The old crawler's.
    pub processed: Option<bool>,
    /// Its picture.
    pub thumbnail_url: Option<String>,
    /// The old crawler's.
    pub thumbnail_processed: Option<bool>,
    /// The old crawler's: YouTube does not show it any more.
    pub forbidden: Option<bool>,
    /// Views, as last observed.
    pub views: Option<i64>,
    /// Views gained between the last two observations, scaled to a day.
    pub views_growth: Option<i64>,
    /// Views ÷ subscribers of the channel; of an old database perhaps not usable, see
    /// [`usable_popularity`].
    pub popularity: Option<f64>,
    /// It was found by following its channel, not by searching: counted as newly made.
    pub crawled: Option<bool>,
    /// When its search document last became out of date.
    pub changed_at: DateTime<Utc>,
}

/// One whole tag of a video.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = video_keyword_new, primary_key(idx), check_for_backend(diesel::pg::Pg))]
#[diesel(belongs_to(Video, foreign_key = video_idx))]
pub struct VideoKeyword {
    /// Its number here: tags in their order.
    pub idx: i32,
    /// The video.
    pub video_idx: i32,
    /// The tag, up to 100 characters.
    pub keyword: String,
}

/// A video's views at one time.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = video_views, primary_key(idx), check_for_backend(diesel::pg::Pg))]
#[diesel(belongs_to(Video, foreign_key = video_idx))]
pub struct VideoViews {
    /// Its number here.
    pub idx: i32,
    /// The video.
    pub video_idx: i32,
    /// The count.
    pub views: i64,
    /// When it was observed.
    pub check_time: DateTime<Utc>,
}

/// A video's likes at one time.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = video_likes, primary_key(idx), check_for_backend(diesel::pg::Pg))]
#[diesel(belongs_to(Video, foreign_key = video_idx))]
pub struct VideoLikes {
    /// Its number here.
    pub idx: i32,
    /// The video.
    pub video_idx: i32,
    /// The count.
    pub likes: i64,
    /// The count; YouTube no longer publishes it.
    pub dislikes: Option<i64>,
    /// When it was observed.
    pub check_time: DateTime<Utc>,
}

/// More than a popularity can be: views have 64 bits.
pub const MAX_POPULARITY: f64 = 1e19;

/// The popularity, unless it is NaN, infinite or larger than views ÷ subscribers can be: sums
/// and squares of such values overflow.
pub fn usable_popularity(stored: Option<f64>) -> Option<f64> {
    stored.filter(|popularity| popularity.abs() < MAX_POPULARITY)
}
