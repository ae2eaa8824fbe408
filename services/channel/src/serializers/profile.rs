//! A channel as input of predictions.

use crate::queries::profile::ProfileRow;
use forecast::known_uploads;
use serde::Serialize;
use utoipa::ToSchema;

/// The channel as input of a prediction for a planned video. Unknown values are null.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChannelProfileResponse {
    /// The channel's id.
    #[schema(example = 17)]
    idx: i32,
    /// YouTube's id of the channel.
    #[schema(example = "UC9_L9lA9kqJbGANLRus_1A")]
    channel_id: String,
    /// The channel's name.
    #[schema(example = "오늘의 먹방")]
    channel_name: Option<String>,
    /// Thumbnail URL of the channel.
    #[schema(example = "https://yt3.ggpht.com/ytc/example=s88")]
    thumbnail_url: Option<String>,
    /// Subscribers.
    #[schema(example = 15_300)]
    subscribers: Option<i32>,
    /// `subscribers` is an estimate made from views.
    #[schema(example = false)]
    subscriber_estimated: bool,
    /// The channel hides its number of subscribers.
    #[schema(example = false)]
    hidden_subscribers: Option<bool>,
    /// The number of public videos, for `uploads` of a prediction: as YouTube counts them, but at
    /// least the stored videos. Null if YouTube's number is unknown and fewer than 20 are stored.
    #[schema(example = 240)]
    uploads: Option<u64>,
    /// The number of newest videos that `category` and `is_short` are counted in, at most 20.
    #[schema(example = 20)]
    recent_videos: i64,
    /// The most frequent YouTube category id of these videos.
    #[schema(example = 22)]
    category: Option<i16>,
    /// Whether most of these videos are Shorts.
    #[schema(example = false)]
    is_short: Option<bool>,
}

impl From<ProfileRow> for ChannelProfileResponse {
    fn from(row: ProfileRow) -> Self {
        Self {
            idx: row.idx,
            channel_id: row.channel_id,
            channel_name: row.channel_name,
            thumbnail_url: row.thumbnail_url,
            subscribers: Some(row.subscriber_num).filter(|subscribers| *subscribers > 0),
            subscriber_estimated: row.subscriber_estimated,
            hidden_subscribers: row.hidden_subscriber,
            uploads: known_uploads(row.upload_count, row.stored),
            recent_videos: row.videos,
            category: row.category,
            is_short: row.is_short,
        }
    }
}
