//! Intervals of videos on the trending list: split conformal prediction for each category.

use super::HoldoutError;
use crate::{
    statistics::quantile,
    train::constants::{DEFAULT_HALF_WIDTH, TAIL_SHARE},
};
use forecast::CategoryBounds;
use std::collections::BTreeMap;

/// The ages of the interval in days.
pub(super) const INTERVAL_AGES: [f64; 9] = [0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0];
/// The maximum logarithm of the ratio between the age of an error and an age of the interval.
const AGE_TOLERANCE: f64 = 0.25;
/// The minimum number of errors at an age. If there are fewer, the next ones in age are used as well.
pub(super) const MIN_ERRORS: usize = 150;
/// The minimum number of errors of a category with its own interval.
const MIN_CATEGORY_ERRORS: usize = 500;

/// The bounds of frequent categories, and the errors of all others; all errors if there are too few.
///
/// Conformal prediction for each category (Vovk, "Conditional validity of inductive conformal
/// predictors", 2012), so that the intervals of each hold their coverage, not only their mean.
pub(super) fn bounds_of_categories<'a, 'b>(
    errors: &'a [HoldoutError<'b>],
    is_titled: bool,
) -> (Vec<CategoryBounds>, Vec<&'a HoldoutError<'b>>) {
    let mut groups: BTreeMap<Option<u16>, Vec<&HoldoutError<'b>>> = BTreeMap::new();
    for error in errors {
        groups.entry(error.sample.plan.category).or_default().push(error);
    }
    let (mut categories, mut others) = (Vec::new(), Vec::new());
    for (category, group) in groups {
        match category.filter(|_| group.len() >= MIN_CATEGORY_ERRORS) {
            Some(category) => {
                let (lows, highs) = bounds(&group);
                categories.push(CategoryBounds { category, is_titled, lows, highs });
            }
            None => others.extend(group),
        }
    }
    if others.len() < MIN_ERRORS {
        others = errors.iter().collect();
    }
    (categories, others)
}

/// The quantiles of the errors of counts of similar ages, at each age of the interval (split conformal
/// prediction).
pub(super) fn bounds(errors: &[&HoldoutError<'_>]) -> (Vec<f64>, Vec<f64>) {
    let at_age = |age: f64| {
        if errors.is_empty() {
            return (-DEFAULT_HALF_WIDTH, DEFAULT_HALF_WIDTH);
        }
        let distance = |error: &HoldoutError<'_>| (error.point.age / age).ln().abs();
        let mut nearest: Vec<(f64, f64)> =
            errors.iter().map(|error| (distance(error), error.residual)).collect();
        nearest.sort_by(|one, other| one.0.total_cmp(&other.0));
        let near = nearest.partition_point(|(distance, _)| *distance <= AGE_TOLERANCE);
        nearest.truncate(near.max(MIN_ERRORS));
        let residuals: Vec<f64> = nearest.into_iter().map(|(_, residual)| residual).collect();
        (quantile(residuals.clone(), TAIL_SHARE), quantile(residuals, 1.0 - TAIL_SHARE))
    };
    INTERVAL_AGES.into_iter().map(at_age).unzip()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{Point, Sample, SampleKind};
    use forecast::{Plan, Upload};

    fn sample(category: u16) -> Sample {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        Sample {
            kind: SampleKind::Trending,
            plan: Plan { category: Some(category), ..Plan::new(Upload { day, time: None }) },
            source: 0,
            channel: None,
            points: Vec::new(),
        }
    }

    /// `count` errors at an age, evenly spaced from -`scale` to `scale`, and mixed.
    fn errors(sample: &Sample, count: u32, age: f64, scale: f64) -> Vec<HoldoutError<'_>> {
        let error = |index| HoldoutError {
            sample,
            point: Point { day: age, age, views: 0 },
            residual: scale * (2.0 * f64::from(7 * index % count) / f64::from(count - 1) - 1.0),
        };
        (0..count).map(error).collect()
    }

    #[test]
    fn frequent_categories_have_their_own_bounds() {
        let [games, music, news] = [20, 10, 25].map(sample);
        let all = [
            errors(&games, 600, 1.0, 1.0),
            errors(&music, 600, 1.0, 3.0),
            errors(&news, 200, 1.0, 2.0),
        ]
        .concat();
        let (categories, others) = bounds_of_categories(&all, true);
        let found: Vec<(u16, f64)> =
            categories.iter().map(|own| (own.category, own.highs[3])).collect();
        assert!(matches!(found[..], [(10, _), (20, _)]), "{found:?}");
        assert!((found[0].1 - 2.4).abs() < 0.05 && (found[1].1 - 0.8).abs() < 0.05, "{found:?}");
        assert_eq!(others.len(), 200);
        let (lows, highs) = bounds(&others);
        assert!((highs[3] - 1.6).abs() < 0.05 && (lows[3] + 1.6).abs() < 0.05);
        // Too few errors of other categories: those of all categories.
        assert_eq!(bounds_of_categories(&all[..1_250], true).1.len(), 1_250);
    }

    #[test]
    fn bounds_are_of_similar_ages() {
        let sample = sample(10);
        let all = [errors(&sample, 300, 1.0, 1.0), errors(&sample, 300, 5.0, 2.0)].concat();
        let (_, highs) = bounds(&all.iter().collect::<Vec<_>>());
        let expected = [0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 1.6, 1.6, 1.6];
        assert!(
            highs.iter().zip(expected).all(|(high, expected)| (high - expected).abs() < 0.05),
            "{highs:?}"
        );
        assert_eq!(bounds(&[]).1, vec![DEFAULT_HALF_WIDTH; INTERVAL_AGES.len()]);
    }
}
