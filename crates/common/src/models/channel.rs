//! Channels and their time series.

use crate::db::{
    StoredDate,
    schema::{channel, channel_subscriber, channel_views},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Associations, Identifiable, Queryable, Selectable};

/// A YouTube channel.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable)]
#[diesel(table_name = channel, primary_key(idx), check_for_backend(diesel::pg::Pg))]
pub struct Channel {
    /// Primary key.
    pub idx: i32,
    /// Name.
    pub channel_name: Option<String>,
    /// YouTube's channel id: `UC…`.
    pub channel_id: String,
    /// Description.
    pub channel_description: Option<String>,
    /// Day of creation.
    #[diesel(deserialize_as = StoredDate)]
    pub channel_start_date: Option<NaiveDate>,
    /// Set by the Django crawler after it has read the channel's videos.
    pub processed: Option<bool>,
    /// YouTube's id of the playlist of uploads.
    pub upload_id: Option<String>,
    /// The subscriber count is not public.
    pub hidden_subscriber: Option<bool>,
    /// URL of the thumbnail.
    pub thumbnail_url: Option<String>,
    /// Used by the Django crawler only.
    pub temp: Option<String>,
    /// Set by the Django crawler: the channel is followed.
    pub status: Option<bool>,
    /// The latest subscriber count, or an estimate.
    pub subscriber_num: i32,
    /// [`Channel::subscriber_num`] is an estimate made from views.
    pub subscriber_estimated: bool,
}

/// A channel's subscriber count at one time.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = channel_subscriber, primary_key(idx), check_for_backend(diesel::pg::Pg))]
#[diesel(belongs_to(Channel, foreign_key = channel_idx))]
pub struct ChannelSubscriber {
    /// Primary key.
    pub idx: i32,
    /// The channel, by its primary key.
    pub channel_idx: i32,
    /// The count, a text column.
    pub subscriber_num: String,
    /// Time of observation.
    pub check_time: DateTime<Utc>,
}

/// A channel's total views at one time.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = channel_views, primary_key(idx), check_for_backend(diesel::pg::Pg))]
#[diesel(belongs_to(Channel, foreign_key = channel_idx))]
pub struct ChannelViews {
    /// Primary key.
    pub idx: i32,
    /// The channel, by its primary key.
    pub channel_idx: i32,
    /// Views of all videos.
    pub view_count: i64,
    /// Time of observation.
    pub check_time: DateTime<Utc>,
}
