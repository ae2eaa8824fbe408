//! Rolling-origin evaluation: errors of models on videos later than their training data.

use super::{fit::fit_without_intervals, target::Target};
use crate::{
    samples::{Sample, SampleKind},
    train::{constants::HOLDOUT_SPLITS, error::TrainError, split::split},
};
use forecast::{ANCHOR_DAYS, Inputs, Model, Plan, SubscriberKind, Subscribers};

/// The error of the estimate of a later video.
#[derive(Debug, Clone)]
pub(crate) struct HoldoutError {
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
/// few earlier videos are skipped. Levels match the source `newest`.
pub(crate) fn holdout_errors(
    samples: &[&Sample],
    newest: Option<usize>,
) -> Result<Vec<HoldoutError>, TrainError> {
    let mut holdout_errors = Vec::new();
    for pair in HOLDOUT_SPLITS.windows(2) {
        let (earlier, later) = split(samples, pair[0], pair[1]);
        let model = match fit_without_intervals(&earlier, None, newest) {
            Ok(file) => Model::new(&file)?,
            Err(TrainError::TooFewVideos { .. }) => continue,
            Err(error) => return Err(error),
        };
        for sample in later.iter().filter(|sample| sample.kind == SampleKind::General) {
            add_holdout_errors(&mut holdout_errors, &model, sample);
        }
    }
    Ok(holdout_errors)
}

fn add_holdout_errors(holdout_errors: &mut Vec<HoldoutError>, model: &Model, sample: &Sample) {
    let Some(target) = Target::from_sample(sample, &model.file().general.curve) else {
        return;
    };
    let all: Vec<Inputs> = Inputs::all().filter(|inputs| target.has_inputs(*inputs)).collect();
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
