//! The document of a video.

use super::{Tags, normalise};
use crate::models::{Video, usable_popularity};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the index holds of a video.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VideoDocument {
    /// The video's number, and the document's id.
    pub idx: i32,
    /// Title.
    pub video_name: String,
    /// Description.
    pub video_description: Option<String>,
    /// YouTube's id.
    pub video_id: String,
    /// When it was published, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_time: Option<DateTime<Utc>>,
    /// Its picture.
    pub thumbnail_url: Option<String>,
    /// Views ÷ subscribers.
    pub popularity: Option<f64>,
    /// Views, as last observed.
    pub views: Option<i64>,
    /// Views gained a day, as last observed.
    pub views_growth: Option<i64>,
    /// Counted as newly made.
    pub crawled: Option<bool>,
    /// Its channel.
    pub channel_idx: Option<i32>,
    /// Its tags, in their order.
    pub videokeywordnews: Vec<KeywordObject>,
    /// The tags as they are searched: see [`normalise`].
    pub normal_keywords: Vec<String>,
    /// The tags as they are counted. Written only: the index keeps them in a column.
    #[serde(skip_deserializing, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
}

/// A tag of a video, in its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeywordObject {
    /// The row's number.
    pub idx: i32,
    /// The tag as it was given.
    pub keyword: String,
}

impl VideoDocument {
    /// The document of a row and its tags, which are given in their order.
    pub fn new(video: Video, keywords: Vec<KeywordObject>) -> Self {
        let mut document = Self {
            idx: video.idx,
            video_name: video.video_name,
            video_description: video.video_description,
            video_id: video.video_id,
            upload_time: video.upload_time,
            thumbnail_url: video.thumbnail_url,
            popularity: usable_popularity(video.popularity),
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

    /// Gives the video these tags instead of its own.
    pub fn set_keywords(&mut self, keywords: Vec<KeywordObject>) {
        self.normal_keywords = keywords.iter().map(|tag| normalise(&tag.keyword)).collect();
        self.tags = keywords.iter().map(|tag| tag.keyword.as_str()).collect();
        self.videokeywordnews = keywords;
    }
}
