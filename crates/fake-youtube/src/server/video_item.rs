//! Videos as JSON.

use crate::{Config, LivePhase, VideoState};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use youtube::{ChannelId, VideoId};

/// An item of `videos.list`. Typed, because `serde_json::Value` takes three times as long.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct VideoItem<'a> {
    pub kind: &'a str,
    pub etag: String,
    pub id: &'a VideoId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<Snippet<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_details: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statistics: Option<Statistics>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live_streaming_details: Option<Value>,
}

/// An item of `videos:batchGetStats`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StatsItem<'a> {
    pub kind: &'a str,
    pub id: &'a VideoId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statistics: Option<Statistics>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_details: Option<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Snippet<'a> {
    published_at: String,
    channel_id: &'a ChannelId,
    title: &'a str,
    description: &'a str,
    thumbnails: Thumbnails,
    channel_title: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    category_id: String,
    live_broadcast_content: &'a str,
    localized: Localized<'a>,
    default_audio_language: &'a str,
}

#[derive(Serialize)]
struct Localized<'a> {
    title: &'a str,
    description: &'a str,
}

impl<'a> Snippet<'a> {
    pub(super) fn of(state: &'a VideoState, config: &Config) -> Self {
        let VideoState { title, description, .. } = state;
        Self {
            published_at: format_time(state.published_at),
            channel_id: &state.channel_id,
            title,
            description,
            thumbnails: Thumbnails::of(state, config),
            channel_title: &state.channel_title,
            tags: &state.tags,
            category_id: state.category.to_string(),
            live_broadcast_content: live_broadcast_content(state.live_phase),
            localized: Localized { title, description },
            default_audio_language: "ko",
        }
    }
}

pub(super) const fn live_broadcast_content(phase: LivePhase) -> &'static str {
    match phase {
        LivePhase::Upcoming => "upcoming",
        LivePhase::Live => "live",
        LivePhase::None => "none",
    }
}

/// Thumbnails of each topic, see [`Config::thumbnails`].
const TOPIC_THUMBNAILS: u8 = 3;

/// The thumbnails of a video.
#[derive(Serialize)]
pub(super) struct Thumbnails {
    default: Thumbnail,
    medium: Thumbnail,
    high: Thumbnail,
    standard: Thumbnail,
    maxres: Thumbnail,
}

#[derive(Serialize)]
struct Thumbnail {
    url: String,
    width: u32,
    height: u32,
}

impl Thumbnails {
    pub(super) fn of(VideoState { id, topic, .. }: &VideoState, config: &Config) -> Self {
        let number = id.as_str().bytes().next().unwrap_or_default() % TOPIC_THUMBNAILS + 1;
        let thumbnail = |name: &str, width, height| {
            let url = match &config.thumbnails {
                Some(folder) => format!("{folder}/{topic}-{number}.svg"),
                None => format!("https://i.ytimg.com/vi/{id}/{name}.jpg"),
            };
            Thumbnail { url, width, height }
        };
        Self {
            default: thumbnail("default", 120, 90),
            medium: thumbnail("mqdefault", 320, 180),
            high: thumbnail("hqdefault", 480, 360),
            standard: thumbnail("sddefault", 640, 480),
            maxres: thumbnail("maxresdefault", 1_280, 720),
        }
    }
}

/// Counts are strings.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "as in the API")]
pub(super) struct Statistics {
    view_count: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    like_count: Option<String>,
    favorite_count: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment_count: Option<String>,
}

impl Statistics {
    pub(super) fn of(state: &VideoState) -> Self {
        Self {
            view_count: state.views.to_string(),
            like_count: state.likes.map(|count| count.to_string()),
            favorite_count: "0",
            comment_count: state.comments.map(|count| count.to_string()),
        }
    }
}

pub(super) fn live_streaming_details(state: &VideoState, now: DateTime<Utc>) -> Value {
    let mut details = json!({ "scheduledStartTime": format_time(state.starts_at) });
    if state.live_phase != LivePhase::Upcoming {
        details["actualStartTime"] = format_time(state.starts_at).into();
    }
    match state.live_phase {
        LivePhase::Live => details["concurrentViewers"] = (state.views / 9).to_string().into(),
        LivePhase::None if now >= state.ends_at => {
            details["actualEndTime"] = format_time(state.ends_at).into();
        }
        _ => {}
    }
    details
}

pub(super) fn format_time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
