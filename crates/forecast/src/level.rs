//! The level of a video: ln(1 + views) at the anchor.

use crate::{
    Interval, Subscribers,
    design::{ALL_SUBSCRIBER_KNOTS, column_count, columns},
    error::{Invalid, finite},
    log_count,
};
use serde::{Deserialize, Serialize};

/// The inputs of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// What is known about subscribers.
    pub subscribers: SubscriberKind,
    /// Whether the number of uploads is known.
    pub uploads: bool,
    /// Whether the category is known.
    pub category: bool,
}

/// [`Subscribers`], without the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriberKind {
    /// The number is known.
    Known,
    /// The channel hides the number.
    Hidden,
    /// Not known.
    Unknown,
}

impl Inputs {
    /// No inputs.
    pub const NONE: Self =
        Self { subscribers: SubscriberKind::Unknown, uploads: false, category: false };

    /// All sets of inputs, those with the fewest inputs first.
    pub fn all() -> impl Iterator<Item = Self> {
        [SubscriberKind::Unknown, SubscriberKind::Hidden, SubscriberKind::Known]
            .into_iter()
            .flat_map(|subscribers| {
                [(false, false), (false, true), (true, false), (true, true)]
                    .map(|(uploads, category)| Self { subscribers, uploads, category })
            })
    }
}

impl From<Subscribers> for SubscriberKind {
    fn from(subscribers: Subscribers) -> Self {
        match subscribers {
            Subscribers::Known(_) => Self::Known,
            Subscribers::Hidden => Self::Hidden,
            Subscribers::Unknown => Self::Unknown,
        }
    }
}

/// ln(1 + views) at the anchor from one set of inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Inputs.
    pub inputs: Inputs,
    /// The known categories, ascending; empty without that input.
    pub categories: Vec<u16>,
    /// One coefficient per column of the design matrix.
    pub coefficients: Vec<f64>,
    /// The interval around the level.
    pub interval: Interval,
}

impl Level {
    /// Computes the level; unused inputs are ignored.
    ///
    /// Monotonic in subscribers: the maximum over all smaller channels. It is linear between
    /// knots, so only the knots are evaluated.
    pub fn predict(&self, subscribers: u64, uploads: u64, category: Option<u16>) -> f64 {
        let (subscribers, uploads) = (log_count(subscribers), log_count(uploads));
        let index = category.and_then(|number| self.categories.binary_search(&number).ok());
        let smaller = ALL_SUBSCRIBER_KNOTS.iter().copied().filter(|knot| *knot < subscribers);
        let mut row = Vec::with_capacity(self.coefficients.len());
        let mut raw = |size: f64| {
            row.clear();
            columns(self.inputs, (size, uploads), index, self.categories.len(), &mut row);
            row.iter().zip(&self.coefficients).map(|(value, factor)| value * factor).sum::<f64>()
        };
        let own = raw(subscribers);
        if self.inputs.has_subscribers() { smaller.map(raw).fold(own, f64::max) } else { own }
    }

    pub(crate) fn check(&self) -> Result<(), Invalid> {
        if !self.categories.is_sorted_by(|one, other| one < other) {
            return Err(Invalid("the categories are not ascending"));
        }
        if self.coefficients.len() != column_count(self.inputs, self.categories.len()) {
            return Err(Invalid("the numbers of coefficients and columns differ"));
        }
        finite(&self.coefficients)?;
        self.interval.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_never_falls_with_subscribers() {
        let inputs = Inputs { subscribers: SubscriberKind::Known, ..Inputs::NONE };
        let interval = Interval { estimates: vec![0.0], lows: vec![0.0], highs: vec![0.0] };
        // Slope 1 up to ln(1 + n) = 9, and -1 beyond.
        let coefficients = vec![7.0, 1.0, 0.0, 0.0, -2.0, 0.0];
        let level = Level { inputs, categories: Vec::new(), coefficients, interval };
        assert!(level.check().is_ok());
        let predict = |log_subscribers: f64| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
            level.predict(log_subscribers.exp_m1().round() as u64, 0, None)
        };
        assert!((predict(5.0) - 5.0).abs() < 0.01);
        assert!((predict(9.0) - 9.0).abs() < 0.01);
        assert!((predict(12.0) - 9.0).abs() < 0.01);
    }
}
