//! Earlier videos of a channel, as known at the time of an upload.

use super::{Point, Sample, counting::ViewDefinition};
use chrono::NaiveDateTime;
use common::time::in_days;
use forecast::{ANCHOR_DAYS, MAX_PAST_VIDEOS, PastVideo, Subscribers};
use std::collections::BTreeMap;

/// The minimum age in days of a count of an earlier video.
const MIN_AGE_DAYS: f64 = 0.5;

/// Adds to each plan the channel's earlier videos with the same view definition. Only their counts
/// before the upload are used.
pub(super) fn fill_past(samples: &mut [Sample]) {
    let mut channels: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, sample) in samples.iter().enumerate() {
        if let Some(channel) = &sample.channel {
            channels.entry(channel).or_default().push(index);
        }
    }
    let mut found = Vec::new();
    for mut videos in channels.into_values().filter(|videos| videos.len() > 1) {
        videos.sort_by_key(|index| upload_time(&samples[*index]));
        for (order, index) in videos.iter().enumerate() {
            let earlier = videos[..order].iter().rev();
            let now = upload_time(&samples[*index]);
            let definition = ViewDefinition::of(now.date());
            let comparable = earlier
                .map(|other| &samples[*other])
                .filter(|other| ViewDefinition::of(other.plan.upload.day) == definition);
            let known = comparable.filter_map(|other| past_video(other, now));
            found.push((*index, known.take(MAX_PAST_VIDEOS).collect::<Vec<_>>()));
        }
    }
    for (index, past) in found {
        samples[index].plan.past = past;
    }
}

/// The count of a video that is nearest to the anchor, of its counts before `now`.
fn past_video(sample: &Sample, now: NaiveDateTime) -> Option<PastVideo> {
    let days = in_days(now - upload_time(sample));
    let known = |point: &&Point| (MIN_AGE_DAYS..=days).contains(&point.age);
    let distance = |point: &&Point| (point.age / ANCHOR_DAYS).ln().abs();
    let nearest = sample
        .points
        .iter()
        .filter(known)
        .min_by(|one, other| distance(one).total_cmp(&distance(other)))?;
    let subscribers = match sample.plan.subscribers {
        Subscribers::Known(count) => Some(count),
        Subscribers::Hidden | Subscribers::Unknown => None,
    };
    Some(PastVideo { age_days: nearest.age, views: nearest.views, subscribers })
}

fn upload_time(sample: &Sample) -> NaiveDateTime {
    sample.plan.upload.day.and_time(sample.plan.upload.time.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{super::tests::sample, *};

    #[test]
    fn past_videos_include_only_counts_before_upload() {
        let first = sample("2026-01-01", &[(1.0, 10), (6.5, 65), (8.0, 80)]);
        let second = sample("2026-01-02", &[(0.4, 4)]);
        let mut samples = [sample("2026-01-08", &[]), first, second];
        fill_past(&mut samples);
        let views = |sample: &Sample| sample.plan.past.iter().map(|past| past.views).collect();
        let known: Vec<Vec<u64>> = samples.iter().map(views).collect();
        assert_eq!(known, [vec![65], vec![], vec![10]]);
    }

    #[test]
    fn past_videos_have_the_same_view_definition() {
        let past = |days: [&str; 2]| {
            let mut samples = days.map(|day| sample(day, &[(1.0, 10)]));
            fill_past(&mut samples);
            samples[1].plan.past.len()
        };
        assert_eq!(past(["2026-07-20", "2026-07-25"]), 1);
        assert_eq!(past(["2026-07-20", "2026-09-02"]), 0);
        assert_eq!(past(["2026-09-01", "2026-09-04"]), 1);
    }
}
