//! The comparison of a new model with the current one.

use super::{error::TrainError, fit::fit_model, split::split};
use crate::{
    evaluate::{Case, Comparison, InputSet, Measures, bootstrap_deviation, estimate},
    samples::{Sample, SampleKind},
};
use chrono::{DateTime, NaiveDate, Utc};
use forecast::Model;
use serde::Serialize;
use std::{fmt, fs::OpenOptions, io::Write, path::Path};

/// The maximum share of the videos of the newest source that the models are compared on: the latest
/// videos that were counted near [`COMPARISON_AGE_DAYS`].
const NEWEST_SHARE: f64 = 0.15;
/// The minimum number of videos to compare on.
const MIN_VIDEOS: usize = 50;
/// The age in days of the compared views.
const COMPARISON_AGE_DAYS: f64 = 7.0;

/// The result of a comparison on the newest uploads. Neither model was trained on them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelComparison {
    /// The version of the current model.
    pub current: String,
    /// The version of the new model: of the written one, or of the compared one if the current model is
    /// kept.
    pub new: String,
    /// RMSLE of the current model.
    pub current_rmsle: f64,
    /// The share of views inside the intervals of the current model.
    pub current_coverage: f64,
    /// RMSLE of the new model.
    pub new_rmsle: f64,
    /// The share of views inside the intervals of the new model.
    pub new_coverage: f64,
    /// The first upload day.
    pub from: NaiveDate,
    /// The last upload day.
    pub to: NaiveDate,
    /// The number of videos.
    pub videos: usize,
    /// The standard deviation of the difference of both RMSLE (bootstrap of the channels).
    pub noise: f64,
    /// Whether the RMSLE of the new model is smaller by more than `noise`.
    pub is_better: bool,
}

/// Compares `current` with a model of the earlier videos on the newest ones; `name` is the first part of
/// its version.
pub(super) fn compare(
    current: &Model,
    samples: &[&Sample],
    name: &str,
) -> Result<ModelComparison, TrainError> {
    let trained_until = current.file().training.sources.iter().map(|source| source.to).max();
    let few = |found| TrainError::TooFewNew { found, needed: MIN_VIDEOS, trained_until };
    let general = samples.iter().filter(|sample| sample.kind == SampleKind::General);
    let newest = general.max_by_key(|sample| sample.plan.upload.day);
    let newest = newest.map(|sample| sample.source).ok_or_else(|| few(0))?;
    let case = |model: &Model, sample: &Sample| {
        estimate(model, sample, &InputSet::all(), COMPARISON_AGE_DAYS).ok()
    };
    // Counted near the age, and of a kind that the current model was trained on.
    let is_comparable =
        |sample: &&&Sample| sample.source == newest && case(current, sample).is_some();
    let comparable: Vec<&Sample> = samples.iter().filter(is_comparable).copied().collect();
    let (_, later) = split(&comparable, 1.0 - NEWEST_SHARE, 1.0);
    let is_new = |sample: &&Sample| trained_until.is_none_or(|day| sample.plan.upload.day > day);
    let later: Vec<&Sample> = later.into_iter().filter(is_new).collect();
    let (Some(from), Some(to)) = (
        later.iter().map(|sample| sample.plan.upload.day).min(),
        later.iter().map(|sample| sample.plan.upload.day).max(),
    ) else {
        return Err(few(0));
    };
    if later.len() < MIN_VIDEOS {
        return Err(few(later.len()));
    }
    let earlier: Vec<&Sample> =
        samples.iter().filter(|sample| sample.plan.upload.day < from).copied().collect();
    let mut file = fit_model(&earlier, current.file().trending.as_ref())?;
    name.clone_into(&mut file.name);
    let new = Model::new(&file)?;
    let cases =
        later.iter().filter_map(|sample| Some((case(current, sample)?, case(&new, sample)?)));
    let (old_cases, new_cases): (Vec<Case>, Vec<Case>) = cases.unzip();
    let scores = (Comparison::of(old_cases.iter()), Comparison::of(new_cases.iter()));
    let (Some(old_score), Some(new_score)) = scores else {
        return Err(few(0));
    };
    let noise = bootstrap_deviation(&old_cases, &new_cases);
    let coverage = |measures: &Measures| measures.coverage.unwrap_or_default();
    Ok(ModelComparison {
        current: current.version().to_owned(),
        new: new.version().to_owned(),
        current_rmsle: old_score.model.rmsle,
        current_coverage: coverage(&old_score.model),
        new_rmsle: new_score.model.rmsle,
        new_coverage: coverage(&new_score.model),
        from,
        to,
        videos: new_score.videos,
        noise,
        is_better: old_score.model.rmsle - new_score.model.rmsle > noise,
    })
}

#[derive(Serialize)]
struct Record<'a> {
    time: DateTime<Utc>,
    #[serde(flatten)]
    comparison: &'a ModelComparison,
}

/// Appends the result to the file of comparisons next to the model, one JSON object per line.
pub(super) fn record(model: &Path, comparison: &ModelComparison) -> Result<(), TrainError> {
    let file = model.with_extension("trials.jsonl");
    let unwritable = |source| TrainError::Unwritable { file: file.clone(), source };
    let record = Record { time: Utc::now(), comparison };
    let line = serde_json::to_string(&record).map_err(forecast::ModelError::from)? + "\n";
    let mut to = OpenOptions::new().create(true).append(true).open(&file).map_err(unwritable)?;
    to.write_all(line.as_bytes()).map_err(unwritable)
}

impl fmt::Display for ModelComparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { current, current_rmsle, new_rmsle, noise, from, to: until, videos, .. } = self;
        let (old, new) = (self.current_coverage * 100.0, self.new_coverage * 100.0);
        write!(
            f,
            "{videos} videos of {from} to {until}, day {COMPARISON_AGE_DAYS}: current model {current} RMSLE \
             {current_rmsle:.3}, {old:.1} % inside; new model RMSLE {new_rmsle:.3}, {new:.1} % inside; \
             standard deviation of the difference {noise:.3}"
        )
    }
}
