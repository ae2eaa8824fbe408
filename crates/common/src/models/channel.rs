//! Channels and their series.

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
    /// Its number here.
    pub idx: i32,
    /// Its name.
    pub channel_name: Option<String>,
    /// YouTube's id: `UC…`.
    pub channel_id: String,
    /// What the channel says of itself.
    pub channel_description: Option<String>,
    /// The day it was opened.
    #[diesel(deserialize_as = StoredDate)]
    pub channel_start_date: Option<NaiveDate>,
    /// The old crawler's: its videos have been read.
    pub processed: Option<bool>,
    /// YouTube's id of the list of its uploads.
    pub upload_id: Option<String>,
    /// The number of subscribers is not public: [`Channel::subscriber_num`] is an estimate.
    pub hidden_subscriber: Option<bool>,
    /// Its picture.
    pub thumbnail_url: Option<String>,
    /// The old crawler's.
    pub temp: Option<String>,
    /// The old crawler's: the channel is followed.
    pub status: Option<bool>,
    /// Subscribers, as last known.
    pub subscriber_num: i32,
}

/// A channel's subscribers at one time.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = channel_subscriber, primary_key(idx), check_for_backend(diesel::pg::Pg))]
#[diesel(belongs_to(Channel, foreign_key = channel_idx))]
pub struct ChannelSubscriber {
    /// Its number here.
    pub idx: i32,
    /// The channel.
    pub channel_idx: i32,
    /// The count, as text.
    pub subscriber_num: String,
    /// When it was observed.
    pub check_time: DateTime<Utc>,
}

/// A channel's views of all its videos at one time.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = channel_views, primary_key(idx), check_for_backend(diesel::pg::Pg))]
#[diesel(belongs_to(Channel, foreign_key = channel_idx))]
pub struct ChannelViews {
    /// Its number here.
    pub idx: i32,
    /// The channel.
    pub channel_idx: i32,
    /// The count.
    pub view_count: i64,
    /// When it was observed.
    pub check_time: DateTime<Utc>,
}
