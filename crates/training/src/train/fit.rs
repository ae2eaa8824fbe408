//! Fits a model.

use super::{
    error::TrainError,
    general::{fit_intervals, fit_without_intervals, holdout_errors},
    split::by_day,
    trending::fit_trending,
};
use crate::samples::{Kind, Sample};
use forecast::ModelFile;

/// Fits a model to `samples`, and its intervals to holdout errors.
pub(super) fn fit_model(samples: &[&Sample]) -> Result<ModelFile, TrainError> {
    let trending = samples.iter().copied().filter(|sample| sample.kind == Kind::Trending);
    let trending = fit_trending(&by_day(trending));
    let mut file = fit_without_intervals(samples, trending)?;
    fit_intervals(&mut file, &holdout_errors(samples)?);
    Ok(file)
}
