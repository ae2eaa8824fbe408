//! The indexed document of a video.

use super::Tags;
use crate::{
    keywords::normalize_keyword,
    models::{Video, finite_popularity},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A document of the index `videos`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VideoDocument {
    /// The idx of the video, and the id of the document.
    pub idx: i32,
    /// Title.
    pub video_name: String,
    /// Description.
    pub video_description: Option<String>,
    /// YouTube id.
    pub video_id: String,
    /// Time of upload, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_time: Option<DateTime<Utc>>,
    /// Thumbnail.
    pub thumbnail_url: Option<String>,
    /// Views ÷ subscribers.
    pub popularity: Option<f64>,
    /// The subscribers in `popularity` are an estimate.
    #[serde(default)]
    pub popularity_estimated: bool,
    /// Views, as of the last observation.
    pub views: Option<i64>,
    /// Views gained per day; see [`Video::views_growth`](crate::models::Video::views_growth).
    pub views_growth: Option<i64>,
    /// Whether the video counts for 영상화.
    pub crawled: Option<bool>,
    /// The idx of the channel.
    pub channel_idx: Option<i32>,
    /// Tags, in the order of their idx.
    pub videokeywordnews: Vec<KeywordObject>,
    /// Normalized tags, which are searched: see [`normalize_keyword`].
    pub normal_keywords: Vec<String>,
    /// Tags for counting, stored as a doc value and excluded from `_source`.
    #[serde(skip_deserializing, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
}

/// A tag of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeywordObject {
    /// The idx of the row in `video_keyword_new`.
    pub idx: i32,
    /// The tag, not normalized.
    pub keyword: String,
}

impl VideoDocument {
    /// The document of a row and its tags, ordered by idx.
    pub fn new(video: Video, keywords: Vec<KeywordObject>) -> Self {
        let mut document = Self {
            idx: video.idx,
            video_name: video.video_name,
            video_description: video.video_description,
            video_id: video.video_id,
            upload_time: video.upload_time,
            thumbnail_url: video.thumbnail_url,
            popularity: finite_popularity(video.popularity),
            popularity_estimated: video.popularity_estimated,
            views: video.views,
            views_growth: video.views_growth,
            crawled: video.crawled,
            channel_idx: video.channel_idx,
            videokeywordnews: Vec::new(),
            normal_keywords: Vec::new(),
            tags: Tags::default(),
        };
        document.set_keywords(keywords);
        document
    }

    /// Replaces the tags.
    pub fn set_keywords(&mut self, keywords: Vec<KeywordObject>) {
        self.normal_keywords = keywords.iter().map(|tag| normalize_keyword(&tag.keyword)).collect();
        self.tags = keywords.iter().map(|tag| tag.keyword.as_str()).collect();
        self.videokeywordnews = keywords;
    }
}
