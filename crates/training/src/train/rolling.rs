//! Rolling-origin evaluation: errors of models on videos later than their training data.

use super::{constants::HOLDOUT_SPLITS, error::TrainError, fit::fit_core, target::Target};
use crate::samples::{Kind, Sample};
use chrono::NaiveDate;
use forecast::{ANCHOR_DAYS, Inputs, Model, Plan, SubscriberKind, Subscribers};
use std::collections::BTreeMap;

/// The error of the estimate of a later video.
#[derive(Debug, Clone)]
pub(super) struct HoldoutError {
    /// The source of the video.
    pub source: usize,
    /// The inputs of the estimate.
    pub inputs: Inputs,
    /// Whether these are all known inputs of the video.
    pub has_all_inputs: bool,
    /// The estimate of ln(1 + views) at the anchor.
    pub estimate: f64,
    /// Ages in days and residuals of ln(1 + views); the one nearest to the anchor first. Others
    /// only if `has_all_inputs`.
    pub residuals: Vec<(f64, f64)>,
}

/// Trains on the earlier general videos of each split and estimates the next part. Splits with too
/// few earlier videos are skipped.
pub(super) fn holdout_errors(samples: &[&Sample]) -> Result<Vec<HoldoutError>, TrainError> {
    let mut holdout_errors = Vec::new();
    for pair in HOLDOUT_SPLITS.windows(2) {
        let (earlier, later) = split(samples, pair[0], pair[1]);
        let model = match fit_core(&earlier, None) {
            Ok(file) => Model::new(&file)?,
            Err(TrainError::TooFewVideos { .. }) => continue,
            Err(error) => return Err(error),
        };
        for sample in later.iter().filter(|sample| sample.kind == Kind::General) {
            add_holdout_errors(&mut holdout_errors, &model, sample);
        }
    }
    Ok(holdout_errors)
}

/// The samples before the share `from` of the videos of their source, and those up to `to`, by
/// whole upload days.
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

fn add_holdout_errors(holdout_errors: &mut Vec<HoldoutError>, model: &Model, sample: &Sample) {
    let Some(target) = Target::of(sample, &model.file().general.curve) else {
        return;
    };
    let all: Vec<Inputs> = Inputs::all().filter(|inputs| target.has(*inputs)).collect();
    for inputs in &all {
        let forecast = model.forecast(&limited(&sample.plan, *inputs));
        let has_all_inputs = Some(inputs) == all.last();
        let nearest = sample.nearest(ANCHOR_DAYS).into_iter();
        let others = sample.points.iter().filter(|point| has_all_inputs && point.age > 0.0);
        let residuals = nearest.chain(others).map(|point| {
            let estimate = forecast.at(point.age).views.ln_1p();
            (point.age, forecast::log_count(point.views) - estimate)
        });
        holdout_errors.push(HoldoutError {
            source: sample.source,
            inputs: *inputs,
            has_all_inputs,
            estimate: forecast.at(ANCHOR_DAYS).views.ln_1p(),
            residuals: residuals.collect(),
        });
    }
}

/// The plan with only `inputs` and without earlier videos, whose effect on intervals is computed.
fn limited(plan: &Plan, inputs: Inputs) -> Plan {
    let has_subscribers = inputs.subscribers != SubscriberKind::Unknown;
    Plan {
        subscribers: if has_subscribers { plan.subscribers } else { Subscribers::Unknown },
        uploads: plan.uploads.filter(|_| inputs.uploads),
        category: plan.category.filter(|_| inputs.category),
        past: Vec::new(),
        ..plan.clone()
    }
}
