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

/// A channel, its most seen videos, its keywords and its subscribers.
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
    /// A channel, its most seen videos and the keywords of its newest.
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

/// What a channel says of itself.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChannelInfo {
    /// Its number here.
    #[schema(example = 12)]
    idx: i32,
    /// Its picture.
    thumbnail_url: Option<String>,
    /// What the channel says of itself.
    channel_description: Option<String>,
    /// Its name.
    #[schema(example = "JYP Entertainment")]
    channel_name: Option<String>,
    /// The day it was opened.
    channel_start_date: Option<NaiveDate>,
    /// The latest count of its subscribers, as text.
    #[schema(example = "28400000")]
    subscriber: String,
}

impl ChannelInfo {
    /// A channel; `latest` is its latest count of subscribers, where there is a series.
    pub(crate) fn new(channel: Channel, latest: Option<String>) -> Self {
        Self {
            idx: channel.idx,
            thumbnail_url: channel.thumbnail_url,
            channel_description: channel.channel_description,
            channel_name: channel.channel_name,
            channel_start_date: channel.channel_start_date,
            subscriber: latest.unwrap_or_else(|| channel.subscriber_num.to_string()),
        }
    }
}

/// How a channel's subscribers moved.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubscriberLine {
    /// Always `구독자수 추이`.
    #[serde(rename = "type")]
    #[schema(example = "구독자수 추이")]
    kind: &'static str,
    /// Of the last 50 days, oldest first.
    data: Vec<SubscriberPoint>,
}

/// Subscribers on one day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubscriberPoint {
    /// The day, in Seoul.
    date: NaiveDate,
    /// The count, as text.
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
