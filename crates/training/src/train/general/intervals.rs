//! Fits intervals to holdout errors.

use super::holdout::HoldoutError;
use crate::{
    statistics::quantile,
    train::constants::{DEFAULT_HALF_WIDTH, TAIL_SHARE},
};
use forecast::{Curve, Inputs, Interval, ModelFile};

/// Videos per knot of an interval.
const VIDEOS_PER_KNOT: usize = 200;
const MAX_KNOTS: usize = 8;
/// The minimum number of errors of the newest source to use these only.
const MIN_ERRORS: usize = 1_000;
/// The maximum ratio between the ages of a count and of a knot of the curve.
const MAX_AGE_RATIO: f64 = 1.35;
/// The minimum number of counts for the spread at an age.
const MIN_COUNTS: usize = 100;

/// Fits the interval of every level of a model.
pub(crate) fn fit_intervals(file: &mut ModelFile, holdout_errors: &[HoldoutError]) {
    let general = &mut file.general;
    let own = &newest_source(holdout_errors);
    for level in &mut general.levels {
        level.interval = interval(level.inputs, own);
    }
    let intervals = general.levels.iter().map(|level| (level.inputs, level.interval.clone()));
    let intervals: Vec<(Inputs, Interval)> = intervals.collect();
    fit_spreads(&mut general.curve, &intervals, own);
}

/// The errors of the source of the newest upload if there are enough of them, otherwise all.
fn newest_source(holdout_errors: &[HoldoutError]) -> Vec<HoldoutError> {
    let newest = holdout_errors.iter().map(|holdout| holdout.source).max();
    let is_newest = |holdout: &&HoldoutError| Some(holdout.source) == newest;
    let own: Vec<HoldoutError> = holdout_errors.iter().filter(is_newest).cloned().collect();
    if own.len() < MIN_ERRORS { holdout_errors.to_vec() } else { own }
}

/// Quantiles of residuals of videos with similar estimates.
fn interval(inputs: Inputs, holdout_errors: &[HoldoutError]) -> Interval {
    let own = holdout_errors.iter().filter(|holdout| holdout.inputs == inputs);
    let mut pairs: Vec<(f64, f64)> =
        own.filter_map(|holdout| Some((holdout.estimate, holdout.residuals.first()?.1))).collect();
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
