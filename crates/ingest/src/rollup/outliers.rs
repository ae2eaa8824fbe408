//! Videos compared with the earlier videos of their channel at the same age.

use super::{
    ages::{AGES, AgeViews, to_f64},
    median_of_sorted,
};
use chrono::{DateTime, TimeDelta, Utc};
use common::time::COUNTING_CHANGE_UNTIL;

/// The maximum age difference of compared videos.
pub(super) const MAX_AGE_DIFFERENCE: TimeDelta = TimeDelta::days(180);

/// The number of videos that a video is compared with, the latest before it.
const MAX_COMPARED_VIDEOS: usize = 30;
const MIN_COMPARED_VIDEOS: usize = 3;

/// The weight of the prior ratio 1, in videos. The logarithm of the median of n videos has the
/// variance π/2 · σ² ÷ n, the logarithm of the video itself σ²: the best linear estimate of its
/// ratio has the weight n ÷ (n + π/2). Rounded up, as views have heavier tails than the
/// log-normal distribution.
const PRIOR_WEIGHT: f64 = 2.0;

/// The index of day 3 in [`AGES`].
const DAY_3: usize = 2;

/// The length of a video: Shorts and long videos are not compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VideoLength {
    Shorts,
    Long,
    /// Not classified, and not longer than a Short can be.
    Unknown,
}

impl VideoLength {
    /// The maximum duration of a Short in seconds.
    const MAX_SHORT: i32 = 180;

    pub(super) fn new(is_short: Option<bool>, seconds: Option<i32>) -> Self {
        match (is_short, seconds) {
            (Some(true), _) => Self::Shorts,
            (Some(false), _) => Self::Long,
            (None, Some(seconds)) if seconds > Self::MAX_SHORT => Self::Long,
            (None, _) => Self::Unknown,
        }
    }

    /// The value of the column `length`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Shorts => "shorts",
            Self::Long => "long",
            Self::Unknown => "unknown",
        }
    }

    pub(super) fn parse(name: &str) -> Self {
        match name {
            "shorts" => Self::Shorts,
            "long" => Self::Long,
            _ => Self::Unknown,
        }
    }
}

/// A video of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AgedVideo {
    pub idx: i32,
    pub uploaded_at: DateTime<Utc>,
    pub length: VideoLength,
    pub views: AgeViews,
}

/// A video compared with earlier ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OutlierComparison {
    pub idx: i32,
    pub age_days: i16,
    pub views: i64,
    /// The median of the earlier videos.
    pub expected: f64,
    /// The number of earlier videos.
    pub sample: i16,
    pub ratio: f64,
    /// The ratio, nearer to 1 the fewer videos it is compared with.
    pub shrunk: f64,
    pub day_3_ratio: Option<f64>,
}

/// Compares the videos of one channel, ordered by upload time, that were uploaded since `since`. A
/// video is left out if there is no standard age at which at least three earlier videos have views.
pub(super) fn compare(videos: &[AgedVideo], since: DateTime<Utc>) -> Vec<OutlierComparison> {
    let first = videos.partition_point(|video| video.uploaded_at < since);
    (first..videos.len())
        .filter_map(|place| compare_one(&videos[..place], &videos[place]))
        .collect()
}

fn compare_one(earlier: &[AgedVideo], video: &AgedVideo) -> Option<OutlierComparison> {
    let latest = (0..AGES.len()).rev().find_map(|age| {
        let (expected, sample) = expected_views(earlier, video, age)?;
        Some((age, video.views[age]?, expected, sample))
    });
    let (age, views, expected, sample) = latest?;
    let ratio = ratio(views, expected);
    let n = f64::from(sample);
    let day_3 = expected_views(earlier, video, DAY_3).zip(video.views[DAY_3]);
    Some(OutlierComparison {
        idx: video.idx,
        age_days: AGES[age],
        views,
        expected,
        sample,
        ratio,
        shrunk: (ratio.ln() * n / (n + PRIOR_WEIGHT)).exp(),
        day_3_ratio: day_3.map(|((expected, _), views)| self::ratio(views, expected)),
    })
}

/// The ratio of views to expected views, both at least 1.
fn ratio(views: i64, expected: f64) -> f64 {
    to_f64(views.max(1)) / expected.max(1.0)
}

/// The median of the views of earlier videos at an age, and their number. `None` if the views of
/// `video` at this age are unknown, or if there are fewer than three earlier videos.
fn expected_views(earlier: &[AgedVideo], video: &AgedVideo, age: usize) -> Option<(f64, i16)> {
    video.views[age]?;
    let oldest = video.uploaded_at - MAX_AGE_DIFFERENCE;
    let is_new = video.uploaded_at >= COUNTING_CHANGE_UNTIL;
    let comparable = |other: &&AgedVideo| {
        other.length == video.length
            && other.uploaded_at < video.uploaded_at
            && (other.uploaded_at >= COUNTING_CHANGE_UNTIL) == is_new
    };
    let mut views: Vec<i64> = earlier
        .iter()
        .rev()
        .take_while(|other| other.uploaded_at >= oldest)
        .filter(comparable)
        .filter_map(|other| other.views[age])
        .take(MAX_COMPARED_VIDEOS)
        .collect();
    if views.len() < MIN_COMPARED_VIDEOS {
        return None;
    }
    views.sort_unstable();
    let median = median_of_sorted(&views, |views| to_f64(*views))?;
    Some((median, i16::try_from(views.len()).unwrap_or(i16::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> DateTime<Utc> {
        "2026-10-01T00:00:00Z".parse().unwrap()
    }

    /// A long video of a day, with views at the ages of one and three days.
    fn video(day: i64, day_1: i64, day_3: i64) -> AgedVideo {
        AgedVideo {
            idx: i32::try_from(day).unwrap(),
            uploaded_at: start() + TimeDelta::days(day),
            length: VideoLength::Long,
            views: [Some(day_1), None, Some(day_3), None, None, None],
        }
    }

    fn last_of(videos: &[AgedVideo]) -> Option<OutlierComparison> {
        let last = videos.last()?;
        compare(videos, last.uploaded_at).pop()
    }

    #[test]
    fn video_is_compared_with_the_median_at_its_latest_age() {
        let mut videos =
            vec![video(1, 50, 100), video(2, 60, 300), video(3, 70, 200), video(4, 80, 400)];
        videos.push(video(5, 500, 2_500));
        let found = last_of(&videos).unwrap();
        assert_eq!((found.age_days, found.views, found.sample), (3, 2_500, 4));
        assert!((found.expected - 250.0).abs() < 1e-9 && (found.ratio - 10.0).abs() < 1e-9);
        // 10^(4 ÷ 6)
        assert!((found.shrunk - 4.641_588_8).abs() < 1e-6, "{}", found.shrunk);
        assert_eq!(found.day_3_ratio, Some(found.ratio));
    }

    #[test]
    fn age_with_fewer_than_three_earlier_videos_is_not_compared() {
        let mut videos = vec![video(1, 50, 100), video(2, 60, 300), video(3, 70, 200)];
        assert_eq!(last_of(&videos), None);
        videos[0].views[DAY_3] = None;
        videos.push(video(4, 120, 900));
        let found = last_of(&videos).unwrap();
        assert_eq!((found.age_days, found.sample, found.day_3_ratio), (1, 3, None));
        assert!((found.ratio - 2.0).abs() < 1e-9);
    }

    #[test]
    fn formats_are_not_compared_with_each_other() {
        let mut videos: Vec<_> = (1..=4).map(|day| video(day, 100, 200)).collect();
        videos.push(video(5, 100, 200));
        let expected = last_of(&videos);
        for length in [VideoLength::Shorts, VideoLength::Unknown] {
            let mut mixed = videos.clone();
            for day in 0..4 {
                mixed.insert(0, AgedVideo { length, ..video(day, 1_000_000, 2_000_000) });
            }
            mixed.sort_by_key(|video| video.uploaded_at);
            assert_eq!(last_of(&mixed), expected);
            videos[4].length = length;
            assert_eq!(last_of(&videos), None);
            videos[4].length = VideoLength::Long;
        }
    }

    #[test]
    fn comparison_uses_the_latest_30_videos_of_180_days() {
        let mut videos: Vec<_> = (1..=10).map(|day| video(day, 1, 1)).collect();
        videos.extend((11..=40).map(|day| video(day, 100, 100)));
        videos.push(video(41, 100, 100));
        let found = last_of(&videos).unwrap();
        assert_eq!((found.sample, found.ratio), (30, 1.0));
        videos.push(video(219, 100, 100));
        assert_eq!(last_of(&videos).unwrap().sample, 3);
        videos.push(video(230, 100, 100));
        assert_eq!(last_of(&videos), None);
    }

    #[test]
    fn videos_before_and_after_august_2026_are_not_compared() {
        let mut videos: Vec<_> = (-90..-80).map(|day| video(day, 100, 100)).collect();
        videos.iter_mut().zip(1..).for_each(|(video, idx)| video.idx = idx);
        videos.push(video(1, 900, 900));
        assert_eq!(last_of(&videos), None);
    }

    #[test]
    fn channel_without_views_has_a_finite_ratio() {
        let mut videos: Vec<_> = (1..=3).map(|day| video(day, 0, 0)).collect();
        videos.push(video(4, 0, 0));
        assert!((last_of(&videos).unwrap().ratio - 1.0).abs() < 1e-9);
    }

    #[test]
    fn format_of_unclassified_video_depends_on_duration() {
        assert_eq!(VideoLength::new(None, Some(181)), VideoLength::Long);
        assert_eq!(VideoLength::new(None, Some(180)), VideoLength::Unknown);
        assert_eq!(VideoLength::new(None, None), VideoLength::Unknown);
        assert_eq!(VideoLength::new(Some(false), Some(20)), VideoLength::Long);
        assert_eq!(VideoLength::parse(VideoLength::Shorts.name()), VideoLength::Shorts);
    }
}
