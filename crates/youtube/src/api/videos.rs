//! `videos.list` and `videos:batchGetStats`.

use super::{Thumbnails, join};
use crate::{
    client::Client,
    duration,
    error::Error,
    ids::{ChannelId, VideoId},
    quota::Method,
    response::{IdResponse, MAX_IDS, Page, PageToken, parse_list},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_with::{DisplayFromStr, PickFirst, serde_as};
use std::{iter, time::Duration};

/// Maximum duration of a Short. Other videos can be as short: [`ChannelId::shorts`] lists the
/// Shorts.
pub const MAX_SHORT_DURATION: Duration = Duration::from_mins(3);

/// A group of fields of a video. All parts cost the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// [`VideoSnippet`].
    Snippet,
    /// [`ContentDetails`].
    ContentDetails,
    /// [`VideoStatistics`].
    Statistics,
    /// [`LiveStreamingDetails`].
    LiveStreamingDetails,
    /// [`Status`].
    Status,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 5] = [
        Self::Snippet,
        Self::ContentDetails,
        Self::Statistics,
        Self::LiveStreamingDetails,
        Self::Status,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Snippet => "snippet",
            Self::ContentDetails => "contentDetails",
            Self::Statistics => "statistics",
            Self::LiveStreamingDetails => "liveStreamingDetails",
            Self::Status => "status",
        }
    }
}

/// A video, with the requested parts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Video {
    /// 11 characters of URL-safe base64.
    pub id: VideoId,
    /// With [`Part::Snippet`].
    pub snippet: Option<VideoSnippet>,
    /// With [`Part::ContentDetails`].
    pub content_details: Option<ContentDetails>,
    /// With [`Part::Statistics`].
    pub statistics: Option<VideoStatistics>,
    /// With [`Part::LiveStreamingDetails`], of live streams and premieres, also past ones.
    pub live_streaming_details: Option<LiveStreamingDetails>,
    /// With [`Part::Status`].
    pub status: Option<Status>,
}

impl Video {
    /// Whether its duration allows it to be a Short; `None` without a duration, as before the end
    /// of a live stream.
    pub fn can_be_short(&self) -> Option<bool> {
        let duration = self.content_details.as_ref()?.duration.filter(|time| !time.is_zero())?;
        Some(duration <= MAX_SHORT_DURATION)
    }
}

/// Title, description, tags and properties of a video.
#[serde_as]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VideoSnippet {
    /// When it was published; can be later than the upload.
    pub published_at: DateTime<Utc>,
    /// The channel that published the video.
    pub channel_id: ChannelId,
    /// The current title.
    pub title: String,
    /// Empty if the owner wrote none.
    #[serde(default)]
    pub description: String,
    /// URLs of the thumbnail by size.
    #[serde(default)]
    pub thumbnails: Thumbnails,
    /// The current name of the channel.
    #[serde(default)]
    pub channel_title: String,
    /// `None` for a video without tags.
    pub tags: Option<Vec<String>>,
    /// A [`VideoCategory`](super::VideoCategory).
    #[serde_as(as = "Option<PickFirst<(DisplayFromStr, _)>>")]
    #[serde(default)]
    pub category_id: Option<u16>,
    /// Whether it is or will be live.
    #[serde(default)]
    pub live_broadcast_content: LiveState,
    /// BCP 47.
    pub default_language: Option<String>,
    /// BCP 47; `zxx` means no language.
    pub default_audio_language: Option<String>,
}

/// Whether a video is or will be live.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LiveState {
    /// Live now.
    Live,
    /// A scheduled live stream or premiere.
    Upcoming,
    /// A video, or the recording of a live stream.
    #[default]
    #[serde(other)]
    None,
}

/// The part `contentDetails`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ContentDetails {
    /// Zero before the end of a live stream and before a premiere.
    #[serde(default, deserialize_with = "duration::deserialize")]
    pub duration: Option<Duration>,
}

/// Counts of a video. A count that is hidden or disabled is `None`, not zero. Counts can fall.
#[serde_as]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VideoStatistics {
    /// Views of all time; `None` if YouTube does not return them.
    #[serde_as(as = "Option<PickFirst<(DisplayFromStr, _)>>")]
    pub view_count: Option<u64>,
    /// `None` if the owner hides them.
    #[serde_as(as = "Option<PickFirst<(DisplayFromStr, _)>>")]
    pub like_count: Option<u64>,
    /// `None` if comments are disabled.
    #[serde_as(as = "Option<PickFirst<(DisplayFromStr, _)>>")]
    pub comment_count: Option<u64>,
}

/// Times of a live stream or premiere.
#[serde_as]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LiveStreamingDetails {
    /// The planned start.
    pub scheduled_start_time: Option<DateTime<Utc>>,
    /// The start; `None` while it is upcoming.
    pub actual_start_time: Option<DateTime<Utc>>,
    /// The end; `None` until then.
    pub actual_end_time: Option<DateTime<Utc>>,
    /// Viewers now; only while it is live and if the owner does not hide them.
    #[serde_as(as = "Option<PickFirst<(DisplayFromStr, _)>>")]
    #[serde(default)]
    pub concurrent_viewers: Option<u64>,
}

/// The part `status`: the visibility and audience of a video.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Public or unlisted; private videos are not returned.
    pub privacy_status: PrivacyStatus,
    /// Whether it is made for children; comments are disabled then.
    pub made_for_kids: Option<bool>,
}

/// The visibility of a video or playlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PrivacyStatus {
    /// Everybody.
    Public,
    /// Everybody with its URL.
    Unlisted,
    /// The owner.
    Private,
    /// `privacyStatusUnspecified`, as for deleted videos in a playlist, or a new value.
    #[serde(other)]
    Unspecified,
}

/// An item of `videos:batchGetStats`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VideoStats {
    /// 11 characters of URL-safe base64.
    pub id: VideoId,
    /// Counts at the time of the request.
    #[serde(default)]
    pub statistics: VideoStatistics,
}

/// The query parameter `part`, which must not be empty.
fn part_names(parts: &[Part]) -> String {
    join(iter::once("id").chain(parts.iter().map(|part| part.name())))
}

impl Client {
    /// Videos by id, at most [`MAX_IDS`]: one unit. Without ids, nothing is sent.
    pub async fn videos(
        &self,
        ids: &[VideoId],
        parts: &[Part],
    ) -> Result<IdResponse<Video, VideoId>, Error> {
        let parts = part_names(parts);
        let (method, path) = (Method::VideosList, "videos");
        self.list_by_ids(method, path, ids, &parts, None, |video: &Video| &video.id).await
    }

    /// Only the counts of videos, at most [`MAX_IDS`]: one call of
    /// [`Bucket::BatchStats`](crate::Bucket::BatchStats).
    pub async fn video_stats(
        &self,
        ids: &[VideoId],
    ) -> Result<IdResponse<VideoStats, VideoId>, Error> {
        let (method, path) = (Method::VideosBatchGetStats, "videos:batchGetStats");
        self.list_by_ids(method, path, ids, "statistics", None, |stats: &VideoStats| &stats.id)
            .await
    }

    /// A page of the most popular videos of a region (ISO 3166-1): one unit. Since July 2025,
    /// YouTube has charts of music (10), films (1) and games (20) only; others fail with
    /// [`Error::NotFound`].
    pub async fn chart(
        &self,
        region: &str,
        category: Option<u16>,
        parts: &[Part],
        page: Option<&PageToken>,
    ) -> Result<Page<Video>, Error> {
        let parts = part_names(parts);
        let (category, size) = (category.map(|id| id.to_string()), MAX_IDS.to_string());
        let mut query = vec![
            ("chart", "mostPopular"),
            ("part", &parts),
            ("regionCode", region),
            ("maxResults", &size),
        ];
        query.extend(category.as_deref().map(|id| ("videoCategoryId", id)));
        query.extend(page.map(|token| ("pageToken", token.as_str())));
        self.get(Method::VideosList, "videos", &query, parse_list).await
    }
}
