//! `playlistItems.list`.

use super::PrivacyStatus;
use crate::{
    client::Client,
    error::{Error, Resource},
    ids::{PlaylistId, VideoId},
    quota::Method,
    response::{MAX_IDS, Page, PageToken, parse_list},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A video in a playlist.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "RawItem")]
pub struct PlaylistItem {
    /// The id of the video, also of a deleted or private one.
    pub video_id: VideoId,
    /// The title, or a placeholder.
    pub title: String,
    /// When it was added to the playlist; for uploads, when it was uploaded or published.
    pub added_at: DateTime<Utc>,
    /// When it was published, if it is available.
    pub published_at: Option<DateTime<Utc>>,
    /// Whether it can be watched.
    pub availability: Availability,
}

/// Whether a video in a playlist can be watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Availability {
    /// It can be watched.
    Available,
    /// It was deleted; its title is "Deleted video".
    Deleted,
    /// It is private; its title is "Private video".
    Private,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawItem {
    snippet: RawSnippet,
    content_details: RawContentDetails,
    status: Option<RawStatus>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawSnippet {
    published_at: DateTime<Utc>,
    title: String,
    video_owner_channel_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawContentDetails {
    video_id: VideoId,
    video_published_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawStatus {
    privacy_status: PrivacyStatus,
}

impl From<RawItem> for PlaylistItem {
    fn from(RawItem { snippet, content_details, status }: RawItem) -> Self {
        let published_at = content_details.video_published_at;
        // A placeholder has neither an owner nor a publication; a video can have its title.
        let is_placeholder = published_at.is_none() && snippet.video_owner_channel_id.is_none();
        let is_private = status.is_some_and(|it| it.privacy_status == PrivacyStatus::Private);
        let availability = match snippet.title.as_str() {
            _ if is_private => Availability::Private,
            "Private video" if is_placeholder => Availability::Private,
            _ if is_placeholder => Availability::Deleted,
            _ => Availability::Available,
        };
        Self {
            video_id: content_details.video_id,
            title: snippet.title,
            added_at: snippet.published_at,
            published_at,
            availability,
        }
    }
}

impl Client {
    /// A page of a playlist, of uploads newest first: one unit. The uploads of a channel without
    /// videos are an empty page, although the API returns 404.
    pub async fn playlist_items(
        &self,
        playlist: &PlaylistId,
        page: Option<&PageToken>,
    ) -> Result<Page<PlaylistItem>, Error> {
        let size = MAX_IDS.to_string();
        let mut query = vec![
            ("playlistId", playlist.as_str()),
            ("part", "snippet,contentDetails,status"),
            ("maxResults", &size),
        ];
        query.extend(page.map(|token| ("pageToken", token.as_str())));
        let result = self.get(Method::PlaylistItemsList, "playlistItems", &query, parse_list);
        match result.await {
            Err(Error::NotFound { kind: Resource::Playlist, .. })
                if playlist.channel().is_some() =>
            {
                Ok(Page::empty())
            }
            result => result,
        }
    }
}
