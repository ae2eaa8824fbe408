//! How far the truth may be from an estimate.

use crate::error::{Fault, finite, growing};
use serde::{Deserialize, Serialize};

/// The ends of an 80 % interval of ln(1 + views) at the anchor, by the estimate: what one in
/// ten videos stays below, and one in ten exceeds.
///
/// Between its knots an end is linear in the estimate; outside it keeps its distance to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// Estimates, growing; at least one.
    pub estimates: Vec<f64>,
    /// The lower end at each of them, not falling.
    pub lows: Vec<f64>,
    /// The upper end at each of them, not falling.
    pub highs: Vec<f64>,
}

impl Interval {
    /// Both ends for an estimate, neither on the wrong side of it. They never fall where the
    /// estimate rises.
    pub fn ends(&self, estimate: f64) -> (f64, f64) {
        let low = along(&self.estimates, &self.lows, estimate);
        let high = along(&self.estimates, &self.highs, estimate);
        (low.min(estimate), high.max(estimate))
    }

    pub(crate) fn check(&self) -> Result<(), Fault> {
        let count = self.estimates.len();
        if count == 0 || self.lows.len() != count || self.highs.len() != count {
            return Err(Fault("an interval has not as many ends as estimates"));
        }
        for numbers in [&self.estimates, &self.lows, &self.highs] {
            finite(numbers)?;
            growing(numbers, false)?;
        }
        growing(&self.estimates, true)
    }
}

fn along(places: &[f64], values: &[f64], place: f64) -> f64 {
    let after = places.partition_point(|knot| *knot < place);
    match (after.checked_sub(1), places.get(after)) {
        (None, _) => values[0] + place - places[0],
        (Some(left), None) => values[left] + place - places[left],
        (Some(left), Some(right)) => {
            let share = (place - places[left]) / (right - places[left]);
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
        assert_eq!(interval.ends(3.0), (1.5, 5.25));
        assert_eq!(interval.ends(1.0), (-1.0, 4.0));
        assert_eq!(interval.ends(6.0), (5.0, 7.5));
        assert!(interval.check().is_ok());
    }
}
