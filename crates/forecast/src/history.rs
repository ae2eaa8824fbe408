//! The effect of earlier videos of the channel.

use crate::{PastVideo, Plan, error::Invalid};
use serde::{Deserialize, Serialize};

/// The number of newest videos that are used: older ones are poor predictors.
pub const MAX_PAST_VIDEOS: usize = 20;
/// The minimum age of a video whose views are used.
const MIN_AGE_DAYS: f64 = 0.5;

/// The correlation of residuals within a channel.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The share of the residual variance that lies between channels, in [0, 1): the
    /// intraclass correlation.
    pub correlation: f64,
    /// The width of intervals with earlier videos, relative to the width that the correlation
    /// implies; fitted to the coverage of later videos.
    pub width: f64,
}

/// The newest earlier videos that are old enough to be used.
pub(crate) fn usable_past(plan: &Plan) -> impl Iterator<Item = &PastVideo> {
    let usable = |past: &&PastVideo| past.age_days.is_finite() && past.age_days >= MIN_AGE_DAYS;
    plan.past.iter().filter(usable).take(MAX_PAST_VIDEOS)
}

impl History {
    /// Earlier videos are ignored.
    pub const NONE: Self = Self { correlation: 0.0, width: 1.0 };

    /// The posterior mean of a channel's random effect from the residuals of its videos, with the
    /// narrowing of the interval.
    ///
    /// Empirical Bayes with known variances (Gelman and Hill, "Data Analysis Using Regression and
    /// Multilevel/Hierarchical Models", 12.2).
    pub(crate) fn effect(self, residuals: &[f64]) -> Effect {
        let count = residuals.len();
        if count == 0 {
            return Effect { shift: 0.0, narrowing: 1.0 };
        }
        #[expect(clippy::cast_precision_loss, reason = "at most a few videos")]
        let count = count as f64;
        let between = self.correlation;
        let shrinkage = count * between / (1.0 + (count - 1.0) * between);
        let narrowing = (self.width * (1.0 - between * shrinkage).sqrt()).min(1.0);
        Effect { shift: shrinkage * residuals.iter().sum::<f64>() / count, narrowing }
    }

    pub(crate) fn check(self) -> Result<(), Invalid> {
        if !(0.0..1.0).contains(&self.correlation) {
            return Err(Invalid("a correlation is outside [0, 1)"));
        }
        if self.width.is_finite() && self.width > 0.0 {
            Ok(())
        } else {
            Err(Invalid("a width is not positive"))
        }
    }
}

/// The effect of a channel's history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Effect {
    /// On the scale of ln(1 + views).
    pub shift: f64,
    /// The factor of the width of the interval, 0 to 1.
    pub narrowing: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_weight_grows_with_number_of_videos() {
        let history = History { correlation: 0.5, width: 1.0 };
        let one = history.effect(&[1.0]);
        assert!((one.shift - 0.5).abs() < 1e-12);
        assert!((one.narrowing - 0.75_f64.sqrt()).abs() < 1e-12);
        let many = history.effect(&[1.0; 20]);
        assert!(many.shift > 0.9 && many.narrowing < one.narrowing);
        assert!(history.effect(&[]).shift.abs() < 1e-12);
    }
}
