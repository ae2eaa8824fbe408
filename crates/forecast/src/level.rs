//! The level of a video: ln(1 + views) at the anchor.

use crate::{
    Interval, Subscribers,
    design::{BENDS, column_count, columns},
    error::{Fault, finite},
    log_count,
};
use serde::{Deserialize, Serialize};

/// What a level is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// What is known of subscribers.
    pub subscribers: SubscriberKind,
    /// The number of uploads is known.
    pub uploads: bool,
    /// The category is known.
    pub category: bool,
}

/// [`Subscribers`], without the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriberKind {
    /// The number is known.
    Known,
    /// The channel hides it.
    Hidden,
    /// Nothing is known.
    Unknown,
}

impl Inputs {
    /// Nothing is known.
    pub const NOTHING: Self =
        Self { subscribers: SubscriberKind::Unknown, uploads: false, category: false };

    /// Every set of inputs, the poorest first.
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
    /// What it is computed from.
    pub inputs: Inputs,
    /// The numbers of the categories that it knows, growing; empty without that input.
    pub categories: Vec<u16>,
    /// One for each column of the design.
    pub coefficients: Vec<f64>,
    /// How far from it the truth may be.
    pub interval: Interval,
}

impl Level {
    /// The level. Inputs that it does not use may be anything.
    ///
    /// It never falls with subscribers: it is the highest level of any channel that is not
    /// larger. Levels are linear between bends, so these few places are enough.
    pub fn predict(&self, subscribers: u64, uploads: u64, category: Option<u16>) -> f64 {
        let (subscribers, uploads) = (log_count(subscribers), log_count(uploads));
        let place = category.and_then(|number| self.categories.binary_search(&number).ok());
        let smaller = BENDS.iter().copied().filter(|bend| *bend < subscribers);
        let mut row = Vec::with_capacity(self.coefficients.len());
        let mut raw = |size: f64| {
            row.clear();
            columns(self.inputs, (size, uploads), place, self.categories.len(), &mut row);
            row.iter().zip(&self.coefficients).map(|(value, factor)| value * factor).sum::<f64>()
        };
        let own = raw(subscribers);
        if self.inputs.has_subscribers() { smaller.map(raw).fold(own, f64::max) } else { own }
    }

    pub(crate) fn check(&self) -> Result<(), Fault> {
        if !self.categories.is_sorted_by(|one, other| one < other) {
            return Err(Fault("the categories are not in order"));
        }
        if self.coefficients.len() != column_count(self.inputs, self.categories.len()) {
            return Err(Fault("there are not as many coefficients as columns"));
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
        let inputs = Inputs { subscribers: SubscriberKind::Known, ..Inputs::NOTHING };
        let interval = Interval { estimates: vec![0.0], lows: vec![0.0], highs: vec![0.0] };
        // It rises by 1 a step up to ln(1 + n) = 9, and falls by 1 from there on.
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
