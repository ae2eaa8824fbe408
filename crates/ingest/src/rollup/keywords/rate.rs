//! Growth of a keyword: the ratio of two rates, with a lower bound. `docs/METHODS.md` explains the
//! formula.

use statrs::function::beta::inv_beta_reg;

/// The weight, in channels, of the prior, which expects no change. Without it, the rarest of many
/// thousand keywords would rank first.
const PRIOR_WEIGHT: f64 = 5.0;

/// The probability that the ratio is below its lower bound.
const LOWER_TAIL: f64 = 0.05;

/// The channels that used a keyword in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// Channels that used the keyword.
    pub used: u32,
    /// Channels that uploaded any video.
    pub active: u32,
}

/// A ratio of rates; above 1 is growth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RateRatio {
    /// The estimate.
    pub estimate: f64,
    /// Its lower bound, at 5 %.
    pub low: f64,
}

impl RateRatio {
    /// The ratio of the rates of two Poisson counts with gamma priors; `None` if nothing was
    /// active in one of the periods.
    pub(super) fn new(current: Count, previous: Count) -> Option<Self> {
        if current.active == 0 || previous.active == 0 {
            return None;
        }
        let (now, before) = (f64::from(current.active), f64::from(previous.active));
        let expected = now / (now + before);
        let used_now = f64::from(current.used) + PRIOR_WEIGHT * expected;
        let used_before = f64::from(previous.used) + PRIOR_WEIGHT * (1.0 - expected);
        // The share of the current period in all uses has a beta distribution.
        let low = inv_beta_reg(used_now, used_before, LOWER_TAIL);
        let scale = before / now;
        Some(Self {
            estimate: used_now / used_before * scale,
            low: low / (1.0 - low).max(f64::EPSILON) * scale,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(used: u32, active: u32, used_before: u32, active_before: u32) -> RateRatio {
        let current = Count { used, active };
        RateRatio::new(current, Count { used: used_before, active: active_before }).unwrap()
    }

    #[test]
    fn rate_ratio_of_worked_example_matches_docs() {
        // The 5 % quantile of a beta distribution with 13 and 12 is 0.357564 (binomial sums).
        let found = ratio(12, 100, 8, 400);
        assert!((found.estimate - 13.0 / 12.0 * 4.0).abs() < 1e-9, "{found:?}");
        assert!((found.low - 2.226_301).abs() < 1e-5, "{found:?}");
    }

    #[test]
    fn rate_ratio_of_unchanged_use_is_about_one() {
        let found = ratio(50, 1_000, 200, 4_000);
        assert!((found.estimate - 1.0).abs() < 1e-9 && found.low < 1.0, "{found:?}");
    }

    #[test]
    fn rate_ratio_accounts_for_growth_of_the_collection() {
        // Four times as many channels are collected, and four times as many use the keyword.
        let found = ratio(40, 400, 40, 400);
        assert!((found.estimate - 1.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn lower_bound_grows_with_evidence() {
        let (few, many) = (ratio(3, 100, 3, 400), ratio(30, 100, 30, 400));
        assert!(few.low < many.low && many.low < many.estimate, "{few:?} {many:?}");
    }

    #[test]
    fn lower_bound_of_new_keyword_with_three_channels_exceeds_one() {
        let found = ratio(3, 100, 0, 400);
        assert!((found.low - 1.163_433).abs() < 1e-5, "{found:?}");
        assert!(ratio(3, 100, 1, 400).low < 1.0);
    }

    #[test]
    fn rate_ratio_without_active_channels_is_unknown() {
        let active = Count { used: 0, active: 9 };
        assert_eq!(RateRatio::new(active, Count { used: 0, active: 0 }), None);
        assert_eq!(RateRatio::new(Count { used: 0, active: 0 }, active), None);
    }
}
