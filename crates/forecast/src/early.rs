//! Views of a published video after its first counts.

use crate::{
    Curve, Estimate, Inputs, KnownInputs,
    early_features::{COUNT_FEATURES, OLD_COUNT_FEATURES},
    error::{Invalid, ascending, finite},
    log_count,
};
use serde::{Deserialize, Serialize};

/// The minimum age in days of a count: the growth after less than an hour is not known.
pub const MIN_COUNT_AGE_DAYS: f64 = 1.0 / 24.0;

/// The age in days up to which growth follows the curve: the ratio is fitted to later counts.
const FIRST_DAY: f64 = 1.0;
/// The range of the ratio of a video's growth to the growth of the curve.
const GROWTH_RANGE: (f64, f64) = (0.1, 4.0);

/// Views of a published video at one age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// Age in days; ignored below [`MIN_COUNT_AGE_DAYS`].
    pub age_days: f64,
    /// Cumulative views.
    pub views: u64,
}

/// The growth after the first counts, relative to the growth of the curve.
///
/// With `g`, the logarithmic growth of the curve from the last count to a later age, the views at
/// that age are the views of the last count times exp(`m` `g`). The ratio `m` is 1 during the first
/// day, and then linear in [`EarlyForecastModel::features`]. The interval widens with the square root
/// of `g`, as for a random walk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlyForecastModel {
    /// The inputs that it uses besides the counts. Hidden subscribers are an input as known ones are.
    #[serde(default)]
    pub inputs: Inputs,
    /// The known categories, ascending; empty without that input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<u16>,
    /// A coefficient for each feature.
    pub coefficients: Vec<f64>,
    /// Upper bounds of ln(1 + views) of groups of videos by size, ascending; the last group has
    /// no bound.
    pub sizes: Vec<f64>,
    /// Ages of the last count in days, strictly ascending; at least one.
    pub ages: Vec<f64>,
    /// The 10th percentile of the error of the logarithm divided by the square root of `g`, for
    /// each age and group; at most 0.
    pub lows: Vec<Vec<f64>>,
    /// The 90th percentile; at least 0.
    pub highs: Vec<Vec<f64>>,
}

impl EarlyForecastModel {
    /// The model without training data: growth follows the curve, with an interval of a factor of e
    /// at `g` = 1.
    pub fn of_curve() -> Self {
        let mut coefficients = vec![0.0; COUNT_FEATURES];
        coefficients[0] = 1.0;
        Self {
            inputs: Inputs::NONE,
            categories: Vec::new(),
            coefficients,
            sizes: Vec::new(),
            ages: vec![1.0],
            lows: vec![vec![-1.0]],
            highs: vec![vec![1.0]],
        }
    }

    /// The group of videos of this size.
    pub fn group(&self, log_views: f64) -> usize {
        self.sizes.partition_point(|bound| *bound <= log_views)
    }

    /// The ratio of the growth to the growth of the curve.
    pub fn growth(&self, features: &[f64]) -> f64 {
        let sum: f64 =
            features.iter().zip(&self.coefficients).map(|(one, other)| one * other).sum();
        sum.clamp(GROWTH_RANGE.0, GROWTH_RANGE.1)
    }

    /// The bounds at an age and a size, interpolated between the ages and between the middles of the
    /// groups of sizes, so that they never jump.
    pub fn bounds(&self, age_days: f64, log_views: f64) -> (f64, f64) {
        let (group, part) = self.position(log_views);
        let after = self.ages.partition_point(|age| *age < age_days);
        let right = after.min(self.ages.len() - 1);
        let left = after.saturating_sub(1);
        let (from, to) = (self.ages[left].ln(), self.ages[right].ln());
        let share = if to > from { ((age_days.ln() - from) / (to - from)).min(1.0) } else { 0.0 };
        let of_size = |bounds: &[f64]| {
            let next = bounds[(group + 1).min(bounds.len() - 1)];
            bounds[group] + part * (next - bounds[group])
        };
        let between = |bounds: &[Vec<f64>]| {
            let (from, to) = (of_size(&bounds[left]), of_size(&bounds[right]));
            from + share * (to - from)
        };
        (between(&self.lows), between(&self.highs))
    }

    /// The last group whose middle is at or below this size, and the fraction of the way to the
    /// next middle. The first and the last group are as wide as their neighbors.
    fn position(&self, log_views: f64) -> (usize, f64) {
        let (Some(first), Some(last)) = (self.sizes.first(), self.sizes.last()) else {
            return (0, 0.0);
        };
        let width = self.sizes.get(1).map_or(1.0, |second| second - first);
        let last_width = self.sizes.windows(2).last().map_or(1.0, |pair| pair[1] - pair[0]);
        let mut bounds = Vec::with_capacity(self.sizes.len() + 2);
        bounds.push(first - width);
        bounds.extend(&self.sizes);
        bounds.push(last + last_width);
        let middles: Vec<f64> =
            bounds.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect();
        let after = middles.partition_point(|middle| *middle <= log_views);
        match (after.checked_sub(1), middles.get(after)) {
            (None, _) => (0, 0.0),
            (Some(group), None) => (group, 0.0),
            (Some(group), Some(next)) => {
                (group, (log_views - middles[group]) / (next - middles[group]))
            }
        }
    }

    pub(crate) fn check(&self) -> Result<(), Invalid> {
        if !self.categories.is_sorted_by(|one, other| one < other) {
            return Err(Invalid("the categories are not ascending"));
        }
        let is_old = self.inputs == Inputs::NONE && self.coefficients.len() == OLD_COUNT_FEATURES;
        if self.coefficients.len() != self.feature_count() && !is_old {
            return Err(Invalid("the numbers of coefficients and features differ"));
        }
        let groups = self.sizes.len() + 1;
        let has_groups = |bounds: &[Vec<f64>]| {
            bounds.len() == self.ages.len() && bounds.iter().all(|of_age| of_age.len() == groups)
        };
        if self.ages.is_empty() || !has_groups(&self.lows) || !has_groups(&self.highs) {
            return Err(Invalid("the numbers of ages, sizes and bounds differ"));
        }
        let (lows, highs) = (self.lows.concat(), self.highs.concat());
        if lows.iter().any(|low| *low > 0.0) || highs.iter().any(|high| *high < 0.0) {
            return Err(Invalid("a bound is on the wrong side of the estimate"));
        }
        [&self.coefficients, &self.sizes, &self.ages, &lows, &highs]
            .into_iter()
            .try_for_each(|numbers| finite(numbers))?;
        if self.ages[0] <= 0.0 {
            return Err(Invalid("an age is not positive"));
        }
        ascending(&self.ages, true)?;
        ascending(&self.sizes, true)
    }
}

/// Cumulative views of a published video by age.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlyForecast {
    curve: Curve,
    last: Count,
    growth: f64,
    low: f64,
    high: f64,
}

impl EarlyForecast {
    /// `None` without counts of at least [`MIN_COUNT_AGE_DAYS`]. Of several counts of one age, only
    /// the highest is used.
    pub(crate) fn new(
        curve: &Curve,
        model: &EarlyForecastModel,
        counts: &[Count],
        known: KnownInputs,
    ) -> Option<Self> {
        let is_usable =
            |count: &&Count| count.age_days.is_finite() && count.age_days >= MIN_COUNT_AGE_DAYS;
        let mut counts: Vec<Count> = counts.iter().filter(is_usable).copied().collect();
        let by_age = |one: &Count, other: &Count| one.age_days.total_cmp(&other.age_days);
        counts.sort_by(|one, other| by_age(one, other).then(other.views.cmp(&one.views)));
        counts.dedup_by(|later, first| by_age(later, first).is_eq());
        let last = *counts.last()?;
        let growth = model.growth(&model.features(curve, &counts, known)?);
        let (low, high) = model.bounds(last.age_days, log_count(last.views));
        Some(Self { curve: curve.clone(), last, growth, low, high })
    }

    /// The count at the highest age.
    pub fn last(&self) -> Count {
        self.last
    }

    /// Cumulative views at an age in days; up to the age of the last count, its views. All three
    /// numbers are monotonic in the age, and low ≤ views ≤ high.
    pub fn at(&self, age_days: f64) -> Estimate {
        let (from, to) = (self.last.age_days, age_days.max(self.last.age_days));
        let day_one = FIRST_DAY.clamp(from, to);
        let expected = |from: f64, to: f64| self.curve.log_share(to) - self.curve.log_share(from);
        let first = expected(from, day_one);
        let growth = first + self.growth * expected(day_one, to);
        let deviation = expected(from, to).max(0.0).sqrt();
        // The lower bound can fall again after the first day, if the growth is slow.
        let low = (growth + self.low * deviation).max(first + self.low * first.max(0.0).sqrt());
        let views = |growth: f64| (log_count(self.last.views) + growth.max(0.0)).exp_m1();
        Estimate {
            low: views(low),
            views: views(growth),
            high: views(growth + self.high * deviation),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve() -> Curve {
        let log_shares = vec![-1.0, 0.0, 0.4];
        Curve { ages: vec![1.0, 7.0, 31.0], log_shares, spreads: vec![0.0; 3] }
    }

    fn count(age_days: f64, views: u64) -> Count {
        Count { age_days, views }
    }

    fn forecast(model: &EarlyForecastModel, counts: &[Count]) -> EarlyForecast {
        EarlyForecast::new(&curve(), model, counts, KnownInputs::default()).unwrap()
    }

    #[test]
    fn model_of_curve_scales_last_count() {
        let model = EarlyForecastModel::of_curve();
        let forecast = forecast(&model, &[count(1.0, 999)]);
        let estimate = forecast.at(7.0);
        assert!((estimate.views + 1.0 - 1_000.0 * 1_f64.exp()).abs() < 1e-6);
        assert!((estimate.high + 1.0 - 1_000.0 * 2_f64.exp()).abs() < 1e-6);
        assert!((estimate.low - 999.0).abs() < 1e-6);
        assert!((forecast.at(0.5).views - 999.0).abs() < 1e-6);
        assert!(EarlyForecast::new(&curve(), &model, &[], KnownInputs::default()).is_none());
    }

    #[test]
    fn bounds_are_interpolated_between_size_groups() {
        let model = EarlyForecastModel {
            sizes: vec![3.0, 6.0],
            lows: vec![vec![-4.0, -2.0, -1.0]],
            highs: vec![vec![4.0, 2.0, 1.0]],
            ..EarlyForecastModel::of_curve()
        };
        assert!(model.check().is_ok());
        let bounds = [1.5, 3.0, 4.5, 6.0, 20.0].map(|size| model.bounds(1.0, size));
        assert_eq!(bounds, [(-4.0, 4.0), (-3.0, 3.0), (-2.0, 2.0), (-1.5, 1.5), (-1.0, 1.0)]);
    }

    #[test]
    fn forecast_is_independent_of_the_order_of_counts() {
        let forecast = |counts: &[Count]| forecast(&EarlyForecastModel::of_curve(), counts);
        let (one, other) = (count(1.0, 1_000), count(1.0, 2_000));
        assert_eq!(forecast(&[one, other]), forecast(&[other, one]));
        assert_eq!(forecast(&[one, other]).last(), other);
    }

    #[test]
    fn repeated_counts_do_not_change_the_forecast() {
        let model = EarlyForecastModel {
            coefficients: vec![1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            ..EarlyForecastModel::of_curve()
        };
        let day_31 = |counts: &[Count]| forecast(&model, counts).at(31.0).views;
        // The weight of the first count is 1/3.
        let (first, last) = (count(1.0, 1_000), count(1.0 / 0.7, 1_500));
        let once = day_31(&[first, last]);
        assert!((once - day_31(&[last])).abs() > 100.0, "{once}");
        let repeated = [first, first, count(1.0, 900), first, last, last];
        assert!((day_31(&repeated) - once).abs() < 1e-6);
        let near = [count(0.999, 1_000), first, count(1.001, 1_000), last];
        assert!((day_31(&near) / once - 1.0).abs() < 0.01, "{} {once}", day_31(&near));
    }

    #[test]
    fn features_compare_growth_with_curve() {
        let growth = |counts: &[Count]| {
            let model = EarlyForecastModel::of_curve();
            model.features(&curve(), counts, KnownInputs::default()).unwrap()[5]
        };
        let counts = [count(1.0, 1_000_000), count(2.0, 1_428_000), count(7.0, 2_718_281)];
        assert!(growth(&counts).abs() < 1e-3, "{}", growth(&counts));
        // No growth instead of a factor of e.
        let slow = [count(1.0, 1_000_000), count(7.0, 1_000_000)];
        assert!((growth(&slow) + 1.0 / 1.1).abs() < 1e-3, "{}", growth(&slow));
        assert!(growth(&slow[1..]).abs() < f64::EPSILON);
        let fallen = [count(1.0, 1_200_000), count(7.0, 1_000_000)];
        assert!((growth(&fallen) - growth(&slow)).abs() < f64::EPSILON);
        let unused = [count(0.4, 1), count(6.9, 900_000), count(7.0, 1_000_000)];
        assert!(growth(&unused).abs() < f64::EPSILON);
    }

    #[test]
    fn feature_count_matches_features() {
        for inputs in Inputs::all() {
            let categories = if inputs.category { vec![10, 20] } else { Vec::new() };
            let model = EarlyForecastModel { inputs, categories, ..EarlyForecastModel::of_curve() };
            let features = model.features(&curve(), &[count(2.0, 10)], KnownInputs::default());
            assert_eq!(features.unwrap().len(), model.feature_count(), "{inputs:?}");
        }
    }

    #[test]
    fn lower_bound_never_falls_with_age() {
        let model = EarlyForecastModel {
            coefficients: vec![0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            lows: vec![vec![-0.4]],
            ..EarlyForecastModel::of_curve()
        };
        let curve = Curve {
            ages: vec![0.1, 1.0, 31.0],
            log_shares: vec![-2.0, -0.5, 0.4],
            spreads: vec![0.0; 3],
        };
        let counts = [count(0.1, 10_000_000_000)];
        let forecast = EarlyForecast::new(&curve, &model, &counts, KnownInputs::default()).unwrap();
        let lows: Vec<f64> =
            (0..100).map(|tenth| forecast.at(f64::from(tenth) / 10.0).low).collect();
        assert!(lows.is_sorted() && lows[99] > lows[0], "{lows:?}");
    }
}
