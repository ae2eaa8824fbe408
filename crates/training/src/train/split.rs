//! Order and splits of samples by upload day.

use crate::samples::Sample;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Samples by ascending upload day.
pub(super) fn by_day<'a>(samples: impl Iterator<Item = &'a Sample>) -> Vec<&'a Sample> {
    let mut samples: Vec<&Sample> = samples.collect();
    samples.sort_by_key(|sample| sample.plan.upload.day);
    samples
}

/// Splits the samples of each source by upload day: the earliest share `from` of its videos, and
/// the next videos up to the share `to`.
pub(super) fn split<'a>(
    samples: &[&'a Sample],
    from: f64,
    to: f64,
) -> (Vec<&'a Sample>, Vec<&'a Sample>) {
    let mut days: BTreeMap<usize, Vec<NaiveDate>> = BTreeMap::new();
    for sample in samples {
        days.entry(sample.source).or_default().push(sample.plan.upload.day);
    }
    for days in days.values_mut() {
        days.sort_unstable();
    }
    let is_before = |sample: &Sample, share: f64| {
        let days = &days[&sample.source];
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "a share of a small number"
        )]
        let index = (days.len() as f64 * share) as usize;
        days.get(index).is_none_or(|day| sample.plan.upload.day < *day)
    };
    let known = samples.iter().copied().filter(|sample| is_before(sample, to));
    known.partition(|sample| is_before(sample, from))
}
