//! Computes the state of every simulated channel and video at any time from the seed.

mod channel;
mod growth;
mod ids;
mod playlist;
mod random;
mod ranking;
mod text;
mod upload;

use channel::Channel;
use chrono::{DateTime, Utc};
use demo_words::{Topic, Words};
pub use playlist::PlaylistPage;
use serde::Serialize;
use std::collections::HashMap;
use upload::{Kind, Upload};
use youtube::{ChannelId, Handle, VideoId};

/// Channels and their videos. Memory is proportional to the number of channels; videos are
/// computed on request.
#[derive(Debug)]
pub struct Catalog {
    seed: u64,
    words: Words,
    channels: Vec<Channel>,
    handles: HashMap<String, usize>,
    /// Words in titles and tags by topic, in lower case.
    vocabularies: Vec<String>,
}

/// The visibility of a video.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Visible to everyone.
    Public,
    /// Visible to the owner only; may become public again.
    Private,
    /// Not returned by the API.
    Deleted,
}

/// The type of a video.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VideoKind {
    /// Neither a Short nor announced.
    Long,
    /// Listed in the channel's playlist of Shorts.
    Short,
    /// Announced, then shown at a set time.
    Premiere,
    /// Announced, then live.
    Live,
}

/// The phase of a premiere or live stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LivePhase {
    /// Before the start.
    Upcoming,
    /// Between start and end.
    Live,
    /// After the end, or never live.
    None,
}

/// The exact state of a video at an instant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VideoState {
    /// Contains the numbers of channel and upload, encrypted.
    pub id: VideoId,
    /// The channel that published the video.
    pub channel_id: ChannelId,
    /// The name of the channel at that time.
    pub channel_title: String,
    /// When it was published or announced.
    pub published_at: DateTime<Utc>,
    /// Whether the API returns the video.
    pub visibility: Visibility,
    /// Short, long video, premiere or live stream.
    pub kind: VideoKind,
    /// `None` except for premieres and live streams.
    pub live_phase: LivePhase,
    /// The start of a premiere or live stream; otherwise `published_at`.
    pub starts_at: DateTime<Utc>,
    /// The end of a premiere or live stream; otherwise `published_at`.
    pub ends_at: DateTime<Utc>,
    /// The title at that time.
    pub title: String,
    /// From a template of the topic.
    pub description: String,
    /// The topic of the channel, an English word.
    pub topic: String,
    /// Empty for a video without tags.
    pub tags: Vec<String>,
    /// YouTube's category id.
    pub category: u16,
    /// Duration in seconds.
    pub seconds: i64,
    /// Views; also counted while the video is private or deleted.
    pub views: u64,
    /// `None` if hidden.
    pub likes: Option<u64>,
    /// `None` if disabled.
    pub comments: Option<u64>,
}

/// The exact state of a channel at an instant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelState {
    /// Contains the number of the channel, encrypted.
    pub id: ChannelId,
    /// The name at that time.
    pub title: String,
    /// Without `@`.
    pub handle: String,
    /// Constant.
    pub description: String,
    /// Before the first upload.
    pub created_at: DateTime<Utc>,
    /// The exact number, which the API rounds or hides.
    pub subscribers: u64,
    /// Rounded down to three digits; `None` if hidden.
    pub public_subscribers: Option<u64>,
    /// Views of all its videos, without corrections: they never fall.
    pub views: u64,
    /// Number of uploads until then, including removed videos.
    pub videos: u64,
    /// YouTube's category id of the videos.
    pub category: u16,
}

impl Catalog {
    /// Simulates `channels` channels.
    pub fn new(seed: u64, channels: u32) -> serde_json::Result<Self> {
        let words = Words::read()?;
        let new = |number| Channel::new(seed, number, &words);
        let channels: Vec<Channel> = (0..channels).filter_map(new).collect();
        let handles = channels.iter().map(|it| it.handle.to_lowercase()).zip(0..).collect();
        let vocabularies = words.topics.iter().map(|topic| words.vocabulary(topic)).collect();
        Ok(Self { seed, words, channels, handles, vocabularies })
    }

    /// The ids of all channels, including future and deleted ones.
    pub fn channel_ids(&self) -> impl Iterator<Item = &ChannelId> {
        self.channels.iter().map(|channel| &channel.id)
    }

    /// The channel with a handle, in upper or lower case.
    pub fn channel_with_handle(&self, handle: &Handle) -> Option<&ChannelId> {
        let index = self.handles.get(&handle.as_str().to_lowercase())?;
        Some(&self.channels.get(*index)?.id)
    }

    /// A channel; `None` if it does not exist at that time.
    pub fn channel_at(&self, id: &ChannelId, at: DateTime<Utc>) -> Option<ChannelState> {
        let channel = self.find_channel(id).filter(|channel| channel.exists_at(at))?;
        let subscribers = upload::count(channel.subscribers_at(at));
        let videos = upload::count_until(self.seed, channel, at);
        Some(ChannelState {
            id: channel.id.clone(),
            title: channel.name_at(at).to_owned(),
            handle: channel.handle.clone(),
            description: channel.about.clone(),
            created_at: channel.created,
            subscribers,
            public_subscribers: (!channel.hides_subscribers).then(|| three_digits(subscribers)),
            views: upload::count(
                channel.older_views_at(at) + upload::recent_views(self.seed, channel, at),
            ),
            videos: videos.try_into().unwrap_or(u64::MAX),
            category: self.category(channel),
        })
    }

    /// A video; `None` if it is not published yet.
    pub fn video_at(&self, id: &VideoId, at: DateTime<Utc>) -> Option<VideoState> {
        let (number, ordinal) = ids::decode_video_id(self.seed, id)?;
        let channel = self.channels.get(usize::try_from(number).ok()?)?;
        let upload = Upload::new(self.seed, channel, ordinal)?;
        (upload.published <= at).then(|| self.state(id, channel, &upload, at))
    }

    /// The ids of the uploads of a channel until `at`, newest first, also of removed ones.
    pub fn uploads_until(
        &self,
        id: &ChannelId,
        at: DateTime<Utc>,
    ) -> impl Iterator<Item = VideoId> {
        let channel = self.find_channel(id);
        channel.into_iter().flat_map(move |channel| {
            let ordinals = upload::ordinals(self.seed, channel, at);
            ordinals.filter_map(|ordinal| ids::video_id(self.seed, channel.number, ordinal))
        })
    }

    /// When a video becomes invisible, and when it is visible again, if ever.
    pub fn removal(&self, id: &VideoId) -> Option<(DateTime<Utc>, Option<DateTime<Utc>>)> {
        let (number, ordinal) = ids::decode_video_id(self.seed, id)?;
        let channel = self.channels.get(usize::try_from(number).ok()?)?;
        let removal = Upload::new(self.seed, channel, ordinal)?.removal?;
        Some((removal.at, removal.until))
    }

    fn find_channel(&self, id: &ChannelId) -> Option<&Channel> {
        let number = ids::decode_channel_id(self.seed, id)?;
        self.channels.get(usize::try_from(number).ok()?)
    }

    fn category(&self, channel: &Channel) -> u16 {
        self.topic(channel).map_or(22, |topic| topic.category)
    }

    fn topic(&self, channel: &Channel) -> Option<&Topic> {
        self.words.topics.get(channel.topic)
    }

    fn state(
        &self,
        id: &VideoId,
        channel: &Channel,
        upload: &Upload,
        at: DateTime<Utc>,
    ) -> VideoState {
        let visibility = match upload.removal {
            _ if !channel.exists_at(at) => Visibility::Deleted,
            Some(removal) if upload.is_removed_at(at) && removal.is_private => Visibility::Private,
            Some(_) if upload.is_removed_at(at) => Visibility::Deleted,
            _ => Visibility::Public,
        };
        let live_phase = match upload.kind {
            Kind::Premiere | Kind::Live if at < upload.starts => LivePhase::Upcoming,
            Kind::Premiere | Kind::Live if at < upload.ends => LivePhase::Live,
            _ => LivePhase::None,
        };
        let kind = match upload.kind {
            Kind::Long => VideoKind::Long,
            Kind::Short => VideoKind::Short,
            Kind::Premiere => VideoKind::Premiere,
            Kind::Live => VideoKind::Live,
        };
        let text = self.text(channel, upload, at);
        VideoState {
            id: id.clone(),
            channel_id: channel.id.clone(),
            channel_title: channel.name_at(at).to_owned(),
            published_at: upload.published,
            visibility,
            kind,
            live_phase,
            starts_at: upload.starts,
            ends_at: upload.ends,
            title: text.title,
            description: text.description,
            topic: self.topic(channel).map_or_else(String::new, |topic| topic.slug.clone()),
            tags: text.tags,
            category: self.category(channel),
            seconds: upload.seconds,
            views: upload.views_at(at),
            likes: (!upload.hides_likes).then(|| upload.likes_at(at)),
            comments: (!upload.disables_comments).then(|| upload.comments_at(at)),
        }
    }
}

/// Rounds down to three digits, as YouTube does with subscribers: 12,345 to 12,300.
fn three_digits(number: u64) -> u64 {
    let unit = 10_u64.pow(number.checked_ilog10().unwrap_or_default().saturating_sub(2));
    number / unit * unit
}

#[cfg(test)]
mod tests;
