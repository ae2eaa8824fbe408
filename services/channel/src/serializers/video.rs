//! Videos and keywords of a channel.

use crate::queries::postgres::{KeywordRow, VideoRow, ViewsRow};
use common::{serializers::Word, time::SeoulTime};
use serde::Serialize;
use utoipa::ToSchema;

/// Videos of a channel.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChannelVideos {
    /// `aside` (most viewed) or `analysis` (fastest growing).
    #[serde(rename = "type")]
    #[schema(example = "aside")]
    pub kind: &'static str,
    /// Up to five.
    pub data: Vec<ChannelVideo>,
}

/// A video, with its views and tags.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChannelVideo {
    /// Database id (`idx`).
    #[schema(example = 17)]
    pub idx: i32,
    /// The title.
    #[schema(example = "혼자 먹는 저녁")]
    pub video_name: String,
    /// The description.
    pub video_description: Option<String>,
    /// The YouTube id.
    #[schema(example = "uq5LClQN3cE")]
    pub video_id: String,
    /// The upload time, in Seoul; null if unknown.
    #[schema(value_type = Option<String>, example = "2026-11-21T10:21:48")]
    pub upload_time: Option<SeoulTime>,
    /// Set by the Django crawler.
    pub processed: Option<bool>,
    /// Thumbnail URL.
    pub thumbnail_url: Option<String>,
    /// Set by the Django crawler.
    pub thumbnail_processed: Option<bool>,
    /// View counts, oldest first.
    pub videoviews: Vec<ChannelVideoViews>,
    /// Tags, in their order.
    pub videokeywordnew: Vec<ChannelVideoTag>,
}

/// A view count.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChannelVideoViews {
    /// The time of the observation, in Seoul.
    #[schema(value_type = String, example = "2026-11-21T10:21:48")]
    check_time: SeoulTime,
    /// The count.
    #[schema(example = 5_947_503)]
    views: i64,
}

/// A tag.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChannelVideoTag {
    /// A complete tag of a video.
    #[schema(example = "먹방")]
    keyword: String,
}

/// The data of a pie chart of keywords.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Pie {
    /// Up to seven, the most frequent first.
    pub pie: Vec<Word>,
}

impl ChannelVideo {
    pub(crate) fn new(
        row: VideoRow,
        views: impl Iterator<Item = ViewsRow>,
        keywords: impl Iterator<Item = KeywordRow>,
    ) -> Self {
        Self {
            idx: row.idx,
            video_name: row.video_name,
            video_description: row.video_description,
            video_id: row.video_id,
            upload_time: row.upload_time.map(SeoulTime),
            processed: row.processed,
            thumbnail_url: row.thumbnail_url,
            thumbnail_processed: row.thumbnail_processed,
            videoviews: views.map(ChannelVideoViews::from).collect(),
            videokeywordnew: keywords.map(ChannelVideoTag::from).collect(),
        }
    }
}

impl From<ViewsRow> for ChannelVideoViews {
    fn from(row: ViewsRow) -> Self {
        Self { check_time: SeoulTime(row.check_time), views: row.views }
    }
}

impl From<KeywordRow> for ChannelVideoTag {
    fn from(row: KeywordRow) -> Self {
        Self { keyword: row.keyword }
    }
}
