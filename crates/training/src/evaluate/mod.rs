//! `createtrend evaluate`: the accuracy of a model on files or tables, compared with two baselines.

mod groups;
mod inputs;
mod measure;
mod report;
mod score;

pub use groups::Group;
pub(crate) use groups::bootstrap_deviation;
pub use inputs::{Input, InputSet, parse_input};
pub(crate) use measure::{Pair, median_ape, rmsle, spearman};
pub use report::{EvaluationReport, Overlap};
pub use score::{Case, Comparison, LARGE_CHANNEL_SUBSCRIBERS, Measures, SkipReason, estimate};

use crate::samples::{Sample, SampleError, Samples, read_sources};
use common::settings::{ModelSettings, PostgresSettings};
use forecast::{Model, ModelError};
use futures_util::{FutureExt, future::BoxFuture};
use ingest::progress::Progress;
use std::{collections::BTreeMap, path::PathBuf};

/// A failed evaluation.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The file is unreadable or has an unknown format.
    #[error(transparent)]
    Samples(#[from] SampleError),
    /// The model is invalid.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// No video was counted near the age.
    #[error("{file}: no video was counted near day {age}: the counts are from days {from} to {to}")]
    NoCount {
        /// The names of the sources.
        file: String,
        /// The requested age in days.
        age: f64,
        /// The minimum age in the file.
        from: f64,
        /// The maximum age in the file.
        to: f64,
    },
    /// Neither files nor the database are given.
    #[error("nothing to evaluate on: name a FILE, or use --tables")]
    NoSource,
    /// The sources have no usable video.
    #[error("{0}: no usable video")]
    NoVideo(String),
    /// The model was not trained on videos of this kind.
    #[error("the model was not trained on videos of the trending list")]
    UnknownKind,
}

/// Options of an evaluation.
#[derive(Debug, Clone)]
pub struct EvaluateOptions {
    /// Prepared files, plain or gzip.
    pub files: Vec<PathBuf>,
    /// The database, as an additional source.
    pub tables: Option<PostgresSettings>,
    /// The age in days of the compared views.
    pub age: f64,
    /// The inputs of the model.
    pub inputs: InputSet,
    /// A model file; by default the configured model.
    pub model: Option<PathBuf>,
}

/// Ages in days for the accuracy by age.
const AGES: [f64; 5] = [1.0, 3.0, 7.0, 14.0, 31.0];

/// Evaluates a model on files and tables.
pub fn evaluate<'a>(
    options: &'a EvaluateOptions,
    configured: &'a ModelSettings,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<EvaluationReport, EvaluateError>> {
    async move {
        let model = match options.model.as_deref().map(Model::load) {
            Some(model) => model?,
            None => Model::configured(configured.file.as_deref())?,
        };
        let sources = read_sources(&options.files, options.tables.as_ref(), progress).await?;
        if sources.is_empty() {
            return Err(EvaluateError::NoSource);
        }
        let samples: Vec<&Sample> = sources.iter().flat_map(|source| &source.videos).collect();
        let inputs = options.inputs.found_in(&samples.iter().map(|sample| &sample.plan));
        let (cases, skipped) = estimate_all(&model, &samples, &inputs, options.age);
        if cases.is_empty() {
            return Err(no_cases_error(options, &sources, &skipped));
        }
        let by_age = AGES.into_iter().filter_map(|age| {
            Group::of(format!("day {age}"), estimate_all(&model, &samples, &inputs, age).0.iter())
        });
        let by_age = by_age.collect();
        let names: Vec<String> = sources.iter().map(|source| source.name.clone()).collect();
        let sum = |number: fn(&Samples) -> u64| sources.iter().map(number).sum();
        Ok(EvaluationReport {
            version: model.version().to_owned(),
            overlap: Overlap::of(&model, &sources),
            inputs: inputs.to_string(),
            age: options.age,
            samples: names.join(", "),
            videos: samples.len(),
            rejected_rows: sum(|source| source.rejected_rows),
            seen_late: sum(|source| source.seen_late),
            not_counted: skipped.get(&SkipReason::NotCounted).copied().unwrap_or_default(),
            groups: groups::groups(&cases, &names),
            by_age,
            cases,
        })
    }
    .boxed()
}

/// The estimates at an age, and the numbers of skipped videos.
fn estimate_all(
    model: &Model,
    samples: &[&Sample],
    inputs: &InputSet,
    age: f64,
) -> (Vec<Case>, BTreeMap<SkipReason, usize>) {
    let (mut cases, mut skipped) = (Vec::new(), BTreeMap::new());
    for sample in samples {
        match estimate(model, sample, inputs, age) {
            Ok(case) => cases.push(case),
            Err(reason) => *skipped.entry(reason).or_insert(0_usize) += 1,
        }
    }
    (cases, skipped)
}

/// The error if no video can be evaluated.
fn no_cases_error(
    options: &EvaluateOptions,
    sources: &[Samples],
    skipped: &BTreeMap<SkipReason, usize>,
) -> EvaluateError {
    if skipped.contains_key(&SkipReason::UnknownKind) {
        return EvaluateError::UnknownKind;
    }
    let videos = || sources.iter().flat_map(|source| &source.videos);
    let days = || videos().flat_map(|sample| &sample.points).map(|point| point.day);
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    let names = names.join(", ");
    if days().next().is_none() {
        return EvaluateError::NoVideo(names);
    }
    EvaluateError::NoCount {
        file: names,
        age: options.age,
        from: round(days().fold(f64::INFINITY, f64::min)),
        to: round(days().fold(0.0, f64::max)),
    }
}

/// Rounds an age in days to one digit.
fn round(age: f64) -> f64 {
    (age * 10.0).round() / 10.0
}
