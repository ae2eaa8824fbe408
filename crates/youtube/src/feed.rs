//! The Atom feed of a channel: its latest 15 or so uploads, without quota.

use crate::{
    client::{Client, read_body, retry_after},
    error::Error,
    ids::{ChannelId, VideoId},
    quota::Method,
};
use chrono::{DateTime, Utc};
use quick_xml::DeError;
use reqwest::{
    StatusCode,
    header::{
        ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    },
};
use serde::Deserialize;

/// The validators of a feed, with which the next request is conditional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CacheValidators {
    /// From `ETag`, if the server sent one.
    pub etag: Option<String>,
    /// From `Last-Modified`, if the server sent one.
    pub last_modified: Option<String>,
}

/// The response to a request for a feed.
#[derive(Debug, Clone, PartialEq)]
pub enum FetchedFeed {
    /// The content is unchanged since the last response (304).
    NotModified,
    /// The content, and its validators for the next request.
    Modified(Feed, CacheValidators),
}

/// The latest uploads of a channel, with Shorts, live streams and premieres.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// The current name of the channel.
    pub title: String,
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

/// An upload in a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedEntry {
    /// 11 characters of URL-safe base64.
    pub video_id: VideoId,
    /// The title when the feed was generated.
    pub title: String,
    /// When it was published, or the premiere was announced.
    pub published_at: DateTime<Utc>,
    /// When it was changed last.
    pub updated_at: Option<DateTime<Utc>>,
    /// Views when the feed was generated, up to some hours ago.
    pub views: Option<u64>,
}

/// quick-xml matches local names: `yt:videoId` is `videoId`.
#[derive(Deserialize)]
struct RawFeed {
    title: String,
    #[serde(default)]
    entry: Vec<RawEntry>,
}

#[derive(Deserialize)]
struct RawEntry {
    #[serde(rename = "videoId")]
    video_id: VideoId,
    title: String,
    published: DateTime<Utc>,
    updated: Option<DateTime<Utc>>,
    group: Option<RawGroup>,
}

#[derive(Deserialize)]
struct RawGroup {
    community: Option<RawCommunity>,
}

#[derive(Deserialize)]
struct RawCommunity {
    statistics: Option<RawStatistics>,
}

#[derive(Deserialize)]
struct RawStatistics {
    #[serde(rename = "@views")]
    views: Option<u64>,
}

impl From<RawEntry> for FeedEntry {
    fn from(raw: RawEntry) -> Self {
        let community = raw.group.and_then(|group| group.community);
        Self {
            video_id: raw.video_id,
            title: raw.title,
            published_at: raw.published,
            updated_at: raw.updated,
            views: community.and_then(|it| it.statistics).and_then(|it| it.views),
        }
    }
}

fn parse_feed(body: &[u8]) -> Result<Feed, Error> {
    let invalid = |reason: String, is_truncated| Error::InvalidResponse {
        reason: format!("{reason} ({} bytes)", body.len()),
        is_truncated,
    };
    let text = str::from_utf8(body).map_err(|error| invalid(error.to_string(), false))?;
    let feed: RawFeed = quick_xml::de::from_str(text).map_err(|error| {
        let is_truncated = matches!(error, DeError::UnexpectedEof | DeError::InvalidXml(_));
        invalid(error.to_string(), is_truncated)
    })?;
    let entries = feed.entry.into_iter().map(FeedEntry::from).collect();
    Ok(Feed { title: feed.title, entries })
}

impl Client {
    /// The feed of a channel, without quota. `validators` are from the last response.
    ///
    /// Feeds have outages of hours in which they return 404 or 500 for every channel: no error
    /// means that the channel is gone.
    pub async fn feed(
        &self,
        channel: &ChannelId,
        validators: &CacheValidators,
    ) -> Result<FetchedFeed, Error> {
        let mut url = self.feed_url.clone();
        url.query_pairs_mut().append_pair("channel_id", channel.as_str());
        let headers = validators.headers();
        self.retrying(Method::Feed, || async {
            let response = self.send(Method::Feed, url.clone(), headers.clone()).await?;
            let (status, headers) = (response.status(), response.headers().clone());
            match status {
                StatusCode::OK => {
                    let feed = parse_feed(&read_body(response).await?)?;
                    Ok(FetchedFeed::Modified(feed, CacheValidators::from_headers(&headers)))
                }
                StatusCode::NOT_MODIFIED => Ok(FetchedFeed::NotModified),
                StatusCode::NOT_FOUND => Err(Error::FeedUnavailable),
                StatusCode::TOO_MANY_REQUESTS => Err(Error::RateLimited {
                    retry_after: retry_after(&headers),
                    message: "feed".into(),
                }),
                status => Err(Error::Server {
                    status: status.as_u16(),
                    retry_after: retry_after(&headers),
                    message: "feed".into(),
                }),
            }
        })
        .await
    }
}

impl CacheValidators {
    fn from_headers(headers: &HeaderMap) -> Self {
        let text = |name| Some(headers.get(name)?.to_str().ok()?.to_owned());
        Self { etag: text(ETAG), last_modified: text(LAST_MODIFIED) }
    }

    fn headers(&self) -> HeaderMap {
        let header = |name: HeaderName, value: &Option<String>| {
            Some((name, HeaderValue::from_str(value.as_deref()?).ok()?))
        };
        let headers =
            [header(IF_NONE_MATCH, &self.etag), header(IF_MODIFIED_SINCE, &self.last_modified)];
        headers.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests;
