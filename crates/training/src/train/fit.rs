//! Fits a model.

use super::{
    early::fit_early_forecasts,
    error::TrainError,
    general::{fit_intervals, fit_without_intervals, holdout_errors, newest_source},
    split::by_day,
    trending::fit_trending,
};
use crate::samples::{Sample, SampleKind};
use forecast::{ModelFile, TrendingModel};

/// Fits a model to `samples`, and its intervals to holdout errors. Without enough videos of the trending
/// list, it contains the model `former` of such videos.
pub(super) fn fit_model(
    samples: &[&Sample],
    former: Option<&TrendingModel>,
) -> Result<ModelFile, TrainError> {
    let trending = samples.iter().copied().filter(|sample| sample.kind == SampleKind::Trending);
    let trending = fit_trending(&by_day(trending)).or_else(|| former.cloned());
    let newest = newest_source(samples.iter().copied());
    let mut file = fit_without_intervals(samples, trending, newest)?;
    let general = samples.iter().copied().filter(|sample| sample.kind == SampleKind::General);
    let mut early = fit_early_forecasts(&by_day(general), &file.general.curve).into_iter();
    if let Some(without_inputs) = early.next() {
        (file.early, file.early_of_inputs) = (without_inputs, early.collect());
    }
    fit_intervals(&mut file, &holdout_errors(samples, newest)?, newest);
    Ok(file)
}
