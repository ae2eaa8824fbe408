//! Growth of views with age.

use crate::error::{Invalid, ascending, finite};
use serde::{Deserialize, Serialize};

/// Views at other ages as a share of the views at [`crate::ANCHOR_DAYS`].
///
/// The logarithm of the share is linear in the logarithm of the age between knots (a power law in
/// each piece), and is extrapolated with the slope of the nearest piece.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// Ages in days, strictly ascending; at least two.
    pub ages: Vec<f64>,
    /// The natural logarithm of the share at each age, ascending.
    pub log_shares: Vec<f64>,
    /// The extra width of each half of the interval at each age compared with the anchor, on the
    /// scale of ln(1 + views); at least 0.
    pub spreads: Vec<f64>,
}

impl Curve {
    /// The logarithm of the share at an age in days; negative infinity up to age 0.
    pub fn log_share(&self, age_days: f64) -> f64 {
        if age_days <= 0.0 {
            return f64::NEG_INFINITY;
        }
        let after = self.ages.partition_point(|age| *age < age_days);
        let right = after.clamp(1, self.ages.len() - 1);
        let left = right - 1;
        let (from, to) = (self.ages[left].ln(), self.ages[right].ln());
        let slope = (self.log_shares[right] - self.log_shares[left]) / (to - from);
        self.log_shares[left] + slope * (age_days.ln() - from)
    }

    /// ln(1 + views) at the anchor, for a video with `views` at this age.
    #[expect(clippy::cast_precision_loss, reason = "counts of views are far below 2^52")]
    pub fn at_anchor(&self, age_days: f64, views: u64) -> f64 {
        let share = self.log_share(age_days).max(-20.0).exp();
        (views as f64 / share).ln_1p()
    }

    pub(crate) fn check(&self) -> Result<(), Invalid> {
        let count = self.ages.len();
        if count < 2 || self.log_shares.len() != count || self.spreads.len() != count {
            return Err(Invalid("the numbers of ages, shares and spreads differ"));
        }
        finite(&self.ages)?;
        finite(&self.log_shares)?;
        finite(&self.spreads)?;
        if self.ages[0] <= 0.0 {
            return Err(Invalid("an age is not positive"));
        }
        if self.spreads.iter().any(|spread| *spread < 0.0) {
            return Err(Invalid("a spread is negative"));
        }
        ascending(&self.ages, true)?;
        // Before the first age the share follows a power law, which must reach 0.
        ascending(&self.log_shares[..2], true)?;
        ascending(&self.log_shares, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve() -> Curve {
        let log_shares = vec![-2.0, -0.5, 0.0, 0.2];
        Curve { ages: vec![0.5, 1.0, 7.0, 14.0], log_shares, spreads: vec![0.2, 0.1, 0.0, 0.0] }
    }

    #[test]
    fn curve_interpolates_and_extrapolates_power_law() {
        let curve = curve();
        assert!(curve.log_share(0.0) < f64::MIN);
        assert!((curve.log_share(0.25) + 3.5).abs() < 1e-12);
        assert!((curve.log_share(1.0) + 0.5).abs() < 1e-12);
        assert!((curve.log_share(28.0) - 0.4).abs() < 1e-12);
    }

    #[test]
    fn invalid_curves_are_rejected() {
        let mut falling = curve();
        falling.log_shares[2] = -0.6;
        assert!(falling.check().is_err());
        let mut flat = curve();
        flat.log_shares[0] = -0.5;
        assert!(flat.check().is_err());
        let mut short = curve();
        short.spreads.pop();
        assert!(short.check().is_err());
        assert!(curve().check().is_ok());
    }
}
