//! `createtrend evaluate`: the accuracy of a model on a file, compared with two baselines.

mod inputs;
mod measure;
mod report;
mod score;

pub use inputs::{Input, InputSet, parse_input};
pub use report::EvaluationReport;
pub use score::{Case, Comparison, LARGE, Measures, SkipReason, estimate};

use crate::samples::{SampleError, Samples, read_files};
use common::settings::ModelSettings;
use forecast::{Model, ModelError};
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
        /// The file's name.
        file: String,
        /// The requested age.
        age: f64,
        /// The minimum age in the file.
        from: f64,
        /// The maximum age in the file.
        to: f64,
    },
    /// The file has no usable video.
    #[error("{0}: the file has no usable video")]
    NoVideo(String),
    /// The model was not trained on videos of this kind.
    #[error("the model was not trained on videos of the trending list")]
    UnknownKind,
}

/// Options of an evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct EvaluateOptions {
    /// A prepared file, plain or gzip.
    pub file: PathBuf,
    /// The age in days at which views are compared.
    pub age: f64,
    /// The inputs of the model.
    pub inputs: InputSet,
    /// A model file; by default the configured model.
    pub model: Option<PathBuf>,
}

/// The model of the settings, or the shipped one.
pub fn configured_model(settings: &ModelSettings) -> Result<Model, ModelError> {
    settings.file.as_deref().map_or_else(Model::shipped, Model::load)
}

/// Evaluates a model on a file.
pub fn evaluate(
    options: &EvaluateOptions,
    configured: &ModelSettings,
    progress: &dyn Progress,
) -> Result<EvaluationReport, EvaluateError> {
    let model = match options.model.as_deref().map(Model::load) {
        Some(model) => model?,
        None => configured_model(configured)?,
    };
    let samples = read_files(&[&options.file], progress)?.remove(0);
    let inputs = options.inputs.found_in(&samples.videos.iter().map(|sample| &sample.plan));
    let (mut cases, mut skipped) = (Vec::new(), BTreeMap::new());
    for sample in &samples.videos {
        match estimate(&model, sample, &inputs, options.age) {
            Ok(case) => cases.push(case),
            Err(reason) => *skipped.entry(reason).or_insert(0_usize) += 1,
        }
    }
    if cases.is_empty() {
        return Err(no_cases_error(options, &samples, &skipped));
    }
    let mut trained_on = model.file().training.sources.iter();
    Ok(EvaluationReport {
        version: model.version().to_owned(),
        is_trained_on: trained_on.any(|source| source.name == samples.name),
        inputs: inputs.to_string(),
        age: options.age,
        samples: samples.name,
        videos: samples.videos.len(),
        invalid_rows: samples.invalid_rows,
        seen_late: samples.seen_late,
        not_counted: skipped.get(&SkipReason::NotCounted).copied().unwrap_or_default(),
        cases,
    })
}

/// The error if no video can be evaluated.
fn no_cases_error(
    options: &EvaluateOptions,
    samples: &Samples,
    skipped: &BTreeMap<SkipReason, usize>,
) -> EvaluateError {
    if skipped.contains_key(&SkipReason::UnknownKind) {
        return EvaluateError::UnknownKind;
    }
    let days = || samples.videos.iter().flat_map(|sample| &sample.points).map(|point| point.day);
    if days().next().is_none() {
        return EvaluateError::NoVideo(samples.name.clone());
    }
    EvaluateError::NoCount {
        file: samples.name.clone(),
        age: options.age,
        from: days().fold(f64::INFINITY, f64::min),
        to: days().fold(0.0, f64::max),
    }
}
