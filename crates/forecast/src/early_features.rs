//! Features of early forecasts.

use crate::{
    Count, Curve, EarlyForecastModel, KnownInputs, SubscriberKind, Subscribers, log_count,
};

/// The number of features of counts. Models of older files have only the first six.
pub(crate) const COUNT_FEATURES: usize = 8;
pub(crate) const OLD_COUNT_FEATURES: usize = 6;

/// Knots in ln(1 + views): 19, 402 and 8,100 views.
const SIZE_KNOTS: [f64; 3] = [3.0, 6.0, 9.0];
/// The range of the age in days of the last count as a feature, which is that of the training data.
const FEATURE_AGES: (f64, f64) = (1.0, 10.0);
/// Knots in ln(1 + subscribers), and its maximum: 402, 8,100 and 8,900,000.
const SUBSCRIBER_KNOTS: [f64; 2] = [6.0, 9.0];
const MAX_LOG_SUBSCRIBERS: f64 = 16.0;
/// Knots in ln(1 + uploads), and its maximum: 54, 402, 3,000 and 36,000.
const UPLOAD_KNOTS: [f64; 3] = [4.0, 6.0, 8.0];
const MAX_LOG_UPLOADS: f64 = 10.5;
/// The unit of the effects of hidden subscribers and of categories: smaller units are shrunk more.
const INDICATOR: f64 = 0.3;
/// The range of ages of earlier counts, as shares of the age of the last one, in which their weight
/// falls from 1 to 0: the growth between two counts of nearly the same age is mostly noise.
const EARLIER_SHARES: (f64, f64) = (0.5, 0.8);
/// The range of ages of earlier counts in days in which their weight rises from 0 to 1: growth within
/// the first hours is a poor predictor.
const EARLIER_AGES: (f64, f64) = (0.5, 1.0);
/// Added to the logarithmic growth of the curve between two counts, which limits the ratio of growths
/// over short times.
const MIN_GROWTH: f64 = 0.1;
/// The range of the growth between the counts, relative to the growth of the curve.
const RELATIVE_GROWTH_RANGE: (f64, f64) = (-1.0, 3.0);
/// The number of views for which the growth between counts has half of the maximum weight.
const RELIABLE_VIEWS: f64 = 30.0;

impl EarlyForecastModel {
    /// The features of counts by ascending age, and of the inputs of this model; `None` without counts.
    ///
    /// They are a constant, the logarithm of the last count and its hinges, the growth since the
    /// earlier counts, relative to the growth of the curve, and the age. Then the logarithms of
    /// subscribers and uploads with their hinges, and the category.
    pub fn features(
        &self,
        curve: &Curve,
        counts: &[Count],
        known: KnownInputs,
    ) -> Option<Vec<f64>> {
        let (last, earlier) = counts.split_last()?;
        let size = log_count(last.views);
        let weight = size.exp_m1() / (size.exp_m1() + RELIABLE_VIEWS);
        let growth = weight * relative_growth(curve, earlier, *last);
        let [one, two, three] = SIZE_KNOTS.map(|knot| hinge(size, knot));
        let age = last.age_days.clamp(FEATURE_AGES.0, FEATURE_AGES.1).ln();
        let mut features = vec![1.0, size / 10.0, one, two, three, growth, age, age * size / 10.0];
        if self.inputs.has_subscribers() {
            let (subscribers, is_hidden) = match known.subscribers {
                Subscribers::Known(count) => (log_count(count).min(MAX_LOG_SUBSCRIBERS), false),
                Subscribers::Hidden | Subscribers::Unknown => (0.0, true),
            };
            features.extend([indicator(is_hidden), subscribers / 10.0]);
            features.extend(SUBSCRIBER_KNOTS.map(|knot| hinge(subscribers, knot)));
        }
        if self.inputs.uploads {
            let uploads = log_count(known.uploads.unwrap_or_default()).min(MAX_LOG_UPLOADS);
            features.push(uploads / 10.0);
            features.extend(UPLOAD_KNOTS.map(|knot| hinge(uploads, knot)));
        }
        let is_own = |number: &u16| indicator(known.category == Some(*number));
        features.extend(self.categories.iter().map(is_own));
        Some(features)
    }

    /// The number of features.
    pub fn feature_count(&self) -> usize {
        COUNT_FEATURES
            + if self.inputs.has_subscribers() { 2 + SUBSCRIBER_KNOTS.len() } else { 0 }
            + if self.inputs.uploads { 1 + UPLOAD_KNOTS.len() } else { 0 }
            + self.categories.len()
    }

    /// Whether all inputs of this model are known.
    pub fn has_inputs_of(&self, known: KnownInputs) -> bool {
        let mut inputs = known.inputs();
        if inputs.subscribers == SubscriberKind::Hidden {
            inputs.subscribers = SubscriberKind::Known;
        }
        self.inputs.are_known(inputs, known.category, &self.categories)
    }
}

/// The growth since the earlier counts, relative to the growth of the curve: 0 for the same growth.
///
/// From the newest to the oldest, each count adds as much as its weight exceeds those of newer ones:
/// repeated counts are no more evidence than one. It is continuous in all ages and views.
fn relative_growth(curve: &Curve, earlier: &[Count], last: Count) -> f64 {
    let (low, high) = RELATIVE_GROWTH_RANGE;
    let (mut sum, mut max_weight) = (0.0, 0.0);
    for count in earlier.iter().rev() {
        let share = count.age_days / last.age_days;
        let weight = (1.0 - ramp(share, EARLIER_SHARES)) * ramp(count.age_days, EARLIER_AGES);
        if weight <= max_weight {
            continue;
        }
        let growth = curve.log_share(last.age_days) - curve.log_share(count.age_days);
        // YouTube removes views: a count above the last one counts as equal to it.
        let observed = (log_count(last.views) - log_count(count.views)).max(0.0);
        let relative = (observed - growth) / (growth + MIN_GROWTH);
        sum += (weight - max_weight) * relative.clamp(low, high);
        max_weight = weight;
    }
    sum
}

fn hinge(value: f64, knot: f64) -> f64 {
    (value - knot).max(0.0) / 10.0
}

fn indicator(is_set: bool) -> f64 {
    if is_set { INDICATOR } else { 0.0 }
}

/// The position in a range, limited to 0 to 1.
fn ramp(value: f64, (from, to): (f64, f64)) -> f64 {
    ((value - from) / (to - from)).clamp(0.0, 1.0)
}
