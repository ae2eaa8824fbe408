//! Items of the API as observations.

use chrono::{DateTime, Utc};
use common::time::seoul_day;
use ingest::{
    column_fit::{
        ColumnFit, MAX_CHANNEL_DESCRIPTION, MAX_CHANNEL_NAME, MAX_DESCRIPTION, MAX_LANGUAGE,
        MAX_TAG, MAX_TITLE, is_url_short_enough, to_nfc,
    },
    observation::{self, ChannelObservation, VideoCounts, VideoDetails, VideoObservation},
};
use youtube::{Channel, LiveState, Video, VideoStats};

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
    let mut fit = ColumnFit::default();
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
        thumbnail_url: thumbnail_url(&snippet.thumbnails),
        description: Some(fit.text(&snippet.description, MAX_DESCRIPTION)),
        details: details(video),
        has_truncated_text: fit.has_truncated(),
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
    let mut fit = ColumnFit::default();
    Some(ChannelObservation {
        channel_id: channel.id.to_string(),
        subscribers: i32::try_from(channel.statistics.subscribers?).unwrap_or(i32::MAX),
        views: channel.statistics.views.map(count),
        uploads: channel.statistics.videos.map(count),
        name: Some(fit.line(&channel.snippet.title, MAX_CHANNEL_NAME)),
        description: Some(fit.text(&channel.snippet.description, MAX_CHANNEL_DESCRIPTION)),
        start_date: Some(seoul_day(channel.snippet.published_at)),
        thumbnail_url: thumbnail_url(&channel.snippet.thumbnails),
        observed: Some(observed),
        has_truncated_text: fit.has_truncated(),
    })
}

/// The URL of the largest thumbnail up to `high` whose URL fits its column.
fn thumbnail_url(thumbnails: &youtube::Thumbnails) -> Option<String> {
    let by_size = [&thumbnails.high, &thumbnails.medium, &thumbnails.small];
    let mut urls = by_size.into_iter().flatten().map(|thumbnail| &thumbnail.url);
    urls.find(|url| is_url_short_enough(url)).cloned()
}

/// The API returns counts of 64 bits without sign.
fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Distinct tags in NFC that fit their column, in order.
fn tags(tags: &[String]) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::with_capacity(tags.len());
    for tag in tags {
        let tag = to_nfc(tag).replace('\0', "");
        let tag = tag.trim();
        let fits = !tag.is_empty() && tag.chars().count() <= MAX_TAG;
        if fits && !distinct.iter().any(|other| other == tag) {
            distinct.push(tag.to_owned());
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_distinct_trimmed_and_fit_their_column() {
        let stored = tags(
            &["먹방", " 먹방 ", "\u{1106}\u{1165}\u{11a8}방", "", "a\0b", &"가".repeat(101)]
                .map(str::to_owned),
        );
        assert_eq!(stored, ["먹방", "ab"]);
    }
}
