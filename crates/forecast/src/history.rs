//! What the earlier videos of a channel say about the next.

use crate::error::Fault;
use serde::{Deserialize, Serialize};

/// How many of the newest videos count: older ones say little about a channel of today.
pub(crate) const MOST_VIDEOS: usize = 20;
/// The age from which on a video's views are used.
pub(crate) const YOUNGEST_DAYS: f64 = 0.5;

/// The correlation of residuals within a channel.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The share of the residual variance that lies between channels, from 0 up to 1: the
    /// intraclass correlation of residuals.
    pub correlation: f64,
}

impl History {
    /// The best estimate of a channel's own effect from the residuals of its videos, and what
    /// is left of the distance between an estimate and the ends of its interval.
    ///
    /// Both are those of a random effect with known variances (empirical Bayes; e.g. Gelman
    /// and Hill, "Data Analysis Using Regression and Multilevel/Hierarchical Models", 12.2).
    pub(crate) fn effect(self, residuals: &[f64]) -> Effect {
        let count = residuals.len();
        if count == 0 {
            return Effect { shift: 0.0, narrowing: 1.0 };
        }
        #[expect(clippy::cast_precision_loss, reason = "at most a few videos")]
        let count = count as f64;
        let between = self.correlation;
        let trust = count * between / (1.0 + (count - 1.0) * between);
        let narrowing = (1.0 - between * trust).sqrt();
        Effect { shift: trust * residuals.iter().sum::<f64>() / count, narrowing }
    }

    pub(crate) fn check(self) -> Result<(), Fault> {
        if (0.0..1.0).contains(&self.correlation) {
            Ok(())
        } else {
            Err(Fault("a correlation is not from 0 up to 1"))
        }
    }
}

/// What a channel's history changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Effect {
    /// On the scale of ln(1 + views).
    pub shift: f64,
    /// What the interval's width is multiplied with, 0 to 1.
    pub narrowing: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_weight_grows_with_number_of_videos() {
        let history = History { correlation: 0.5 };
        let one = history.effect(&[1.0]);
        assert!((one.shift - 0.5).abs() < 1e-12);
        assert!((one.narrowing - 0.75_f64.sqrt()).abs() < 1e-12);
        let many = history.effect(&[1.0; 20]);
        assert!(many.shift > 0.9 && many.narrowing < one.narrowing);
        assert!(history.effect(&[]).shift.abs() < 1e-12);
    }
}
