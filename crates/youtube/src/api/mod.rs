//! Methods of the API and the resources that they return.

mod channels;
mod playlist_items;
mod search;
mod videos;

pub use channels::{
    Channel, ChannelContentDetails, ChannelSnippet, ChannelStatistics, RelatedPlaylists,
};
pub use playlist_items::{Availability, PlaylistItem};
pub use search::{CategorySnippet, SearchQuery, SearchResult, VideoCategory};
pub use videos::{
    ContentDetails, LiveState, LiveStreamingDetails, MAX_SHORT_DURATION, Part, PrivacyStatus,
    Status, Video, VideoSnippet, VideoStatistics, VideoStats,
};

use crate::{
    client::Client,
    error::Error,
    quota::Method,
    response::{IdResponse, MAX_IDS, parse_list},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::hash::Hash;

/// One size of a thumbnail or avatar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumbnail {
    /// Absolute URL.
    pub url: String,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
}

/// The thumbnail of a video or the avatar of a channel, by size; absent for deleted videos.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thumbnails {
    /// 120 × 90 of a video, 88 × 88 of a channel.
    #[serde(rename = "default")]
    pub small: Option<Thumbnail>,
    /// 320 × 180 or 240 × 240.
    pub medium: Option<Thumbnail>,
    /// 480 × 360 or 800 × 800.
    pub high: Option<Thumbnail>,
    /// 640 × 480.
    pub standard: Option<Thumbnail>,
    /// 1280 × 720.
    pub maxres: Option<Thumbnail>,
}

impl Thumbnails {
    /// The URL of the largest one.
    pub fn largest(&self) -> Option<&str> {
        let by_size = [&self.maxres, &self.standard, &self.high, &self.medium, &self.small];
        by_size.into_iter().flatten().next().map(|thumbnail| thumbnail.url.as_str())
    }
}

impl Client {
    /// Resources by id. `page_size` is `None` for methods whose responses have no pages.
    async fn list_by_ids<T, I>(
        &self,
        method: Method,
        path: &str,
        ids: &[I],
        parts: &str,
        page_size: Option<usize>,
        id: impl Fn(&T) -> &I,
    ) -> Result<IdResponse<T, I>, Error>
    where
        T: DeserializeOwned,
        I: AsRef<str> + Clone + Eq + Hash,
    {
        if ids.len() > MAX_IDS {
            return Err(Error::TooManyIds(ids.len()));
        }
        if ids.is_empty() {
            return Ok(IdResponse::empty());
        }
        let joined = join(ids.iter().map(AsRef::as_ref));
        let page_size = page_size.map(|size| size.to_string());
        let mut query = vec![("id", joined.as_str()), ("part", parts)];
        query.extend(page_size.as_deref().map(|size| ("maxResults", size)));
        let page = self.get(method, path, &query, parse_list).await?;
        Ok(IdResponse::from_page(ids, page, id))
    }
}

/// Joins ids or parts for a query parameter.
fn join<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests;
