//! Fits intervals to holdout errors.

use super::holdout::HoldoutError;
use crate::{
    statistics::{quantile, to_f64},
    train::constants::{DEFAULT_HALF_WIDTH, TAIL_SHARE},
};
use forecast::{Curve, Inputs, Interval, ModelFile};
use std::collections::BTreeMap;

/// Videos per knot of an interval.
const VIDEOS_PER_KNOT: usize = 200;
const MAX_KNOTS: usize = 8;
/// The minimum number of videos of the newest source to use their errors only.
const MIN_VIDEOS: usize = 400;
/// The minimum number of videos of another source to estimate its mean error.
const MIN_CENTERED: usize = 50;
/// The minimum number of videos of the newest source to compare the size of errors, and the maximum
/// ratio.
const MIN_COMPARED: usize = 30;
const MAX_WIDENING: f64 = 1.5;
/// The maximum ratio between the ages of a count and of a knot of the curve.
const MAX_AGE_RATIO: f64 = 1.35;
/// The minimum number of counts for the spread at an age.
const MIN_COUNTS: usize = 100;

/// Fits the interval of every level of a model for videos of the source `newest`.
pub(crate) fn fit_intervals(
    file: &mut ModelFile,
    holdout_errors: &[HoldoutError],
    newest: Option<usize>,
) {
    let general = &mut file.general;
    let comparable = &comparable_errors(holdout_errors, newest);
    for level in &mut general.levels {
        level.interval = interval(level.inputs, comparable);
    }
    let intervals = general.levels.iter().map(|level| (level.inputs, level.interval.clone()));
    let intervals: Vec<(Inputs, Interval)> = intervals.collect();
    fit_spreads(&mut general.curve, &intervals, comparable);
}

/// For each set of inputs, the errors of the source `newest` if there are enough of them, otherwise
/// also those of the other sources without their mean: levels match the newest source. If errors of the
/// newest source are larger, those of the others are widened.
fn comparable_errors(holdout_errors: &[HoldoutError], newest: Option<usize>) -> Vec<HoldoutError> {
    let of_inputs = |inputs| {
        let (of_newest, others): (Vec<&HoldoutError>, Vec<&HoldoutError>) = holdout_errors
            .iter()
            .filter(|holdout| holdout.inputs == inputs)
            .partition(|holdout| Some(holdout.source) == newest);
        let mut comparable: Vec<HoldoutError> = of_newest.into_iter().cloned().collect();
        if comparable.len() < MIN_VIDEOS {
            let mut others = center(&others);
            let ratio = widening(&comparable, &others);
            for (_, residual) in others.iter_mut().flat_map(|holdout| &mut holdout.residuals) {
                *residual *= ratio;
            }
            comparable.extend(others);
        }
        comparable
    };
    Inputs::all().flat_map(of_inputs).collect()
}

/// The ratio of the mean size of errors of the newest source to those of the others, if it is above 1
/// and there are enough errors.
fn widening(of_newest: &[HoldoutError], others: &[HoldoutError]) -> f64 {
    if of_newest.len() < MIN_COMPARED || others.is_empty() {
        return 1.0;
    }
    let size = |holdout_errors: &[HoldoutError]| {
        let errors = holdout_errors.iter().filter_map(|holdout| holdout.residuals.first());
        let squares = errors.map(|(_, residual)| residual.powi(2)).sum::<f64>();
        (squares / to_f64(holdout_errors.len())).sqrt()
    };
    (size(of_newest) / size(others).max(1e-9)).clamp(1.0, MAX_WIDENING)
}

/// The errors without the mean of their source; sources with few videos are skipped.
fn center(holdout_errors: &[&HoldoutError]) -> Vec<HoldoutError> {
    let mut sources: BTreeMap<usize, Vec<&HoldoutError>> = BTreeMap::new();
    for holdout in holdout_errors {
        sources.entry(holdout.source).or_default().push(holdout);
    }
    sources.retain(|_, errors| errors.len() >= MIN_CENTERED);
    let centered = |errors: &Vec<&HoldoutError>| -> Vec<HoldoutError> {
        let residuals = errors.iter().filter_map(|holdout| holdout.residuals.first());
        let mean = residuals.map(|(_, residual)| residual).sum::<f64>() / to_f64(errors.len());
        let mut centered: Vec<HoldoutError> =
            errors.iter().map(|holdout| (*holdout).clone()).collect();
        for (_, residual) in centered.iter_mut().flat_map(|holdout| &mut holdout.residuals) {
            *residual -= mean;
        }
        centered
    };
    sources.values().flat_map(centered).collect()
}

/// Quantiles of residuals of videos with similar estimates.
fn interval(inputs: Inputs, holdout_errors: &[HoldoutError]) -> Interval {
    let of_inputs = holdout_errors.iter().filter(|holdout| holdout.inputs == inputs);
    let mut pairs: Vec<(f64, f64)> = of_inputs
        .filter_map(|holdout| Some((holdout.estimate, holdout.residuals.first()?.1)))
        .collect();
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut fitted = Interval { estimates: Vec::new(), lows: Vec::new(), highs: Vec::new() };
    if pairs.is_empty() {
        pairs = vec![(0.0, -DEFAULT_HALF_WIDTH), (0.0, DEFAULT_HALF_WIDTH)];
    }
    let knots = (pairs.len() / VIDEOS_PER_KNOT).clamp(1, MAX_KNOTS);
    for part in pairs.chunks(pairs.len().div_ceil(knots)) {
        let estimate = part[part.len() / 2].0;
        if fitted.estimates.last().is_some_and(|last| *last >= estimate) {
            continue;
        }
        let residuals = || part.iter().map(|(_, residual)| *residual).collect::<Vec<f64>>();
        let low = estimate + quantile(residuals(), TAIL_SHARE);
        let high = estimate + quantile(residuals(), 1.0 - TAIL_SHARE);
        // Both bounds are monotonic in the estimate.
        fitted.lows.push(fitted.lows.last().map_or(low, |before| before.max(low)));
        fitted.highs.push(fitted.highs.last().map_or(high, |before| before.max(high)));
        fitted.estimates.push(estimate);
    }
    fitted
}

/// Widens the intervals at other ages to the same coverage (conformalized
/// quantile regression: Romano, Patterson and Candès, 2019).
fn fit_spreads(
    curve: &mut Curve,
    intervals: &[(Inputs, Interval)],
    holdout_errors: &[HoldoutError],
) {
    let measured: Vec<Option<f64>> =
        curve.ages.iter().map(|age| spread_at(*age, intervals, holdout_errors)).collect();
    // Ages without counts get the spread of the nearest younger age, or of the first older one.
    let mut last = measured.iter().flatten().next().copied().unwrap_or_default();
    for (spread, measured) in curve.spreads.iter_mut().zip(measured) {
        last = measured.unwrap_or(last);
        *spread = last;
    }
}

fn spread_at(
    age: f64,
    intervals: &[(Inputs, Interval)],
    holdout_errors: &[HoldoutError],
) -> Option<f64> {
    let mut excesses = Vec::new();
    for holdout in holdout_errors.iter().filter(|holdout| holdout.has_all_inputs) {
        let (_, interval) = intervals.iter().find(|(inputs, _)| *inputs == holdout.inputs)?;
        let (low, high) = interval.bounds(holdout.estimate);
        let (below, above) = (low - holdout.estimate, high - holdout.estimate);
        let near = |(at, _): &&(f64, f64)| (at / age).max(age / at) < MAX_AGE_RATIO;
        let counts = holdout.residuals.iter().skip(1).filter(near);
        excesses.extend(counts.map(|(_, residual)| (below - residual).max(residual - above)));
    }
    let measured = excesses.len() >= MIN_COUNTS;
    measured.then(|| quantile(excesses, 1.0 - 2.0 * TAIL_SHARE).max(0.0))
}
