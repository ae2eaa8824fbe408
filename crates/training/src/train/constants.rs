//! Constants of more than one model.

/// The splits of rolling-origin evaluation, as shares of all videos: each part is estimated by a model
/// of the earlier parts.
pub(super) const HOLDOUT_SPLITS: [f64; 5] = [0.4, 0.55, 0.7, 0.85, 1.0];

/// The share of videos below the lower bound, and above the upper bound.
pub(super) const TAIL_SHARE: f64 = 0.1;

/// The half-width of an interval without data: a factor of 20.
pub(super) const DEFAULT_HALF_WIDTH: f64 = 3.0;
