//! Forecasts the daily views of a planned video, with a model fitted by `createtrend train`.
//!
//! A [`Model`] is read from one JSON file. It computes a [`Forecast`] for a [`Plan`]:
//! cumulative views at any age with an 80 % interval, and what moved the estimate.
//!
//! All of it is arithmetic on logarithms of 1 + views:
//! - a level, the views at the age of [`ANCHOR_DAYS`], linear in splines of the logarithms
//!   of subscribers and uploads, with slopes of each category ([`Level`]). There is one
//!   level for each set of known inputs, so that a missing input costs no more than it must;
//! - small effects of the title's form, the weekday and the hour ([`Form`]);
//! - the level of the channel's earlier videos, as far as such levels last;
//! - one growth curve, the share of those views at other ages ([`Curve`]).
//!
//! By construction estimates and both ends of intervals never fall with age, nor with the
//! number of subscribers.

mod curve;
mod design;
mod error;
mod file;
mod forecast;
mod form;
mod history;
mod interval;
mod level;
mod model;
mod plan;
mod population;
mod title;

pub use curve::Curve;
pub use design::{column_count, columns, free_columns};
pub use error::ModelError;
pub use file::{FORMAT, ModelFile, Score, Source, Training};
pub use forecast::{Estimate, Factor, Forecast};
pub use form::{Form, Part, hour_features, weekday_features};
pub use history::History;
pub use interval::Interval;
pub use level::{Inputs, Level, SubscriberKind};
pub use model::Model;
pub use plan::{PastVideo, Picture, Plan, Subscribers, Upload};
pub use population::{Baselines, Population};
pub use title::{TITLE_FEATURES, title_features};

/// The age that levels are about, in days.
pub const ANCHOR_DAYS: f64 = 7.0;

/// ln(1 + n): the scale on which views, subscribers and uploads are compared.
#[expect(clippy::cast_precision_loss, reason = "counts of views are far below 2^52")]
pub fn log_count(count: u64) -> f64 {
    (count as f64).ln_1p()
}
