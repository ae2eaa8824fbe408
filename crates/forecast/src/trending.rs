//! The model of videos on the trending list.

use crate::{
    Estimate, History, PastVideo, Plan, TITLE_FEATURES, Trees,
    error::{Invalid, ModelError, ascending, finite},
    history::{Effect, usable_past},
    log_count, title_features,
};
use serde::{Deserialize, Serialize};

/// The number of features of [`trending_features`].
pub const TRENDING_FEATURES: usize = TITLE + TITLE_FEATURES;
/// The index of the first feature of the title.
const TITLE: usize = 4;

/// ln(1 + views) of a video that is on the trending list at an age.
///
/// The list selects videos at that age, so that counts of different ages do not follow the growth
/// of single videos: a slow video reaches the list later, and the views of listed videos can fall
/// with age. Trees on the age and all other inputs replace the level and the curve of other videos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrendingModel {
    /// Predict ln(1 + views) from [`trending_features`].
    pub trees: Trees,
    /// The weight of earlier videos of the channel.
    pub history: History,
    /// The ages of the interval in days, strictly ascending.
    pub ages: Vec<f64>,
    /// The 10th percentile of the error at each age, of videos without [`CategoryBounds`].
    pub lows: Vec<f64>,
    /// The 90th percentile of the error at each age.
    pub highs: Vec<f64>,
    /// The width of these intervals without title and time, relative to intervals with them.
    pub untitled_width: f64,
    /// Intervals of frequent categories: the views of games differ less from their estimates than
    /// those of music.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub category_bounds: Vec<CategoryBounds>,
    /// The standard deviation of ln(1 + views) that titles explain on later videos; `None` if there
    /// were too few.
    pub title_spread: Option<f64>,
    /// The median of ln(1 + views): the baseline of an evaluation.
    pub median: f64,
}

/// The errors of the videos of a category, with or without title and time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryBounds {
    /// The category number.
    pub category: u16,
    /// Whether title and time are known.
    pub is_titled: bool,
    /// The 10th percentile of the error at each age of the model.
    pub lows: Vec<f64>,
    /// The 90th percentile of the error at each age of the model.
    pub highs: Vec<f64>,
}

/// An estimate on the scale of ln(1 + views).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogEstimate {
    /// The lower end of the 80 % interval.
    pub low: f64,
    /// The estimate.
    pub estimate: f64,
    /// The upper end of the 80 % interval.
    pub high: f64,
}

impl LogEstimate {
    fn views(self) -> Estimate {
        let views = |log_count: f64| log_count.max(0.0).exp_m1();
        Estimate { low: views(self.low), views: views(self.estimate), high: views(self.high) }
    }
}

/// The logarithm of the age, the category, the time as a fraction of the day, the weekday and the
/// [`title_features`]; NaN if unknown.
pub fn trending_features(plan: &Plan, age_days: f64) -> [f64; TRENDING_FEATURES] {
    #[expect(clippy::cast_precision_loss, reason = "a weekday is below 7")]
    let weekday = plan.upload.weekday() as f64;
    let mut features = [f64::NAN; TRENDING_FEATURES];
    features[0] = age_days.ln();
    features[1] = plan.category.map_or(f64::NAN, f64::from);
    features[2] = plan.upload.fraction().unwrap_or(f64::NAN);
    features[3] = weekday;
    if let Some(title) = &plan.title {
        features[TITLE..].copy_from_slice(&title_features(title));
    }
    features
}

impl TrendingModel {
    /// The estimate of ln(1 + views) at an age, with its interval.
    pub fn at(&self, plan: &Plan, age_days: f64) -> LogEstimate {
        let mut features = trending_features(plan, age_days);
        let history = self.history(plan, &mut features);
        let estimate = self.estimate(age_days, &mut features) + history.shift;
        let (low, high) = self.bounds(plan.category, !features[TITLE].is_nan(), age_days);
        LogEstimate {
            low: estimate + low.min(0.0) * history.narrowing,
            estimate,
            high: estimate + high.max(0.0) * history.narrowing,
        }
    }

    /// The estimate of views at an age.
    pub(crate) fn estimate_at(&self, plan: &Plan, age_days: f64) -> Estimate {
        self.at(plan, age_days).views()
    }

    fn estimate(&self, age: f64, features: &mut [f64; TRENDING_FEATURES]) -> f64 {
        features[0] = age.ln();
        self.trees.predict(features)
    }

    fn history(&self, plan: &Plan, features: &mut [f64; TRENDING_FEATURES]) -> Effect {
        let residual =
            |past: &PastVideo| log_count(past.views) - self.estimate(past.age_days, features);
        self.history.effect(&usable_past(plan).map(residual).collect::<Vec<_>>())
    }

    /// The bounds of the error at an age, without the effect of earlier videos.
    fn bounds(&self, category: Option<u16>, is_titled: bool, age: f64) -> (f64, f64) {
        let is_own =
            |own: &&CategoryBounds| Some(own.category) == category && own.is_titled == is_titled;
        if let Some(own) = self.category_bounds.iter().find(is_own) {
            return (self.bound(&own.lows, age), self.bound(&own.highs, age));
        }
        let width = if is_titled { 1.0 } else { self.untitled_width };
        (width * self.bound(&self.lows, age), width * self.bound(&self.highs, age))
    }

    /// The interpolated bound; outside the ages, the bound of the nearest age.
    fn bound(&self, bounds: &[f64], age: f64) -> f64 {
        let after = self.ages.partition_point(|knot| *knot < age);
        match (after.checked_sub(1), self.ages.get(after)) {
            (None, _) => bounds[0],
            (Some(left), None) => bounds[left],
            (Some(left), Some(right)) => {
                let from = self.ages[left].ln();
                let share = (age.ln() - from) / (right.ln() - from);
                bounds[left] + share * (bounds[after] - bounds[left])
            }
        }
    }

    pub(crate) fn check(&self) -> Result<(), ModelError> {
        let bounds = || {
            let count = self.ages.len();
            let own = || self.category_bounds.iter().flat_map(|own| [&own.lows, &own.highs]);
            let all_bounds = || [&self.lows, &self.highs].into_iter().chain(own());
            if count == 0 || all_bounds().any(|bounds| bounds.len() != count) {
                return Err(Invalid("the numbers of ages and bounds differ"));
            }
            if self.ages[0] <= 0.0 {
                return Err(Invalid("an age is not positive"));
            }
            let title_spread = self.title_spread.unwrap_or_default();
            finite(&[self.median, self.untitled_width, title_spread])?;
            finite(&self.ages)?;
            all_bounds().try_for_each(|bounds| finite(bounds))?;
            ascending(&self.ages, true)?;
            self.history.check()?;
            self.trees.check(TRENDING_FEATURES)
        };
        bounds().map_err(|invalid| invalid.at("trending"))
    }
}
