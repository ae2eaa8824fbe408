//! The level of a video: ln(1 + views) at the anchor.

use crate::{
    Interval, Subscribers,
    design::{column_count, columns},
    error::{Invalid, finite},
    log_count,
};
use serde::{Deserialize, Serialize};

/// The inputs of a level or of an early forecast.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// Whether the number of subscribers is known, hidden or unknown.
    pub subscribers: SubscriberKind,
    /// Whether the number of uploads is known.
    pub uploads: bool,
    /// Whether the category is known.
    pub category: bool,
}

/// [`Subscribers`], without the number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriberKind {
    /// The number is known.
    Known,
    /// The channel hides the number.
    Hidden,
    /// The number is not known.
    #[default]
    Unknown,
}

impl Inputs {
    /// No inputs.
    pub const NONE: Self =
        Self { subscribers: SubscriberKind::Unknown, uploads: false, category: false };

    /// All sets of inputs: first without subscribers, then hidden, then known subscribers.
    pub fn all() -> impl Iterator<Item = Self> {
        [SubscriberKind::Unknown, SubscriberKind::Hidden, SubscriberKind::Known]
            .into_iter()
            .flat_map(|subscribers| {
                [(false, false), (false, true), (true, false), (true, true)]
                    .map(|(uploads, category)| Self { subscribers, uploads, category })
            })
    }

    /// Whether all of these inputs are `known`; `categories` are the known ones, ascending.
    pub(crate) fn are_known(self, known: Self, category: Option<u16>, categories: &[u16]) -> bool {
        (self.subscribers == known.subscribers || self.subscribers == SubscriberKind::Unknown)
            && (known.uploads || !self.uploads)
            && (!self.category
                || category.is_some_and(|number| categories.binary_search(&number).is_ok()))
    }

    /// The order in which inputs are preferred: subscribers, then the category, then uploads.
    pub(crate) fn preference(self) -> (bool, bool, bool) {
        (self.subscribers != SubscriberKind::Unknown, self.category, self.uploads)
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

/// The numbers of uploads for which a level was fitted, in ln(1 + n): two lines in the logarithm of
/// the subscribers. Outside, there are too few videos to fit a trend.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UploadRange {
    /// Increase of both limits with ln(1 + subscribers); 0 without that input.
    pub slope: f64,
    /// The lower limit at 0 subscribers.
    pub low: f64,
    /// The upper limit at 0 subscribers.
    pub high: f64,
}

impl UploadRange {
    /// The number in the range that is nearest to `uploads`; both numbers are ln(1 + n).
    pub fn limit(&self, subscribers: f64, uploads: f64) -> f64 {
        let shift = self.slope * subscribers;
        uploads.max(self.low + shift).min(self.high + shift)
    }
}

/// ln(1 + views) at the anchor from one set of inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The inputs that it uses.
    pub inputs: Inputs,
    /// The known categories, ascending; empty without that input.
    pub categories: Vec<u16>,
    /// Numbers of uploads outside this range are limited to it; `None` for levels without that
    /// input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uploads: Option<UploadRange>,
    /// One coefficient per column of the design matrix.
    pub coefficients: Vec<f64>,
    /// The interval around the level.
    pub interval: Interval,
}

impl Level {
    /// Computes the level; unused inputs are ignored.
    ///
    /// Monotonic in subscribers: the maximum over all smaller channels. It is linear between
    /// the whole numbers of ln(1 + subscribers), which include all knots.
    pub fn predict(&self, subscribers: u64, uploads: u64, category: Option<u16>) -> f64 {
        let (subscribers, uploads) = (log_count(subscribers), log_count(uploads));
        let index = category.and_then(|number| self.categories.binary_search(&number).ok());
        let mut row = Vec::with_capacity(self.coefficients.len());
        let mut raw = |size: f64| {
            row.clear();
            let uploads = self.uploads.map_or(uploads, |range| range.limit(size, uploads));
            columns(self.inputs, (size, uploads), index, self.categories.len(), &mut row);
            row.iter().zip(&self.coefficients).map(|(value, factor)| value * factor).sum::<f64>()
        };
        if !self.inputs.has_subscribers() {
            return raw(subscribers);
        }
        let (mut size, mut level) = (0.0, raw(0.0));
        let mut highest = level;
        while size + 1.0 <= subscribers {
            size += 1.0;
            level = raw(size);
            highest = highest.max(level);
        }
        highest.max(level + (subscribers - size) * (raw(size + 1.0) - level))
    }

    pub(crate) fn check(&self) -> Result<(), Invalid> {
        if !self.categories.is_sorted_by(|one, other| one < other) {
            return Err(Invalid("the categories are not ascending"));
        }
        if self.coefficients.len() != column_count(self.inputs, self.categories.len()) {
            return Err(Invalid("the numbers of coefficients and columns differ"));
        }
        finite(&self.coefficients)?;
        if let Some(UploadRange { slope, low, high }) = self.uploads {
            finite(&[slope, low, high])?;
            if low > high {
                return Err(Invalid("the limits of uploads are not ascending"));
            }
        }
        self.interval.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uploads_outside_the_range_are_limited_to_it() {
        let range = UploadRange { slope: 0.5, low: 1.0, high: 3.0 };
        let limits = (range.limit(4.0, 0.0), range.limit(4.0, 4.0), range.limit(4.0, 9.0));
        assert_eq!(limits, (3.0, 4.0, 5.0));
    }

    #[test]
    fn level_never_falls_with_subscribers() {
        let inputs = Inputs { subscribers: SubscriberKind::Known, ..Inputs::NONE };
        let interval = Interval { estimates: vec![0.0], lows: vec![0.0], highs: vec![0.0] };
        // Slope 1 up to ln(1 + n) = 9, and -1 beyond.
        let coefficients = vec![7.0, 1.0, 0.0, 0.0, -2.0, 0.0];
        let level = Level { inputs, categories: Vec::new(), uploads: None, coefficients, interval };
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
