//! Accuracy by group of videos, with bootstrap intervals.

use super::{
    measure::{Pair, rmsle},
    score::Case,
};
use crate::statistics::to_f64;
use forecast::Subscribers;
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};
use std::collections::BTreeMap;

/// The number of bootstrap samples.
const RESAMPLES: usize = 400;
/// The minimum number of videos of a group.
const MIN_VIDEOS: usize = 10;
/// Upper bounds of groups by subscribers.
const SIZES: [(u64, &str); 4] = [
    (1_000, "below 1,000 subscribers"),
    (10_000, "1,000 to 9,999 subscribers"),
    (100_000, "10,000 to 99,999 subscribers"),
    (u64::MAX, "100,000 subscribers and more"),
];

/// The accuracy of a group of videos.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The name, such as `Shorts` or `day 3`.
    pub name: String,
    /// The number of videos.
    pub videos: usize,
    /// The root of the mean squared error of ln(1 + views).
    pub rmsle: f64,
    /// The 95 % bootstrap interval of RMSLE.
    pub rmsle_range: (f64, f64),
    /// The share of views inside the interval.
    pub coverage: f64,
    /// The 95 % bootstrap interval of the coverage.
    pub coverage_range: (f64, f64),
}

impl Group {
    /// `None` for fewer than ten videos. Videos of one channel are resampled together (cluster
    /// bootstrap).
    pub fn of<'a>(name: impl Into<String>, cases: impl Iterator<Item = &'a Case>) -> Option<Self> {
        let cases: Vec<&Case> = cases.collect();
        if cases.len() < MIN_VIDEOS {
            return None;
        }
        let (rmsle, coverage) = measure(&cases);
        let clusters = clusters(&cases);
        let mut random = ChaCha8Rng::seed_from_u64(cases.len() as u64);
        let (mut errors, mut coverages) = (Vec::new(), Vec::new());
        for _ in 0..RESAMPLES {
            let drawn = (0..clusters.len()).map(|_| random.random_range(0..clusters.len()));
            let sample: Vec<&Case> = drawn.flat_map(|index| &clusters[index]).copied().collect();
            let (error, inside) = measure(&sample);
            errors.push(error);
            coverages.push(inside);
        }
        let (rmsle_range, coverage_range) = (percentiles(errors), percentiles(coverages));
        Some(Self {
            name: name.into(),
            videos: cases.len(),
            rmsle,
            rmsle_range,
            coverage,
            coverage_range,
        })
    }
}

/// The standard deviation of the difference between the RMSLE of two models on the same videos, over
/// bootstrap samples of channels. `one` and `other` have the same order.
pub(crate) fn bootstrap_deviation(one: &[Case], other: &[Case]) -> f64 {
    let mut channels: BTreeMap<(Option<u64>, usize), Vec<usize>> = BTreeMap::new();
    for (index, case) in one.iter().enumerate() {
        let key = case.channel.map_or((None, index), |channel| (Some(channel), 0));
        channels.entry(key).or_default().push(index);
    }
    let clusters: Vec<Vec<usize>> = channels.into_values().collect();
    let mut random = ChaCha8Rng::seed_from_u64(one.len() as u64);
    let differences: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let drawn = (0..clusters.len()).map(|_| random.random_range(0..clusters.len()));
            let drawn: Vec<usize> = drawn.flat_map(|cluster| &clusters[cluster]).copied().collect();
            let error = |cases: &[Case]| {
                rmsle(&drawn.iter().map(|index| cases[*index].model).collect::<Vec<Pair>>())
            };
            error(one) - error(other)
        })
        .collect();
    let mean = differences.iter().sum::<f64>() / to_f64(RESAMPLES);
    let squares = differences.iter().map(|difference| (difference - mean).powi(2));
    (squares.sum::<f64>() / to_f64(RESAMPLES)).sqrt()
}

/// Groups by Shorts or long, by subscribers and by source, in this order.
pub(super) fn groups(cases: &[Case], sources: &[String]) -> Vec<Group> {
    let mut groups = Vec::new();
    for (is_short, name) in [(true, "Shorts"), (false, "long videos")] {
        groups.extend(Group::of(name, cases.iter().filter(|case| case.is_short == Some(is_short))));
    }
    let mut from = 0;
    for (to, name) in SIZES {
        let is_within = |case: &&Case| matches!(case.subscribers, Subscribers::Known(number) if (from..to).contains(&number));
        groups.extend(Group::of(name, cases.iter().filter(is_within)));
        from = to;
    }
    let is_hidden = |case: &&Case| case.subscribers == Subscribers::Hidden;
    groups.extend(Group::of("hidden subscribers", cases.iter().filter(is_hidden)));
    if sources.len() > 1 {
        for (index, name) in sources.iter().enumerate() {
            groups.extend(Group::of(name, cases.iter().filter(|case| case.source == index)));
        }
    }
    groups
}

/// The videos of each channel. A video of an unknown channel is a separate cluster.
fn clusters<'a>(cases: &[&'a Case]) -> Vec<Vec<&'a Case>> {
    let mut channels: BTreeMap<u64, Vec<&Case>> = BTreeMap::new();
    let mut clusters = Vec::new();
    for case in cases {
        match case.channel {
            Some(channel) => channels.entry(channel).or_default().push(case),
            None => clusters.push(vec![*case]),
        }
    }
    clusters.extend(channels.into_values());
    clusters
}

/// RMSLE and coverage.
fn measure(cases: &[&Case]) -> (f64, f64) {
    let pairs: Vec<Pair> = cases.iter().map(|case| case.model).collect();
    let inside = cases.iter().filter(|case| case.is_inside).count();
    (rmsle(&pairs), to_f64(inside) / to_f64(cases.len()))
}

/// The 2.5th and the 97.5th percentile.
fn percentiles(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let place = values.len() / 40;
    (values[place], values[values.len() - 1 - place])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(error: f64, channel: Option<u64>) -> Case {
        let pair = Pair { estimate: error, actual: 0.0 };
        Case {
            day: 7.0,
            is_large: false,
            subscribers: Subscribers::Known(5_000),
            is_short: Some(channel.is_some()),
            source: 0,
            channel,
            model: pair,
            is_inside: error < 1.5,
            median: pair,
            line: None,
        }
    }

    #[test]
    fn bootstrap_interval_contains_estimate_and_widens_with_clusters() {
        let error = |index: u32| f64::from(index % 4) * 0.5;
        let alone: Vec<Case> = (0..200).map(|index| case(error(index), None)).collect();
        let clustered: Vec<Case> =
            (0..200).map(|index| case(error(index), Some(u64::from(index % 4)))).collect();
        let width = |cases: &[Case]| {
            let group = Group::of("all", cases.iter()).unwrap();
            let (low, high) = group.rmsle_range;
            assert!(low <= group.rmsle && group.rmsle <= high, "{group:?}");
            assert!((group.coverage - 0.75).abs() < 1e-9, "{group:?}");
            high - low
        };
        assert!(width(&alone) * 2.0 < width(&clustered));
        assert!(Group::of("few", alone[..9].iter()).is_none());
    }

    #[test]
    fn bootstrap_deviation_of_models_with_equal_errors_is_zero() {
        let cases = |scale: f64| -> Vec<Case> {
            (0..200_u32).map(|index| case(f64::from(index % 4) * scale, None)).collect()
        };
        assert!(bootstrap_deviation(&cases(0.5), &cases(0.5)) < 1e-12);
        let deviation = bootstrap_deviation(&cases(1.0), &cases(0.5));
        assert!((0.01..0.1).contains(&deviation), "{deviation}");
    }

    #[test]
    fn groups_are_by_format_size_and_source() {
        let mut cases: Vec<Case> =
            (0..40).map(|index| case(0.5, (index < 20).then_some(1))).collect();
        cases[30..].iter_mut().for_each(|case| case.source = 1);
        let sources = ["a.csv".to_owned(), "b.csv".to_owned()];
        let found = groups(&cases, &sources);
        let found: Vec<(&str, usize)> =
            found.iter().map(|group| (group.name.as_str(), group.videos)).collect();
        let size = "1,000 to 9,999 subscribers";
        assert_eq!(
            found,
            [("Shorts", 20), ("long videos", 20), (size, 40), ("a.csv", 30), ("b.csv", 10)]
        );
    }
}
