//! Ids of demo videos and channels.

use super::rng::DemoRng;

/// The average number of videos of a channel.
const VIDEOS_PER_CHANNEL: u32 = 20;

/// The minimum number of channels.
const MIN_CHANNELS: u32 = 40;

/// Matches the id of every demo video.
pub(super) const VIDEO_ID_PATTERN: &str = "^demo[0-9a-z]{7}$";

/// Matches the id of every demo channel.
pub(super) const CHANNEL_ID_PATTERN: &str = "^UCdemo[0-9a-z]{18}$";

/// The YouTube id of a demo video.
pub(super) fn video_id(number: u32) -> String {
    format!("demo{:0>7}", base36(number))
}

/// The YouTube id of a demo channel.
pub(super) fn channel_id(number: u32) -> String {
    format!("UCdemo{:0>18}", base36(number))
}

/// The channel of a video, independent of the scale. Every twentieth video belongs to a new
/// channel, the others to existing ones with a preference for earlier ones: a few channels have
/// many videos, most have few. Some videos have no channel.
pub(super) fn channel_of(video: u32) -> Option<u32> {
    if video < MIN_CHANNELS {
        return Some(video);
    }
    if video % 499 == 77 {
        return None;
    }
    let channels = MIN_CHANNELS.max(video / VIDEOS_PER_CHANNEL + 1);
    if video.is_multiple_of(VIDEOS_PER_CHANNEL) {
        return Some(channels - 1);
    }
    let channel = DemoRng::for_video(video).unit().powf(1.4) * f64::from(channels);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below `channels`")]
    Some(channel as u32)
}

fn base36(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit(number % 36, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn demo_ids_have_youtube_format() {
        assert_eq!(video_id(0), "demo0000000");
        assert_eq!(video_id(46_655), "demo0000zzz");
        assert_eq!(video_id(u32::MAX).len(), 11);
        assert_eq!(channel_id(36).len(), 24);
        assert!(channel_id(36).starts_with("UCdemo"));
    }

    #[test]
    fn videos_are_distributed_unevenly_over_all_channels() {
        let mut videos: HashMap<u32, u32> = HashMap::new();
        for channel in (0..3_000).filter_map(channel_of) {
            *videos.entry(channel).or_default() += 1;
        }
        assert_eq!(videos.len(), 150);
        let most = videos.values().max().unwrap();
        assert!((60..250).contains(most), "{most}");
        assert!(videos.values().filter(|count| **count < 15).count() > 40);
    }
}
