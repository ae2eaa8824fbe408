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
use serde::{Deserialize, Serialize};
pub use videos::{
    ContentDetails, LiveState, LiveStreamingDetails, MAX_SHORT_DURATION, Part, PrivacyStatus,
    Status, Video, VideoSnippet, VideoStatistics, VideoStats,
};

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumbnail {
    /// Its URL.
    pub url: String,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
}

/// The pictures of a resource by size; all are absent for deleted videos.
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

/// Joins ids or parts for a query parameter.
fn join<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests;
