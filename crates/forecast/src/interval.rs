//! Prediction intervals.

use crate::error::{Invalid, ascending, finite};
use serde::{Deserialize, Serialize};

/// The 80 % interval of ln(1 + views) at the anchor as a function of the estimate: one in ten
/// videos is below, one in ten above.
///
/// Bounds are linear in the estimate between knots, and at constant distance from it outside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// Knots, strictly ascending; at least one.
    pub estimates: Vec<f64>,
    /// The lower bound at each knot, ascending.
    pub lows: Vec<f64>,
    /// The upper bound at each knot, ascending.
    pub highs: Vec<f64>,
}

impl Interval {
    /// The lower and upper bound for an estimate, which they enclose; both are monotonic in it.
    pub fn bounds(&self, estimate: f64) -> (f64, f64) {
        let low = interpolate(&self.estimates, &self.lows, estimate);
        let high = interpolate(&self.estimates, &self.highs, estimate);
        (low.min(estimate), high.max(estimate))
    }

    pub(crate) fn check(&self) -> Result<(), Invalid> {
        let count = self.estimates.len();
        if count == 0 || self.lows.len() != count || self.highs.len() != count {
            return Err(Invalid("the numbers of estimates and bounds differ"));
        }
        for numbers in [&self.estimates, &self.lows, &self.highs] {
            finite(numbers)?;
            ascending(numbers, false)?;
        }
        ascending(&self.estimates, true)
    }
}

fn interpolate(knots: &[f64], values: &[f64], position: f64) -> f64 {
    let after = knots.partition_point(|knot| *knot < position);
    match (after.checked_sub(1), knots.get(after)) {
        (None, _) => values[0] + position - knots[0],
        (Some(left), None) => values[left] + position - knots[left],
        (Some(left), Some(right)) => {
            let share = (position - knots[left]) / (right - knots[left]);
            values[left] + share * (values[after] - values[left])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interval_is_linear_between_knots_and_constant_width_outside() {
        let interval =
            Interval { estimates: vec![2.0, 4.0], lows: vec![0.0, 3.0], highs: vec![5.0, 5.5] };
        assert_eq!(interval.bounds(3.0), (1.5, 5.25));
        assert_eq!(interval.bounds(1.0), (-1.0, 4.0));
        assert_eq!(interval.bounds(6.0), (5.0, 7.5));
        assert!(interval.check().is_ok());
    }
}
