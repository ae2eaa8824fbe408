//! `channels.list`.

use super::{Thumbnails, join};
use crate::{
    client::Client,
    error::Error,
    ids::{ChannelId, Handle, PlaylistId},
    quota::Method,
    response::{Batch, InvalidItem, MAX_IDS, Page, parse_list},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, de::DeserializeOwned};
use serde_with::{DisplayFromStr, PickFirst, serde_as};
use std::hash::Hash;

const PARTS: &str = "snippet,contentDetails,statistics";

/// A channel.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Texts.
    pub snippet: ChannelSnippet,
    /// Counts.
    pub statistics: ChannelStatistics,
    /// Its playlists.
    pub content_details: Option<ChannelContentDetails>,
}

/// Texts of a channel.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelSnippet {
    /// The current name.
    pub title: String,
    /// The description.
    #[serde(default)]
    pub description: String,
    /// The handle with `@`, or an old custom name.
    pub custom_url: Option<String>,
    /// When it was created.
    pub published_at: DateTime<Utc>,
    /// Pictures.
    #[serde(default)]
    pub thumbnails: Thumbnails,
    /// ISO 3166-1, if the owner chose one.
    pub country: Option<String>,
}

/// Counts of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(from = "RawStatistics")]
pub struct ChannelStatistics {
    /// Views of all public videos.
    pub views: Option<u64>,
    /// Rounded down to three digits by YouTube; `None` if hidden.
    pub subscribers: Option<u64>,
    /// Public videos.
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
    /// By purpose.
    #[serde(default)]
    pub related_playlists: RelatedPlaylists,
}

/// Playlists by purpose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RelatedPlaylists {
    /// All uploads; equal to [`ChannelId::uploads`].
    pub uploads: Option<PlaylistId>,
}

impl Client {
    /// Channels by id, at most [`MAX_IDS`]: one unit. Without ids, nothing is sent.
    pub async fn channels(&self, ids: &[ChannelId]) -> Result<Batch<Channel, ChannelId>, Error> {
        self.by_ids(Method::ChannelsList, "channels", ids, PARTS, |channel: &Channel| &channel.id)
            .await
    }

    /// The channel with a handle: one unit.
    pub async fn channel_by_handle(&self, handle: &Handle) -> Result<Option<Channel>, Error> {
        let handle = format!("@{handle}");
        let query = [("forHandle", handle.as_str()), ("part", PARTS)];
        let page: Page<Channel> =
            self.get(Method::ChannelsList, "channels", &query, parse_list).await?;
        first(page.items, &page.invalid)
    }

    /// Resources by id.
    pub(super) async fn by_ids<T, I>(
        &self,
        method: Method,
        path: &str,
        ids: &[I],
        parts: &str,
        id: impl Fn(&T) -> &I,
    ) -> Result<Batch<T, I>, Error>
    where
        T: DeserializeOwned,
        I: AsRef<str> + Clone + Eq + Hash,
    {
        if ids.len() > MAX_IDS {
            return Err(Error::TooManyIds(ids.len()));
        }
        if ids.is_empty() {
            return Ok(Batch::empty());
        }
        let (joined, size) = (join(ids.iter().map(AsRef::as_ref)), MAX_IDS.to_string());
        let mut query = vec![("id", joined.as_str()), ("part", parts)];
        if method == Method::ChannelsList {
            // Channels have a page size of 5 by default; videos by id have no pages.
            query.push(("maxResults", &size));
        }
        let page = self.get(method, path, &query, parse_list).await?;
        Ok(Batch::from_page(ids, page, id))
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
