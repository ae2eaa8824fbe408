//! Offsets of sources: the difference of their levels of views.

use super::{levels::fit_levels, target::Target};
use crate::samples::{Sample, SampleKind};
use chrono::NaiveDate;
use forecast::{Inputs, Level, Subscribers};
use std::collections::BTreeMap;

/// Rounds of fitting levels and offsets in turn.
const ROUNDS: usize = 3;
/// The ridge penalty of an offset, in videos.
const PENALTY: f64 = 20.0;

/// Offsets of ln(1 + views) by source, relative to the source of the newest upload, so
/// that levels fitted to older sources match the newest one.
#[derive(Debug, Clone, Default)]
pub(super) struct Offsets(BTreeMap<usize, f64>);

impl Offsets {
    /// The offset of a source; 0 if it is unknown.
    fn for_source(&self, source: usize) -> f64 {
        self.0.get(&source).copied().unwrap_or_default()
    }

    /// `target` without the offset of its source.
    pub(super) fn remove_from<'a>(&self, target: Target<'a>) -> Target<'a> {
        target.remove_offset(self.for_source(target.sample.source))
    }

    /// Fitted to the residuals of the levels of all sources; all 0 for a single source. Relative to
    /// the source `reference` if it has targets.
    pub(super) fn fit(targets: &[Target<'_>], reference: Option<usize>) -> Self {
        let mut offsets = Self::default();
        let has_targets =
            |source: &usize| targets.iter().any(|target| target.sample.source == *source);
        let newest = || newest_source(targets.iter().map(|target| target.sample));
        let Some(newest) = reference.filter(has_targets).or_else(newest) else {
            return offsets;
        };
        if targets.iter().all(|target| target.sample.source == newest) {
            return offsets;
        }
        for _ in 0..ROUNDS {
            let shifted: Vec<Target<'_>> =
                targets.iter().map(|target| offsets.remove_from(*target)).collect();
            let levels = fit_levels(&shifted);
            let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
            for target in targets {
                let (sum, count) = sums.entry(target.sample.source).or_default();
                *sum += target.log_views - predict(&levels, target);
                *count += 1.0;
            }
            offsets.0 = sums
                .into_iter()
                .map(|(source, (sum, count))| (source, sum / (count + PENALTY)))
                .collect();
            let reference = offsets.for_source(newest);
            offsets.0.values_mut().for_each(|offset| *offset -= reference);
        }
        offsets
    }
}

/// The source of the newest upload, independent of the order of sources: of several sources with
/// uploads on that day, the one with the most videos.
pub(crate) fn newest_source<'a>(samples: impl Iterator<Item = &'a Sample>) -> Option<usize> {
    let mut sources: BTreeMap<usize, (NaiveDate, usize)> = BTreeMap::new();
    for sample in samples.filter(|sample| sample.kind == SampleKind::General) {
        let day = sample.plan.upload.day;
        let (newest, count) = sources.entry(sample.source).or_insert((day, 0));
        *newest = day.max(*newest);
        *count += 1;
    }
    sources.into_iter().max_by_key(|(_, rank)| *rank).map(|(source, _)| source)
}

/// The level of the inputs that all sources share: subscribers, if they are known.
fn predict(levels: &[Level], target: &Target<'_>) -> f64 {
    let subscribers = target.sample.plan.subscribers;
    let inputs = Inputs { subscribers: subscribers.into(), ..Inputs::NONE };
    let count = match subscribers {
        Subscribers::Known(count) => count,
        Subscribers::Hidden | Subscribers::Unknown => 0,
    };
    let level = levels.iter().find(|level| level.inputs == inputs).or(levels.first());
    level.map_or(0.0, |level| level.predict(count, 0, None))
}
