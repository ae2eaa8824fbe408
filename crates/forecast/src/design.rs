//! The design matrix of levels.

use crate::{Inputs, SubscriberKind};

/// Knots in the logarithm of subscribers: 19, 402, 8,100, 160,000. `Level::predict` requires whole
/// numbers.
const SUBSCRIBER_KNOTS: [f64; 4] = [3.0, 6.0, 9.0, 12.0];
/// Knots in the logarithm of uploads: 6, 54, 402, 3,000.
const UPLOAD_KNOTS: [f64; 4] = [2.0, 4.0, 6.0, 8.0];
/// Knots of the interaction of subscribers and of uploads. Knots of subscribers are whole numbers.
const JOINT_KNOTS: ([f64; 3], [f64; 3]) = ([4.0, 8.0, 12.0], [3.0, 5.0, 7.0]);
/// Logarithms of subscribers and uploads near the middle of the data.
const CENTER: (f64, f64) = (7.0, 5.0);
/// The unit of the slopes of a category; above 1, so that ridge regression shrinks them less.
const CATEGORY_UNIT: f64 = 3.0;
/// Logarithms of uploads are limited to this value (160,000).
const MAX_LOG_UPLOADS: f64 = 12.0;

/// The number of leading columns without a ridge penalty: the constant and the linear slopes.
pub fn free_columns(inputs: Inputs) -> usize {
    1 + usize::from(inputs.has_subscribers()) + usize::from(inputs.uploads)
}

/// The number of columns for these inputs and this number of categories.
pub fn column_count(inputs: Inputs, categories: usize) -> usize {
    let (subscribers, uploads) = (inputs.has_subscribers(), inputs.uploads);
    let slopes = usize::from(subscribers) + usize::from(uploads);
    let hinges = SUBSCRIBER_KNOTS.len() * usize::from(subscribers)
        + UPLOAD_KNOTS.len() * usize::from(uploads);
    let joint = if subscribers && uploads { 10 } else { 0 };
    let categories = if inputs.category { categories * (1 + slopes) } else { 0 };
    1 + slopes + hinges + joint + categories
}

/// Appends the columns of one video to `row`. Subscribers and uploads are ln(1 + n), and are used
/// only if `inputs` has them; `category` is an index below `categories`.
pub fn columns(
    inputs: Inputs,
    (subscribers, uploads): (f64, f64),
    category: Option<usize>,
    categories: usize,
    row: &mut Vec<f64>,
) {
    let uploads = uploads.min(MAX_LOG_UPLOADS);
    let slopes: [Option<f64>; 2] = [
        inputs.has_subscribers().then_some(subscribers - CENTER.0),
        inputs.uploads.then_some(uploads - CENTER.1),
    ];
    row.push(1.0);
    row.extend(slopes.iter().flatten());
    if inputs.has_subscribers() {
        row.extend(SUBSCRIBER_KNOTS.map(|knot| hinge(subscribers, knot)));
    }
    if inputs.uploads {
        row.extend(UPLOAD_KNOTS.map(|knot| hinge(uploads, knot)));
    }
    if let [Some(one), Some(other)] = slopes {
        row.push(one * other);
        for knot in JOINT_KNOTS.0 {
            row.extend(JOINT_KNOTS.1.map(|other| hinge(subscribers, knot) * hinge(uploads, other)));
        }
    }
    if inputs.category {
        for index in 0..categories {
            let indicator = f64::from(u8::from(category == Some(index)));
            row.push(indicator);
            row.extend(slopes.iter().flatten().map(|slope| indicator * slope / CATEGORY_UNIT));
        }
    }
}

/// The hinge function max(0, value - knot).
fn hinge(value: f64, knot: f64) -> f64 {
    (value - knot).max(0.0)
}

impl Inputs {
    /// Whether the number of subscribers is an input.
    pub fn has_subscribers(self) -> bool {
        self.subscribers == SubscriberKind::Known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_count_matches_columns() {
        for inputs in Inputs::all() {
            let mut row = Vec::new();
            columns(inputs, (5.0, 6.0), Some(1), 3, &mut row);
            assert_eq!(row.len(), column_count(inputs, 3), "{inputs:?}");
            assert!(free_columns(inputs) <= row.len());
        }
    }
}
