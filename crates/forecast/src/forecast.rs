//! The answer: views by age, and what moved them.

use crate::Curve;

/// How many views a video gets, by its age.
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
    /// The estimate: the median, not the mean, which a few hits pull up.
    pub views: f64,
    /// The upper end of the 80 % interval.
    pub high: f64,
}

/// What one thing that is known of a video did to the estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// `subscribers`, `category`, `uploads`, `title`, `weekday`, `hour`, `thumbnail` or
    /// `channel_history`.
    pub name: String,
    /// The ratio of 1 + views with it to 1 + views without it: 1.3 is 30 % more.
    pub effect: f64,
}

/// ln(1 + views) at the anchor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct AtAnchor {
    pub low: f64,
    pub estimate: f64,
    pub high: f64,
}

impl Forecast {
    /// `typical` and `effects` are on the scale of ln(1 + views).
    pub(crate) fn new(
        curve: &Curve,
        anchor: AtAnchor,
        typical: f64,
        effects: Vec<(&'static str, f64)>,
    ) -> Self {
        let mut knots: Vec<Estimate> = Vec::with_capacity(curve.ages.len());
        for (log_share, spread) in curve.log_shares.iter().zip(&curve.spreads) {
            let views = |log_count: f64| log_count.max(0.0).exp_m1() * log_share.exp();
            let before = knots.last().copied().unwrap_or(Estimate::NOTHING);
            knots.push(Estimate {
                low: views(anchor.low - spread).max(before.low),
                views: views(anchor.estimate).max(before.views),
                high: views(anchor.high + spread).max(before.high),
            });
        }
        let mut effects = effects;
        effects.retain(|(_, effect)| *effect != 0.0);
        effects.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
        let factor =
            |(name, effect): (&str, f64)| Factor { name: name.into(), effect: effect.exp() };
        let factors = effects.into_iter().map(factor).collect();
        Self { curve: curve.clone(), knots, factors, typical: typical.exp_m1().max(0.0) }
    }

    /// Cumulative views at an age in days since the upload: nothing up to age 0. None of the
    /// three numbers falls with age, and they are in order.
    pub fn at(&self, age_days: f64) -> Estimate {
        let share = self.curve.log_share(age_days).exp();
        let after = self.curve.ages.partition_point(|age| *age <= age_days);
        let share_at = |place: usize| self.curve.log_shares[place].exp();
        match (after.checked_sub(1), self.knots.get(after)) {
            (None, _) => self.knots[0].times(share / share_at(0)),
            (Some(left), None) => self.knots[left].times((share / share_at(left)).max(1.0)),
            (Some(left), Some(right)) => {
                let (from, to) = (share_at(left), share_at(after));
                let part = if to > from { (share - from) / (to - from) } else { 0.0 };
                self.knots[left].towards(*right, part.clamp(0.0, 1.0))
            }
        }
    }

    /// What moved the estimate, the largest effect first. All effects multiplied with
    /// 1 + [`Forecast::typical`] are 1 + the views at seven days.
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// The views at seven days of a video of which nothing is known.
    pub fn typical(&self) -> f64 {
        self.typical
    }
}

impl Estimate {
    const NOTHING: Self = Self { low: 0.0, views: 0.0, high: 0.0 };

    fn times(self, factor: f64) -> Self {
        let Self { low, views, high } = self;
        Self { low: low * factor, views: views * factor, high: high * factor }
    }

    fn towards(self, other: Self, part: f64) -> Self {
        let between = |one: f64, other: f64| one + (other - one) * part;
        Self {
            low: between(self.low, other.low),
            views: between(self.views, other.views),
            high: between(self.high, other.high),
        }
    }
}
