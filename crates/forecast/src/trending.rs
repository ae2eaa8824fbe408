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
    /// The 10th percentile of the error at each age.
    pub lows: Vec<f64>,
    /// The 90th percentile of the error at each age.
    pub highs: Vec<f64>,
    /// The width of intervals without title and time, relative to intervals with them.
    pub untitled_width: f64,
    /// The standard deviation of ln(1 + views) that titles explain on later videos; `None` if there
    /// were too few.
    pub title_spread: Option<f64>,
    /// The median of ln(1 + views): the baseline of an evaluation.
    pub median: f64,
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
        self.with_history(history, age_days, &mut features)
    }

    /// The estimate of views at an age.
    pub(crate) fn estimate_at(&self, plan: &Plan, age_days: f64) -> Estimate {
        self.at(plan, age_days).views()
    }

    fn with_history(
        &self,
        history: Effect,
        age: f64,
        features: &mut [f64; TRENDING_FEATURES],
    ) -> LogEstimate {
        let estimate = self.estimate(age, features) + history.shift;
        let (low, high) = (self.bound(&self.lows, age), self.bound(&self.highs, age));
        let is_titled = !features[TITLE].is_nan();
        let width = history.narrowing * if is_titled { 1.0 } else { self.untitled_width };
        LogEstimate {
            low: estimate + low.min(0.0) * width,
            estimate,
            high: estimate + high.max(0.0) * width,
        }
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
            if count == 0 || self.lows.len() != count || self.highs.len() != count {
                return Err(Invalid("the numbers of ages and bounds differ"));
            }
            if self.ages[0] <= 0.0 {
                return Err(Invalid("an age is not positive"));
            }
            let title_spread = self.title_spread.unwrap_or_default();
            finite(&[self.median, self.untitled_width, title_spread])?;
            [&self.ages, &self.lows, &self.highs].into_iter().try_for_each(|all| finite(all))?;
            ascending(&self.ages, true)?;
            self.history.check()?;
            self.trees.check(TRENDING_FEATURES)
        };
        bounds().map_err(|invalid| invalid.at("trending"))
    }
}
