//! `search.list` and `videoCategories.list`.

use super::LiveState;
use crate::{
    client::Client,
    error::Error,
    ids::{ChannelId, VideoId},
    quota::Method,
    response::{MAX_IDS, Page, PageToken, parse_list},
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_with::{DisplayFromStr, serde_as};

/// A search for videos, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// Search terms.
    pub query: String,
    /// ISO 3166-1: only videos that can be watched there.
    pub region: Option<String>,
    /// ISO 639-1: videos that fit this language are preferred.
    pub language: Option<String>,
    /// The id of a [`VideoCategory`].
    pub category: Option<u16>,
    /// Only videos that were published since.
    pub published_after: Option<DateTime<Utc>>,
}

/// A video in the results of a search.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "RawResult")]
pub struct SearchResult {
    /// 11 characters of URL-safe base64.
    pub video_id: VideoId,
    /// The channel that published the video.
    pub channel_id: ChannelId,
    /// With HTML entities, as the API returns it.
    pub title: String,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// Whether it is or will be live.
    pub live_state: LiveState,
}

#[derive(Deserialize)]
struct RawResult {
    id: RawId,
    snippet: RawSnippet,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawId {
    video_id: VideoId,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawSnippet {
    channel_id: ChannelId,
    title: String,
    published_at: DateTime<Utc>,
    #[serde(default)]
    live_broadcast_content: LiveState,
}

impl From<RawResult> for SearchResult {
    fn from(RawResult { id, snippet }: RawResult) -> Self {
        Self {
            video_id: id.video_id,
            channel_id: snippet.channel_id,
            title: snippet.title,
            published_at: snippet.published_at,
            live_state: snippet.live_broadcast_content,
        }
    }
}

/// A category of videos in a region.
#[serde_as]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct VideoCategory {
    /// Equal in all regions.
    #[serde_as(as = "DisplayFromStr")]
    pub id: u16,
    /// The name, and whether videos can have the category.
    pub snippet: CategorySnippet,
}

/// The name of a category, and whether videos can have it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CategorySnippet {
    /// The name in the requested language.
    pub title: String,
    /// Whether new videos can have it.
    #[serde(default)]
    pub assignable: bool,
}

impl Client {
    /// A page of a search: one of 100 calls a day, of
    /// [`Bucket::Search`](crate::Bucket::Search).
    pub async fn search(
        &self,
        search: &SearchQuery,
        page: Option<&PageToken>,
    ) -> Result<Page<SearchResult>, Error> {
        let category = search.category.map(|id| id.to_string());
        let after =
            search.published_after.map(|time| time.to_rfc3339_opts(SecondsFormat::Secs, true));
        let size = MAX_IDS.to_string();
        let mut query = vec![
            ("part", "snippet"),
            ("type", "video"),
            ("order", "date"),
            ("maxResults", size.as_str()),
            ("q", &search.query),
        ];
        let optional = [
            ("regionCode", search.region.as_deref()),
            ("relevanceLanguage", search.language.as_deref()),
            ("videoCategoryId", category.as_deref()),
            ("publishedAfter", after.as_deref()),
            ("pageToken", page.map(PageToken::as_str)),
        ];
        query.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
        self.get(Method::SearchList, "search", &query, parse_list).await
    }

    /// The categories of a region (ISO 3166-1), with names in a language (ISO 639-1): one unit.
    pub async fn video_categories(
        &self,
        region: &str,
        language: &str,
    ) -> Result<Page<VideoCategory>, Error> {
        let query = [("part", "snippet"), ("regionCode", region), ("hl", language)];
        self.get(Method::VideoCategoriesList, "videoCategories", &query, parse_list).await
    }
}
