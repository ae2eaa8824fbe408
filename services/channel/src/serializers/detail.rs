//! `channel_list/<idx>/`

use super::{ChannelVideo, ChannelVideos, Pie};
use crate::queries::postgres::SubscribersRow;
use chrono::NaiveDate;
use common::{
    models::Channel,
    serializers::{Word, WordMap},
    time::seoul_day,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A channel with its most viewed videos, keywords and subscribers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChannelDetail {
    #[serde(rename = "channelInfo")]
    channel_info: ChannelInfo,
    video: ChannelVideos,
    keyword: Pie,
    wordmap: WordMap,
    line: SubscriberLine,
}

impl ChannelDetail {
    /// `words` are the keywords of the newest videos.
    pub(crate) fn new(
        channel: ChannelInfo,
        videos: Vec<ChannelVideo>,
        words: Vec<Word>,
        line: SubscriberLine,
    ) -> Self {
        let name = channel.channel_name.clone();
        Self {
            channel_info: channel,
            video: ChannelVideos { kind: "aside", data: videos },
            keyword: Pie { pie: words.clone() },
            wordmap: WordMap::new(name, words),
            line,
        }
    }
}

/// A channel.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChannelInfo {
    /// Database id (`idx`).
    #[schema(example = 12)]
    idx: i32,
    /// Thumbnail URL.
    thumbnail_url: Option<String>,
    /// The description.
    channel_description: Option<String>,
    /// The name.
    #[schema(example = "JYP Entertainment")]
    channel_name: Option<String>,
    /// The day the channel was created.
    channel_start_date: Option<NaiveDate>,
    /// The latest number of subscribers, as a string.
    #[schema(example = "28400000")]
    subscriber: String,
    /// Whether `subscriber` is an estimate made from views.
    subscriber_estimated: bool,
}

impl ChannelInfo {
    /// `latest` is the latest subscriber count, if any.
    pub(crate) fn new(channel: Channel, latest: Option<String>) -> Self {
        Self {
            idx: channel.idx,
            thumbnail_url: channel.thumbnail_url,
            channel_description: channel.channel_description,
            channel_name: channel.channel_name,
            channel_start_date: channel.channel_start_date,
            subscriber_estimated: latest.is_none() && channel.subscriber_estimated,
            subscriber: latest.unwrap_or_else(|| channel.subscriber_num.to_string()),
        }
    }
}

/// A channel's subscribers by day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubscriberLine {
    /// Always `구독자수 추이`.
    #[serde(rename = "type")]
    #[schema(example = "구독자수 추이")]
    kind: &'static str,
    /// The last 50 days, oldest first.
    data: Vec<SubscriberPoint>,
}

/// Subscribers on one day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubscriberPoint {
    /// The day, in Seoul.
    date: NaiveDate,
    /// The number of subscribers, as a string.
    #[schema(example = "28400000")]
    value: String,
}

impl From<Vec<SubscribersRow>> for SubscriberLine {
    fn from(rows: Vec<SubscribersRow>) -> Self {
        let points = rows.into_iter().map(|row| SubscriberPoint {
            date: seoul_day(row.check_time),
            value: row.subscriber_num,
        });
        Self { kind: "구독자수 추이", data: points.collect() }
    }
}
