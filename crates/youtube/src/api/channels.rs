//! `channels.list`.

use super::Thumbnails;
use crate::{
    client::Client,
    error::Error,
    ids::{ChannelId, Handle, PlaylistId},
    quota::Method,
    response::{IdResponse, InvalidItem, MAX_IDS, Page, parse_list},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_with::{DisplayFromStr, PickFirst, serde_as};

const PARTS: &str = "snippet,contentDetails,statistics";

/// A channel with the parts `snippet`, `contentDetails` and `statistics`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Channel {
    /// `UC` and 22 characters.
    pub id: ChannelId,
    /// Title, description and properties.
    pub snippet: ChannelSnippet,
    /// Views, subscribers and videos.
    pub statistics: ChannelStatistics,
    /// Ids of the channel's playlists.
    pub content_details: Option<ChannelContentDetails>,
}

/// Title, description and properties of a channel.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelSnippet {
    /// The current name.
    pub title: String,
    /// Empty if the owner wrote none.
    #[serde(default)]
    pub description: String,
    /// The handle with `@`, or an old custom name.
    pub custom_url: Option<String>,
    /// When the channel was created.
    pub published_at: DateTime<Utc>,
    /// URLs of the avatar by size.
    #[serde(default)]
    pub thumbnails: Thumbnails,
    /// ISO 3166-1, if the owner chose one.
    pub country: Option<String>,
}

/// Counts of a channel at the time of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(from = "RawStatistics")]
pub struct ChannelStatistics {
    /// Views of all public videos.
    pub views: Option<u64>,
    /// Rounded down to three digits by YouTube; `None` if hidden.
    pub subscribers: Option<u64>,
    /// Number of public videos.
    pub videos: Option<u64>,
}

#[serde_as]
#[derive(Default, Deserialize)]
#[serde(default)]
struct RawStatistics {
    #[serde_as(as = "Option<PickFirst<(DisplayFromStr, _)>>")]
    #[serde(rename = "viewCount")]
    views: Option<u64>,
    #[serde_as(as = "Option<PickFirst<(DisplayFromStr, _)>>")]
    #[serde(rename = "subscriberCount")]
    subscribers: Option<u64>,
    #[serde(rename = "hiddenSubscriberCount")]
    are_subscribers_hidden: bool,
    #[serde_as(as = "Option<PickFirst<(DisplayFromStr, _)>>")]
    #[serde(rename = "videoCount")]
    videos: Option<u64>,
}

impl From<RawStatistics> for ChannelStatistics {
    fn from(raw: RawStatistics) -> Self {
        // A hidden count is reported as 0 or not at all.
        let subscribers = raw.subscribers.filter(|_| !raw.are_subscribers_hidden);
        Self { views: raw.views, subscribers, videos: raw.videos }
    }
}

/// Playlists of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelContentDetails {
    /// Playlists that YouTube maintains.
    #[serde(default)]
    pub related_playlists: RelatedPlaylists,
}

/// Playlists that YouTube maintains, by purpose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RelatedPlaylists {
    /// All uploads; equal to [`ChannelId::uploads`].
    pub uploads: Option<PlaylistId>,
}

impl Client {
    /// Channels by id, at most [`MAX_IDS`]: one unit. Without ids, nothing is sent.
    pub async fn channels(
        &self,
        ids: &[ChannelId],
    ) -> Result<IdResponse<Channel, ChannelId>, Error> {
        let (method, path) = (Method::ChannelsList, "channels");
        // By default, a page has 5 channels.
        let page_size = Some(MAX_IDS);
        self.list_by_ids(method, path, ids, PARTS, page_size, |channel: &Channel| &channel.id).await
    }

    /// The channel with a handle: one unit.
    pub async fn channel_by_handle(&self, handle: &Handle) -> Result<Option<Channel>, Error> {
        let handle = format!("@{handle}");
        let query = [("forHandle", handle.as_str()), ("part", PARTS)];
        let page: Page<Channel> =
            self.get(Method::ChannelsList, "channels", &query, parse_list).await?;
        first(page.items, &page.invalid)
    }
}

fn first<T>(items: Vec<T>, invalid: &[InvalidItem]) -> Result<Option<T>, Error> {
    match (items.into_iter().next(), invalid.first()) {
        (None, Some(item)) => {
            Err(Error::InvalidResponse { reason: item.to_string(), is_truncated: false })
        }
        (item, _) => Ok(item),
    }
}
