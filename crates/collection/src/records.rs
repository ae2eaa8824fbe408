//! Items of the API as observations.

use chrono::{DateTime, Utc};
use common::time::seoul_day;
use ingest::observation::{self, ChannelObservation, VideoCounts, VideoDetails, VideoObservation};
use youtube::{Channel, LiveState, Video, VideoStats};

/// Maximum lengths of columns, in characters.
const MAX_TITLE: usize = 500;
const MAX_DESCRIPTION: usize = 5000;
const MAX_CHANNEL_NAME: usize = 100;
const MAX_CHANNEL_DESCRIPTION: usize = 3000;
const MAX_TAG: usize = 100;
const MAX_URL: usize = 200;

/// Maximum length of a language tag in bytes.
const MAX_LANGUAGE: usize = 35;

/// The observation of a video at `observed`. `None` without a snippet or views, and before the
/// start of a premiere or live stream, whose publication time is the time of the announcement.
pub(crate) fn video_observation(
    video: &Video,
    observed: DateTime<Utc>,
) -> Option<VideoObservation> {
    let snippet = video.snippet.as_ref()?;
    if snippet.live_broadcast_content == LiveState::Upcoming {
        return None;
    }
    let counts = video.statistics?;
    let mut fit = Fit::default();
    Some(VideoObservation {
        video_id: video.id.to_string(),
        title: fit.line(&snippet.title, MAX_TITLE),
        published: snippet.published_at,
        channel_id: snippet.channel_id.to_string(),
        channel_name: Some(fit.line(&snippet.channel_title, MAX_CHANNEL_NAME))
            .filter(|name| !name.is_empty()),
        subscribers: None,
        observed,
        tags: Some(tags(snippet.tags.as_deref().unwrap_or_default())),
        views: count(counts.view_count?),
        likes: counts.like_count.map(count),
        dislikes: None,
        thumbnail_url: snippet.thumbnails.high_url(),
        description: Some(fit.text(&snippet.description, MAX_DESCRIPTION)),
        details: details(video),
        truncated: fit.truncated,
    })
}

/// The properties of a video. Whether one of up to three minutes is a Short is not in the response.
fn details(video: &Video) -> VideoDetails {
    let snippet = video.snippet.as_ref();
    let content = video.content_details.as_ref();
    let duration = content.and_then(|content| content.duration).filter(|time| !time.is_zero());
    let language = snippet
        .and_then(|snippet| {
            snippet.default_audio_language.as_ref().or(snippet.default_language.as_ref())
        })
        .filter(|tag| tag.len() <= MAX_LANGUAGE);
    let live = match snippet.map(|snippet| snippet.live_broadcast_content) {
        Some(LiveState::Live) => observation::LiveState::Live,
        _ if video.live_streaming_details.is_some() => observation::LiveState::Ended,
        _ => observation::LiveState::None,
    };
    VideoDetails {
        category: snippet.and_then(|snippet| i16::try_from(snippet.category_id?).ok()),
        duration_seconds: duration.and_then(|time| i32::try_from(time.as_secs()).ok()),
        is_short: video.can_be_short().filter(|can_be_short| !can_be_short),
        live_state: Some(live),
        language: language.cloned(),
        comments: video.statistics.and_then(|counts| counts.comment_count).map(count),
    }
}

/// The counts of a video at `observed`; `None` without views.
pub(crate) fn video_counts(stats: &VideoStats, observed: DateTime<Utc>) -> Option<VideoCounts> {
    Some(VideoCounts {
        video_id: stats.id.to_string(),
        observed,
        views: count(stats.statistics.view_count?),
        likes: stats.statistics.like_count.map(count),
    })
}

/// The observation of a channel at `observed`; `None` if its subscribers are hidden.
pub(crate) fn channel_observation(
    channel: &Channel,
    observed: DateTime<Utc>,
) -> Option<ChannelObservation> {
    let mut fit = Fit::default();
    Some(ChannelObservation {
        channel_id: channel.id.to_string(),
        subscribers: i32::try_from(channel.statistics.subscribers?).unwrap_or(i32::MAX),
        views: channel.statistics.views.map(count),
        name: Some(fit.line(&channel.snippet.title, MAX_CHANNEL_NAME)),
        description: Some(fit.text(&channel.snippet.description, MAX_CHANNEL_DESCRIPTION)),
        start_date: Some(seoul_day(channel.snippet.published_at)),
        thumbnail_url: channel.snippet.thumbnails.high_url(),
        observed: Some(observed),
        truncated: fit.truncated,
    })
}

/// The URL of a picture that fits its column.
trait HighUrl {
    fn high_url(&self) -> Option<String>;
}

impl HighUrl for youtube::Thumbnails {
    fn high_url(&self) -> Option<String> {
        let by_size = [&self.high, &self.medium, &self.small];
        let url = by_size.into_iter().flatten().map(|thumbnail| &thumbnail.url);
        url.into_iter().find(|url| url.chars().count() <= MAX_URL).cloned()
    }
}

/// The API returns counts of 64 bits without sign.
fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Distinct tags that fit their column, in order.
fn tags(tags: &[String]) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::with_capacity(tags.len());
    for tag in tags {
        let tag = tag.replace('\0', "");
        let tag = tag.trim();
        let fits = !tag.is_empty() && tag.chars().count() <= MAX_TAG;
        if fits && !distinct.iter().any(|other| other == tag) {
            distinct.push(tag.to_owned());
        }
    }
    distinct
}

/// Truncates texts to the lengths of their columns.
#[derive(Default)]
struct Fit {
    truncated: bool,
}

impl Fit {
    fn text(&mut self, text: &str, max_length: usize) -> String {
        let end = text.char_indices().nth(max_length).map_or(text.len(), |(end, _)| end);
        self.truncated |= end < text.len();
        // PostgreSQL cannot store NUL.
        text[..end].replace('\0', "")
    }

    fn line(&mut self, text: &str, max_length: usize) -> String {
        let line = text.replace(['\r', '\n'], " ");
        self.text(line.trim(), max_length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_distinct_trimmed_and_fit_their_column() {
        let stored = tags(&["먹방", " 먹방 ", "", "a\0b", &"가".repeat(101)].map(str::to_owned));
        assert_eq!(stored, ["먹방", "ab"]);
    }

    #[test]
    fn text_is_truncated_at_a_character() {
        let mut fit = Fit::default();
        assert_eq!(fit.line("먹방\n라면", 5), "먹방 라면");
        assert!(!fit.truncated);
        assert_eq!(fit.text("먹방 라면", 4), "먹방 라");
        assert!(fit.truncated);
    }
}
