//! Fits the growth of published videos after their first counts.

use super::{constants::TAIL_SHARE, ridge::Ridge};
use crate::{
    samples::{Point, Sample},
    statistics::quantile,
};
use forecast::{Count, Curve, EARLY_FORECAST_FEATURES, EarlyForecastModel, log_count};

/// The range of ages in days of the last known count.
const KNOWN_AGES: std::ops::RangeInclusive<f64> = 0.5..=10.0;
/// The minimum age in days of the target, which is the last count of a video.
const MIN_TARGET_AGE: f64 = 10.0;
/// The minimum ratio of the age of the target to the age of the last known count.
const MIN_AGE_RATIO: f64 = 1.4;
/// The share of the earliest videos, which the coefficients are fitted to. The intervals are fitted
/// to the errors of the others (split conformal prediction).
const FITTED_SHARE: f64 = 0.7;
/// Upper bounds of groups by ln(1 + views): 19, 402 and 8,100 views.
const SIZES: [f64; 3] = [3.0, 6.0, 9.0];
/// Upper bounds of groups by the age of the last known count in days.
const AGE_BOUNDS: [f64; 5] = [1.75, 2.75, 4.5, 7.5, 10.5];
/// The minimum number of errors of a group.
const MIN_ERRORS: usize = 150;
const PENALTY: f64 = 1.0;

struct Row {
    features: [f64; EARLY_FORECAST_FEATURES],
    log_views: f64,
    /// The age of the last known count in days.
    age: f64,
    /// The logarithmic growth of the curve to the target.
    expected: f64,
    /// The logarithmic growth of the video.
    growth: f64,
}

/// Fits to `samples`, by ascending upload day; `None` if an age has too few later videos to measure
/// its interval. Coefficients and intervals of other ages would be an extrapolation.
pub(super) fn fit_early_forecast(samples: &[&Sample], curve: &Curve) -> Option<EarlyForecastModel> {
    let rows: Vec<Vec<Row>> = samples.iter().map(|sample| rows(sample, curve)).collect();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a share of a small number"
    )]
    let fitted = (rows.len() as f64 * FITTED_SHARE) as usize;
    let mut model = fit(rows[..fitted].iter().flatten())?;
    model.sizes = SIZES.to_vec();
    let later: Vec<&Row> = rows[fitted..].iter().flatten().collect();
    fit_bounds(&mut model, &later).then_some(model)
}

/// Fits the interval to the errors of later videos, by age and size; `false` if there are too few of an
/// age, or if a bound is on the wrong side of the estimate.
fn fit_bounds(model: &mut EarlyForecastModel, later: &[&Row]) -> bool {
    (model.ages, model.lows, model.highs) = (Vec::new(), Vec::new(), Vec::new());
    let mut from = 0.0;
    for to in AGE_BOUNDS {
        let own: Vec<&Row> =
            later.iter().copied().filter(|row| (from..to).contains(&row.age)).collect();
        from = to;
        if own.len() < MIN_ERRORS {
            return false;
        }
        let error = |row: &&&Row| {
            (row.growth - model.growth(&row.features) * row.expected) / row.expected.sqrt()
        };
        let all: Vec<f64> = own.iter().map(|row| error(&row)).collect();
        let mut groups: Vec<Vec<f64>> = vec![Vec::new(); SIZES.len() + 1];
        for row in &own {
            groups[model.group(row.log_views)].push(error(&row));
        }
        let bound = |share: f64| {
            let own = |group: &Vec<f64>| {
                let errors = if group.len() < MIN_ERRORS { &all } else { group };
                quantile(errors.clone(), share)
            };
            groups.iter().map(own).collect::<Vec<f64>>()
        };
        let (lows, highs) = (bound(TAIL_SHARE), bound(1.0 - TAIL_SHARE));
        if lows.iter().any(|low| *low >= 0.0) || highs.iter().any(|high| *high <= 0.0) {
            return false;
        }
        let mut ages: Vec<f64> = own.iter().map(|row| row.age).collect();
        ages.sort_by(f64::total_cmp);
        model.ages.push(ages[ages.len() / 2]);
        model.lows.push(lows);
        model.highs.push(highs);
    }
    true
}

/// Least squares with the variance of a random walk; `None` without rows.
fn fit<'a>(rows: impl Iterator<Item = &'a Row>) -> Option<EarlyForecastModel> {
    let mut ridge = Ridge::new(EARLY_FORECAST_FEATURES);
    let mut is_empty = true;
    for row in rows {
        let scaled = row.features.map(|feature| feature * row.expected);
        ridge.add(&scaled, row.growth, 1.0 / row.expected);
        is_empty = false;
    }
    for column in 0..EARLY_FORECAST_FEATURES {
        ridge.penalize(column, PENALTY);
    }
    (!is_empty).then(|| EarlyForecastModel {
        coefficients: ridge.solve(),
        ..EarlyForecastModel::of_curve()
    })
}

/// One row per known count; each estimates the last count.
fn rows(sample: &Sample, curve: &Curve) -> Vec<Row> {
    let Some(target) = sample.points.last().filter(|last| last.age >= MIN_TARGET_AGE) else {
        return Vec::new();
    };
    let count = |point: &Point| Count { age_days: point.age, views: point.views };
    let counts: Vec<Count> = sample.points.iter().map(count).collect();
    let row = |known: usize| {
        let last = counts[known];
        let is_usable =
            KNOWN_AGES.contains(&last.age_days) && target.age >= MIN_AGE_RATIO * last.age_days;
        let features =
            EarlyForecastModel::features(curve, &counts[..=known]).filter(|_| is_usable)?;
        let expected = curve.log_share(target.age) - curve.log_share(last.age_days);
        let growth = log_count(target.views) - log_count(last.views);
        let log_views = log_count(last.views);
        (expected > 0.01).then_some(Row {
            features,
            log_views,
            age: last.age_days,
            expected,
            growth,
        })
    };
    (0..counts.len()).filter_map(row).collect()
}
