//! Rolling-origin evaluation: errors of models on videos later than their training data.

use super::{error::TrainError, fit::fit_core, target::Target};
use crate::samples::{Kind, Sample};
use chrono::NaiveDate;
use forecast::{ANCHOR_DAYS, Inputs, Model, Plan, SubscriberKind, Subscribers};

/// The splits, as shares of all videos: each part is estimated by a model of the earlier parts.
const SPLITS: [f64; 5] = [0.4, 0.55, 0.7, 0.85, 1.0];

/// The error of the estimate of a later video.
#[derive(Debug, Clone)]
pub(super) struct HoldoutError {
    pub kind: Kind,
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

/// Trains on the earlier videos of each split and estimates the next part. Splits with too few
/// earlier videos are skipped.
pub(super) fn holdout_errors(samples: &[&Sample]) -> Result<Vec<HoldoutError>, TrainError> {
    let mut holdout_errors = Vec::new();
    for pair in SPLITS.windows(2) {
        let (from, to) = (SplitDays::at(samples, pair[0]), SplitDays::at(samples, pair[1]));
        let earlier: Vec<&Sample> =
            samples.iter().copied().filter(|sample| from.is_after(sample)).collect();
        let model = match fit_core(&earlier) {
            Ok(file) => Model::new(&file)?,
            Err(TrainError::TooFewVideos { .. }) => continue,
            Err(error) => return Err(error),
        };
        let is_next =
            |sample: &&&Sample| !from.is_after(sample) && (pair[1] >= 1.0 || to.is_after(sample));
        for sample in samples.iter().filter(is_next) {
            add_holdout_errors(&mut holdout_errors, &model, sample);
        }
    }
    Ok(holdout_errors)
}

/// The first day after a split, for each kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct SplitDays {
    general: Option<NaiveDate>,
    listed: Option<NaiveDate>,
}

impl SplitDays {
    /// The upload days at this share of the videos of each kind.
    pub(super) fn at(samples: &[&Sample], share: f64) -> Self {
        let day = |kind| {
            let own = samples.iter().filter(|sample| sample.kind == kind);
            let mut days: Vec<NaiveDate> = own.map(|sample| sample.plan.upload.day).collect();
            days.sort_unstable();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_precision_loss,
                clippy::cast_sign_loss,
                reason = "a share of a small number"
            )]
            let index = (days.len() as f64 * share) as usize;
            days.get(index.min(days.len().saturating_sub(1))).copied()
        };
        Self { general: day(Kind::General), listed: day(Kind::Trending) }
    }

    pub(super) fn of(self, kind: Kind) -> Option<NaiveDate> {
        match kind {
            Kind::General => self.general,
            Kind::Trending => self.listed,
        }
    }

    /// Whether the video is before the split.
    pub(super) fn is_after(self, sample: &Sample) -> bool {
        self.of(sample.kind).is_some_and(|day| sample.plan.upload.day < day)
    }
}

fn add_holdout_errors(holdout_errors: &mut Vec<HoldoutError>, model: &Model, sample: &Sample) {
    let population = sample.kind.population(model.file());
    let Some(target) = population.and_then(|found| Target::of(sample, &found.curve)) else {
        return;
    };
    let all: Vec<Inputs> = Inputs::all().filter(|inputs| target.has(*inputs)).collect();
    for inputs in &all {
        let plan = limited(&sample.plan, *inputs);
        let Some(forecast) = sample.kind.forecast(model, &plan) else {
            continue;
        };
        let has_all_inputs = Some(inputs) == all.last();
        let nearest = sample.nearest(ANCHOR_DAYS).into_iter();
        let others = sample.points.iter().filter(|point| has_all_inputs && point.age > 0.0);
        let residuals = nearest.chain(others).map(|point| {
            let estimate = forecast.at(point.age).views.ln_1p();
            (point.age, forecast::log_count(point.views) - estimate)
        });
        holdout_errors.push(HoldoutError {
            kind: sample.kind,
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
