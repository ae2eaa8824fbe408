//! The forecast: views by age, and the factors of the estimate.

use crate::Curve;

/// Cumulative views of a video by age.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    curve: Curve,
    /// Estimates at the ages of the curve.
    knots: Vec<Estimate>,
    factors: Vec<Factor>,
    typical: f64,
}

/// Cumulative views at one age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The lower end of the 80 % interval.
    pub low: f64,
    /// The estimate: the median, because a few hits dominate the mean.
    pub views: f64,
    /// The upper end of the 80 % interval.
    pub high: f64,
}

/// The effect of one input on the estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// `subscribers`, `category`, `uploads`, `shorts`, `title`, `weekday`, `hour`, `thumbnail` or
    /// `channel_history`.
    pub name: String,
    /// The ratio of 1 + views with it to 1 + views without it: 1.3 is 30 % more.
    pub effect: f64,
}

/// ln(1 + views) at the anchor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct AnchorEstimate {
    pub low: f64,
    pub estimate: f64,
    pub high: f64,
}

impl Forecast {
    /// `typical` and `effects` are on the scale of ln(1 + views).
    pub(crate) fn new(
        curve: &Curve,
        anchor: AnchorEstimate,
        typical: f64,
        mut effects: Vec<(&'static str, f64)>,
    ) -> Self {
        let knot = |(log_share, spread): (&f64, &f64)| {
            let views = |log_count: f64| log_count.max(0.0).exp_m1() * log_share.exp();
            Estimate {
                low: views(anchor.low - spread),
                views: views(anchor.estimate),
                high: views(anchor.high + spread),
            }
        };
        let mut knots: Vec<Estimate> =
            curve.log_shares.iter().zip(&curve.spreads).map(knot).collect();
        // The views of one video never fall, so that a bound at an age also holds later.
        let mut previous = Estimate::ZERO;
        for knot in &mut knots {
            knot.views = knot.views.max(previous.views);
            knot.low = knot.low.max(previous.low).min(knot.views);
            knot.high = knot.high.max(previous.high).max(knot.views);
            previous = *knot;
        }
        effects.retain(|(_, effect)| *effect != 0.0);
        effects.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
        let factor =
            |(name, effect): (&str, f64)| Factor { name: name.into(), effect: effect.exp() };
        let factors = effects.into_iter().map(factor).collect();
        Self { curve: curve.clone(), knots, factors, typical: typical.exp_m1().max(0.0) }
    }

    /// Cumulative views at an age in days since the upload; 0 up to age 0. The views and both
    /// bounds are monotonic in the age, and low ≤ views ≤ high.
    pub fn at(&self, age_days: f64) -> Estimate {
        let share = self.curve.log_share(age_days).exp();
        let after = self.curve.ages.partition_point(|age| *age <= age_days);
        let share_at = |index: usize| self.curve.log_shares[index].exp();
        match (after.checked_sub(1), self.knots.get(after)) {
            (None, _) => self.knots[0].scale(share / share_at(0)),
            (Some(left), None) => self.knots[left].scale((share / share_at(left)).max(1.0)),
            (Some(left), Some(right)) => {
                let (from, to) = (share_at(left), share_at(after));
                let part = if to > from { (share - from) / (to - from) } else { 0.0 };
                self.knots[left].interpolate(*right, part.clamp(0.0, 1.0))
            }
        }
    }

    /// Factors of the estimate, the largest effect first. The product of all effects and
    /// 1 + [`Forecast::typical`] is 1 + the views at seven days.
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// The views at seven days of a video without known inputs.
    pub fn typical(&self) -> f64 {
        self.typical
    }
}

impl Estimate {
    const ZERO: Self = Self { low: 0.0, views: 0.0, high: 0.0 };

    fn scale(self, factor: f64) -> Self {
        let Self { low, views, high } = self;
        Self { low: low * factor, views: views * factor, high: high * factor }
    }

    fn interpolate(self, other: Self, part: f64) -> Self {
        let between = |one: f64, other: f64| one + (other - one) * part;
        Self {
            low: between(self.low, other.low),
            views: between(self.views, other.views),
            high: between(self.high, other.high),
        }
    }
}
