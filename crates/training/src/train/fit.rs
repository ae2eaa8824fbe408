//! Fitting a whole model.

use super::{core::fit_core, error::TrainError, intervals::fit_intervals, rolling::holdout_errors};
use crate::samples::Sample;
use forecast::ModelFile;

/// Fits a model to `samples`, and its intervals to how far models of earlier samples were
/// from later ones.
pub(super) fn fit(samples: &[&Sample]) -> Result<ModelFile, TrainError> {
    let mut file = fit_core(samples)?;
    fit_intervals(&mut file, &holdout_errors(samples)?);
    Ok(file)
}
