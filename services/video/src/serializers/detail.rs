//! The response of `video_detail`.

use crate::queries::postgres::{Averages, VideoRows};
use chrono::NaiveDate;
use common::{
    models::{Channel, VideoKeyword, VideoLikes, VideoViews, finite_popularity},
    time::seoul_day,
};
use serde::Serialize;
use utoipa::ToSchema;

/// The statistics of a video.
#[derive(Serialize, ToSchema)]
pub(crate) struct VideoDetailResponse {
    /// Always `영상`.
    #[serde(rename = "type")]
    #[schema(example = "영상")]
    kind: &'static str,
    video: VideoStanding,
    lines: ViewsLine,
    channel: VideoChannel,
}

/// A video compared with all videos.
#[derive(Serialize, ToSchema)]
struct VideoStanding {
    /// Views, as last observed.
    #[schema(example = 5_947_503)]
    video_views: Option<i64>,
    /// Views ÷ subscribers; null if unknown.
    #[schema(example = 1.25)]
    video_popularity: Option<f64>,
    /// Whether `video_popularity` is computed from estimated subscribers.
    popularity_estimated: bool,
    /// The mean popularity of all videos of the last 14 days; null if there are none.
    #[schema(example = 0.75)]
    avg_popularity: Option<f64>,
    /// The mean views of all videos of the last 14 days; null if there are none.
    #[schema(example = 120_345.5)]
    avg_videoviews: Option<f64>,
    video: VideoDetail,
}

/// A video.
#[derive(Serialize, ToSchema)]
struct VideoDetail {
    /// The title.
    #[schema(example = "혼자 먹는 저녁")]
    video_name: String,
    /// The YouTube id.
    #[schema(example = "uq5LClQN3cE")]
    video_id: String,
    /// Thumbnail URL.
    thumbnail_url: Option<String>,
    /// The description.
    video_description: Option<String>,
    /// Each observation, the newest first.
    videolikes: Vec<LikesCount>,
    /// Tags, in their order.
    videokeywordnew: Vec<VideoTag>,
}

/// A like count.
#[derive(Serialize, ToSchema)]
struct LikesCount {
    /// The count.
    #[schema(example = 120_934)]
    likes: i64,
    /// The count; 0 if unknown.
    #[schema(example = 1_203)]
    dislikes: i64,
}

impl From<VideoLikes> for LikesCount {
    fn from(row: VideoLikes) -> Self {
        Self { likes: row.likes, dislikes: row.dislikes.unwrap_or(0) }
    }
}

/// A tag of a video.
#[derive(Serialize, ToSchema)]
struct VideoTag {
    /// A complete tag of a video.
    #[schema(example = "먹방")]
    keyword: String,
}

impl From<VideoKeyword> for VideoTag {
    fn from(row: VideoKeyword) -> Self {
        Self { keyword: row.keyword }
    }
}

/// A video's views over time.
#[derive(Serialize, ToSchema)]
struct ViewsLine {
    /// Always `조회수 추이`.
    #[serde(rename = "type")]
    #[schema(example = "조회수 추이")]
    kind: &'static str,
    /// Each observation, the oldest first; a day may have several.
    data: Vec<ViewsCount>,
}

/// A view count.
#[derive(Serialize, ToSchema)]
struct ViewsCount {
    /// The day, in Seoul.
    date: NaiveDate,
    /// The count.
    #[schema(example = 5_947_503)]
    value: i64,
}

impl From<VideoViews> for ViewsCount {
    fn from(row: VideoViews) -> Self {
        Self { date: seoul_day(row.check_time), value: row.views }
    }
}

/// The channel of a video; if it is unknown, its strings are empty.
#[derive(Serialize, ToSchema)]
struct VideoChannel {
    /// Thumbnail URL.
    thumbnail_url: Option<String>,
    /// The description.
    channel_description: Option<String>,
    /// The name.
    #[schema(example = "오늘의 먹방")]
    channel_name: Option<String>,
    /// Subscribers, as last known; null if the channel is unknown.
    #[schema(example = 48_000)]
    subscriber_num: Option<i32>,
    /// Whether `subscriber_num` is an estimate made from views.
    subscriber_estimated: bool,
}

impl VideoChannel {
    fn unknown() -> Self {
        let empty = || Some(String::new());
        Self {
            thumbnail_url: empty(),
            channel_description: empty(),
            channel_name: empty(),
            subscriber_num: None,
            subscriber_estimated: false,
        }
    }
}

impl From<Channel> for VideoChannel {
    fn from(row: Channel) -> Self {
        Self {
            thumbnail_url: row.thumbnail_url,
            channel_description: row.channel_description,
            channel_name: row.channel_name,
            subscriber_num: Some(row.subscriber_num),
            subscriber_estimated: row.subscriber_estimated,
        }
    }
}

impl VideoDetailResponse {
    pub(crate) fn new(rows: VideoRows, averages: Averages) -> Self {
        let VideoRows { video, channel, likes, keywords, views } = rows;
        let detail = VideoDetail {
            video_name: video.video_name,
            video_id: video.video_id,
            thumbnail_url: video.thumbnail_url,
            video_description: video.video_description,
            videolikes: likes.into_iter().map(LikesCount::from).collect(),
            videokeywordnew: keywords.into_iter().map(VideoTag::from).collect(),
        };
        let standing = VideoStanding {
            video_views: video.views,
            video_popularity: finite_popularity(video.popularity),
            popularity_estimated: video.popularity_estimated,
            avg_popularity: averages.popularity,
            avg_videoviews: averages.views,
            video: detail,
        };
        let points = views.into_iter().map(ViewsCount::from).collect();
        Self {
            kind: "영상",
            video: standing,
            lines: ViewsLine { kind: "조회수 추이", data: points },
            channel: channel.map_or_else(VideoChannel::unknown, VideoChannel::from),
        }
    }
}
