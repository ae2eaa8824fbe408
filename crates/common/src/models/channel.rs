//! Channels.

use crate::db::{StoredDate, schema::channel};
use chrono::NaiveDate;
use diesel::{Identifiable, Queryable, Selectable};

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
