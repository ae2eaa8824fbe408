//! The model of any videos: a growth curve, and levels of views by the known inputs.

mod curve;
mod fit;
mod holdout;
mod intervals;
mod levels;
mod offsets;
mod target;

pub(super) use fit::fit_without_intervals;
pub(super) use holdout::holdout_errors;
pub(super) use intervals::fit_intervals;
pub(super) use offsets::newest_source;
