//! Fits the growth of published videos after their first counts.

use super::{constants::TAIL_SHARE, ridge::Ridge};
use crate::{
    samples::{Point, Sample},
    statistics::quantile,
};
use forecast::{Count, Curve, EarlyForecastModel, Inputs, KnownInputs, SubscriberKind, log_count};
use std::collections::BTreeMap;

/// The range of ages in days of the last known count.
const KNOWN_AGES: std::ops::RangeInclusive<f64> = 0.5..=10.0;
/// The minimum age in days of the target, which is the last count of a video.
const MIN_TARGET_AGE: f64 = 10.0;
/// The minimum ratio of the age of the target to the age of the last known count.
const MIN_AGE_RATIO: f64 = 1.4;
/// Upper bounds of groups by ln(1 + views): 19, 402 and 8,100 views.
const SIZES: [f64; 3] = [3.0, 6.0, 9.0];
/// Upper bounds of groups by the age of the last known count in days.
const AGE_BOUNDS: [f64; 5] = [1.75, 2.75, 4.5, 7.5, 10.5];
/// The minimum number of errors of a group.
const MIN_ERRORS: usize = 150;
/// The minimum number of videos of a category.
const MIN_CATEGORY_VIDEOS: usize = 5;
/// The range of the factor by which the bounds of an age are multiplied.
const WIDTHS: (f64, f64) = (0.3, 2.0);
/// The ridge penalty of each coefficient.
const PENALTY: f64 = 3.0;

struct TrainingRow {
    features: Vec<f64>,
    log_views: f64,
    /// The age of the last known count in days.
    age: f64,
    /// The logarithmic growth of the curve to the target.
    expected: f64,
    /// The views at the target.
    target: u64,
}

/// The error for one video of a model that is fitted to the videos of all other days.
struct HoldoutError {
    log_views: f64,
    age: f64,
    expected: f64,
    target: u64,
    /// The estimate of ln(1 + views) at the target.
    estimate: f64,
}

impl TrainingRow {
    /// The logarithmic growth of the video.
    fn growth(&self) -> f64 {
        log_count(self.target) - self.log_views
    }
}

impl HoldoutError {
    /// The error per square root of the growth of the curve.
    fn scaled(&self) -> f64 {
        (log_count(self.target) - self.estimate) / self.expected.sqrt()
    }

    /// The smallest factor of the bounds that includes the target. The bounds of a forecast are
    /// rounded to whole views.
    fn width(&self, (low, high): (f64, f64)) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of views are far below 2^52")]
        let views = self.target as f64;
        let deviation = self.expected.sqrt();
        let below = ((views + 0.5).ln_1p() - self.estimate) / (low * deviation);
        let above = ((views - 0.5).ln_1p() - self.estimate) / (high * deviation);
        below.max(above).clamp(WIDTHS.0, WIDTHS.1)
    }
}

/// Fits a model for each set of inputs to `samples`, by ascending upload day; the first has no inputs.
/// Empty if an age has too few videos to measure its interval: coefficients and intervals of other
/// ages would be an extrapolation.
pub(super) fn fit_early_forecasts(samples: &[&Sample], curve: &Curve) -> Vec<EarlyForecastModel> {
    let sets = Inputs::all().filter(|inputs| inputs.subscribers != SubscriberKind::Hidden);
    let mut models: Vec<EarlyForecastModel> =
        sets.filter_map(|inputs| fit_early_forecast(samples, curve, inputs)).collect();
    if models.first().is_none_or(|model| model.inputs != Inputs::NONE) {
        models.clear();
    }
    models
}

fn fit_early_forecast(
    samples: &[&Sample],
    curve: &Curve,
    inputs: Inputs,
) -> Option<EarlyForecastModel> {
    let categories = if inputs.category { categories(samples) } else { Vec::new() };
    let mut model = EarlyForecastModel {
        inputs,
        categories,
        sizes: SIZES.to_vec(),
        ..EarlyForecastModel::of_curve()
    };
    let by_day = samples.chunk_by(|one, other| one.plan.upload.day == other.plan.upload.day);
    let days: Vec<Vec<TrainingRow>> = by_day
        .map(|day| day.iter().flat_map(|sample| rows(sample, curve, &model)).collect())
        .collect();
    let day_equations: Vec<Ridge> = days.iter().map(|day| equations(&model, day)).collect();
    let mut all = Ridge::new(model.feature_count());
    for column in 0..model.feature_count() {
        all.penalize(column, PENALTY);
    }
    for day in &day_equations {
        all.add_all(day);
    }
    let mut errors = Vec::new();
    for (rows, day) in days.iter().zip(&day_equations) {
        model.coefficients = all.without(day).solve();
        errors.extend(rows.iter().map(|row| holdout_error(&model, row)));
    }
    model.coefficients = all.solve();
    fit_bounds(&mut model, &errors).then_some(model)
}

/// Least squares with the variance of a random walk.
fn equations(model: &EarlyForecastModel, rows: &[TrainingRow]) -> Ridge {
    let mut ridge = Ridge::new(model.feature_count());
    for row in rows {
        let scaled: Vec<f64> = row.features.iter().map(|feature| feature * row.expected).collect();
        ridge.add(&scaled, row.growth(), 1.0 / row.expected);
    }
    ridge
}

fn holdout_error(model: &EarlyForecastModel, row: &TrainingRow) -> HoldoutError {
    let TrainingRow { log_views, age, expected, target, .. } = *row;
    let estimate = log_views + model.growth(&row.features) * expected;
    HoldoutError { log_views, age, expected, target, estimate }
}

/// Fits the interval to the errors, by age and size; `false` if there are too few of an age, or if a
/// bound is on the wrong side of the estimate.
fn fit_bounds(model: &mut EarlyForecastModel, errors: &[HoldoutError]) -> bool {
    (model.ages, model.lows, model.highs) = (Vec::new(), Vec::new(), Vec::new());
    let mut from = 0.0;
    let mut by_age = Vec::new();
    for to in AGE_BOUNDS {
        let age_errors: Vec<&HoldoutError> =
            errors.iter().filter(|error| (from..to).contains(&error.age)).collect();
        from = to;
        if age_errors.len() < MIN_ERRORS {
            return false;
        }
        let all: Vec<f64> = age_errors.iter().map(|error| error.scaled()).collect();
        let mut groups: Vec<Vec<f64>> = vec![Vec::new(); SIZES.len() + 1];
        for error in &age_errors {
            groups[model.group(error.log_views)].push(error.scaled());
        }
        let bound = |share: f64| {
            let group_quantile = |group: &Vec<f64>| {
                let errors = if group.len() < MIN_ERRORS { &all } else { group };
                quantile(errors.clone(), share)
            };
            groups.iter().map(group_quantile).collect::<Vec<f64>>()
        };
        let (lows, highs) = (bound(TAIL_SHARE), bound(1.0 - TAIL_SHARE));
        if lows.iter().any(|low| *low >= 0.0) || highs.iter().any(|high| *high <= 0.0) {
            return false;
        }
        let mut ages: Vec<f64> = age_errors.iter().map(|error| error.age).collect();
        ages.sort_by(f64::total_cmp);
        model.ages.push(ages[ages.len() / 2]);
        model.lows.push(lows);
        model.highs.push(highs);
        by_age.push(age_errors);
    }
    let width = |error: &&HoldoutError| error.width(model.bounds(error.age, error.log_views));
    let width_of_age = |age_errors: &Vec<&HoldoutError>| {
        quantile(age_errors.iter().map(width).collect(), 1.0 - 2.0 * TAIL_SHARE)
    };
    let widths: Vec<f64> = by_age.iter().map(width_of_age).collect();
    for (index, width) in widths.into_iter().enumerate() {
        let bounds = model.lows[index].iter_mut().chain(&mut model.highs[index]);
        bounds.for_each(|bound| *bound *= width);
    }
    true
}

/// The categories with enough videos, ascending.
fn categories(samples: &[&Sample]) -> Vec<u16> {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for number in samples.iter().filter_map(|sample| sample.plan.category) {
        *counts.entry(number).or_default() += 1;
    }
    let frequent = |(number, count): (u16, usize)| (count >= MIN_CATEGORY_VIDEOS).then_some(number);
    counts.into_iter().filter_map(frequent).collect()
}

/// One row per known count; each estimates the last count. None for videos without the inputs of the
/// model.
fn rows(sample: &Sample, curve: &Curve, model: &EarlyForecastModel) -> Vec<TrainingRow> {
    let known = KnownInputs::from(&sample.plan);
    let Some(target) = sample.points.last().filter(|last| last.age >= MIN_TARGET_AGE) else {
        return Vec::new();
    };
    if !model.has_inputs_of(known) {
        return Vec::new();
    }
    let count = |point: &Point| Count { age_days: point.age, views: point.views };
    let counts: Vec<Count> = sample.points.iter().map(count).collect();
    let row = |index: usize| {
        let last = counts[index];
        let is_usable =
            KNOWN_AGES.contains(&last.age_days) && target.age >= MIN_AGE_RATIO * last.age_days;
        let features = model.features(curve, &counts[..=index], known).filter(|_| is_usable)?;
        let expected = curve.log_share(target.age) - curve.log_share(last.age_days);
        (expected > 0.01).then_some(TrainingRow {
            features,
            log_views: log_count(last.views),
            age: last.age_days,
            expected,
            target: target.views,
        })
    };
    (0..counts.len()).filter_map(row).collect()
}
